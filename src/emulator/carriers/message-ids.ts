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

/** Many messages are of the same second. */
let last = { second: NaN, stamp: "" };

function stamp(at: Date): string {
  const second = Math.floor(at.getTime() / 1000);
  if (second !== last.second) {
    last = { second, stamp: at.toISOString().slice(0, 19).replaceAll(/\D/g, "") };
  }
  return last.stamp;
}
