import { randomUUID } from "node:crypto";
import type { Outgoing } from "../carriers/outgoing.js";
import type { RecipientRules } from "../carriers/recipients.js";
import { measure } from "../carriers/segments.js";
import type { InboundMessage } from "../phones/inbound-message.js";
import type { EmulatorMessage } from "./emulator-message.js";

/** A message that the service has just accepted. */
export function underWay(outgoing: Outgoing): EmulatorMessage {
  const { messageId, from, to, message, encoding, units, segments, acceptedAt, tag } = outgoing;
  return {
    id: messageId,
    kind: "outbound",
    sender: from,
    phone: to,
    message,
    encoding,
    units,
    segments,
    at: acceptedAt,
    state: "under-way",
    isShown: false,
    ...(tag === undefined ? {} : { tag }),
  };
}

/** How a message ends with a recipient whom no opt-out protects; without a report nobody knows, and it stays under way. */
export function endingOf(
  recipient: RecipientRules,
  endedAt: Date,
): Pick<EmulatorMessage, "state" | "endedAt" | "details"> {
  const { deliveryStatus, deliveryStatusDetails: details } = recipient;
  if (deliveryStatus === "none") return { state: "under-way" };
  return { state: deliveryStatus === "Delivered" ? "delivered" : "failed", endedAt, details };
}

/** What the carrier or ACS answered to a word. */
export function notice(sender: string, phone: string, message: string, at: Date): EmulatorMessage {
  return { id: `Notice_${randomUUID()}`, kind: "notice", ...arrived(sender, phone, message, at) };
}

/** What somebody typed on a phone. */
export function typed({ messageId, from, to, message, receivedAt }: InboundMessage): EmulatorMessage {
  return { id: messageId, kind: "inbound", ...arrived(to, from, message, receivedAt) };
}

function arrived(
  sender: string,
  phone: string,
  message: string,
  at: Date,
): Omit<EmulatorMessage, "id" | "kind"> {
  return { sender, phone, message, ...measure(message), at, state: "delivered", isShown: true };
}
