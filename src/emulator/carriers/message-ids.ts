import { randomUUID } from "node:crypto";

/**
 * An id for a message that is sent, in the form seen on the wire: `Outgoing_`, UTC `yyyyMMddHHmmss`, a GUID glued on, and
 * a suffix. Callers are to treat it as opaque.
 */
export function outgoingMessageId(at: Date): string {
  return `Outgoing_${stamp(at)}${randomUUID()}_noam`;
}

/** An id for a message that a phone sent: as above, with another prefix and without a suffix. */
export function incomingMessageId(at: Date): string {
  return `Incoming_${stamp(at)}${randomUUID()}`;
}

function stamp(at: Date): string {
  return at.toISOString().slice(0, 19).replaceAll(/\D/g, "");
}
