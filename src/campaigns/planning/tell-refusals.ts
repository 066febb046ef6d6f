import { randomUUID } from "node:crypto";

import { observe } from "../../observers/observe.js";
import { countSegments } from "../../text/segments.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import { isReadable, type ItemIntent } from "./prepare-item.js";
import type { Refusal } from "./refusal-of.js";

/** An item for which nothing will be sent, and why. */
export interface RefusedItem {
  readonly intent: ItemIntent;
  readonly refusal: Refusal;
}

/** Tells observers of items that never come to the client, which tells them of all others. */
export function tellRefusals<Item extends CampaignItem>(
  { observers, sendOptions: { tag } }: CampaignSettings<Item>,
  refused: readonly RefusedItem[],
  senderFor: (to: string) => string,
): void {
  if (observers.length === 0) return;
  const at = new Date();
  for (const { intent, refusal } of refused) {
    const text = isReadable(intent) ? intent.text : undefined;
    const { encoding, segments } = countSegments(text ?? "");
    observe(observers, {
      type: "result",
      at,
      identity: randomUUID(),
      from: senderFor(refusal.to),
      to: refusal.to,
      status: refusal.status === "expired" ? "unsent" : "invalid",
      httpStatusCode: 0,
      ...(text !== undefined && { text: () => text }),
      encoding,
      segments,
      isReportExpected: false,
      ...(tag !== undefined && { tag }),
    });
  }
}
