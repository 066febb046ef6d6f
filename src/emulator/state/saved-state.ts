import { z } from "zod";
import type { DeliveryReport } from "../carriers/delivery-report.js";
import type { WebhookOptions } from "../event-grid/webhook.js";
import type { EmulatorMessage } from "../journal/emulator-message.js";
import type { OptOutState } from "../journal/records.js";
import { messageSchema, optOutSchema } from "../journal/schemas.js";
import type { EmulatorSender } from "../senders.js";
import type { World } from "../world.js";

/** What is kept from one run to the next. */
export interface SavedState {
  readonly senders: readonly EmulatorSender[];
  readonly webhooks: readonly WebhookOptions[];
  readonly messages: readonly EmulatorMessage[];
  readonly reports: readonly DeliveryReport[];
  readonly optOuts: readonly OptOutState[];
}

const format = "acs-sms emulator state, version 1";

/** The state of a world as a text. */
export function writeState({ senders, events, journal, reports, optOuts }: World): string {
  const state: SavedState = {
    senders: senders.list(),
    webhooks: events.targets(),
    messages: journal.messages(),
    reports: [...reports.values()],
    optOuts: optOuts.states(),
  };
  return JSON.stringify({ format, ...state });
}

/**
 * Reads such a text. Senders and webhooks are checked where all options are.
 *
 * @returns `undefined` when it is none.
 */
export function readState(text: string): SavedState | undefined {
  const result = savedState().safeParse(parsed(text));
  return result.success ? result.data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Puts a world in order that has just been made. */
export function restoreState(state: SavedState, { journal, inboxes, reports, optOuts }: World): void {
  for (const message of state.messages) {
    journal.message(message);
    const { kind, isShown, phone, sender, message: text, at } = message;
    if (isShown && kind !== "inbound") inboxes.show(phone, { from: sender, message: text, at });
  }
  for (const report of state.reports) reports.set(report.messageId, report);
  for (const { sender, phone, isBlockedByCarrier, isInServiceList } of state.optOuts) {
    if (isBlockedByCarrier) optOuts.carrier.add(sender, phone);
    if (isInServiceList) optOuts.service.add(sender, phone);
  }
}

function savedState(): z.ZodType<SavedState> {
  return z.object({
    format: z.literal(format),
    senders: z.array(z.custom<EmulatorSender>()),
    webhooks: z.array(z.custom<WebhookOptions>()),
    messages: z.array(messageSchema(z.coerce.date())),
    reports: z.array(report()),
    optOuts: z.array(optOutSchema()),
  });
}

function report(): z.ZodType<DeliveryReport> {
  const count = z.int().min(0);
  return z.object({
    deliveryStatus: z.enum(["Delivered", "Failed"]),
    deliveryStatusDetails: z.string(),
    deliveryAttempts: z.array(
      z.object({ timestamp: z.string(), segmentsSucceeded: count, segmentsFailed: count }),
    ),
    receivedTimestamp: z.string(),
    tag: z.string().exactOptional(),
    messageId: z.string(),
    from: z.string(),
    to: z.string(),
  });
}
