import type { JournalResult } from "../journal/campaign-journal.js";
import { isReadable, type ItemIntent } from "./prepare-item.js";

/** What to write of an item for which nothing will be sent. */
export type Refusal = JournalResult & { readonly to: string };

/** `undefined` for an item that can be sent now. */
export function refusalOf(intent: ItemIntent): Refusal | undefined {
  const { key, to } = intent;
  if (!isReadable(intent)) return { key, to, status: "invalid", errorMessage: intent.problem };
  const { sendBefore } = intent;
  const isLate = sendBefore !== undefined && sendBefore.getTime() <= Date.now();
  return isLate ? { key, to, status: "expired" } : undefined;
}
