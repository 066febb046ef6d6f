import { readDeliveryCode } from "../../events/read-delivery-code.js";
import type {
  SmsDeliveryObservation,
  SmsInboundObservation,
  SmsObservation,
  SmsResultObservation,
} from "../../observers/observer.js";
import type { EmulatorMessage } from "../journal/emulator-message.js";

/** What a text to a sender asks for, where it is a keyword. */
export type IntentOf = (sender: string, text: string) => "opt-out" | "opt-in" | "help" | undefined;

/**
 * What an observer of a client and its event handler would be told of a message, if all asked for reports: of one that was sent,
 * that the service took it, and how it ended once it has; of one that was typed, what it asks for; of a notice nothing.
 */
export function observationsOf(message: EmulatorMessage, intentOf: IntentOf): readonly SmsObservation[] {
  if (message.kind === "notice") return [];
  if (message.kind === "inbound") return [inboundOf(message, intentOf)];
  return message.state === "under-way" ? [resultOf(message)] : [resultOf(message), deliveryOf(message)];
}

function resultOf(message: EmulatorMessage): SmsResultObservation {
  const { id, sender, phone, at, tag, encoding, segments } = message;
  return {
    type: "result",
    at,
    identity: id,
    from: sender,
    to: phone,
    status: "accepted",
    httpStatusCode: 202,
    messageId: id,
    ...(tag !== undefined && { tag }),
    encoding: encoding === "GSM-7" ? "gsm-7" : "ucs-2",
    segments,
    isReportExpected: true,
  };
}

/** One that a state file of an older version kept does not say when it ended. */
function deliveryOf(message: EmulatorMessage): SmsDeliveryObservation {
  const { id, sender, phone, at, state, endedAt, details = "", tag } = message;
  const code = readDeliveryCode(details);
  return {
    type: "delivery",
    at: endedAt ?? at,
    from: sender,
    to: phone,
    messageId: id,
    status: state === "delivered" ? "delivered" : "failed",
    ...(code !== undefined && { code }),
    ...(tag !== undefined && { tag }),
    receivedAt: endedAt ?? at,
    ...(endedAt !== undefined && { lastAttemptAt: endedAt }),
  };
}

function inboundOf(
  { id, sender, phone, at, message }: EmulatorMessage,
  intentOf: IntentOf,
): SmsInboundObservation {
  const intent = intentOf(sender, message) ?? "none";
  return { type: "inbound", at, from: phone, to: sender, messageId: id, receivedAt: at, intent };
}
