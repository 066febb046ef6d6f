import type { LiveState } from "../../src/emulator/journal/changes.js";
import type { Json } from "../../src/emulator/journal/json.js";
import type { Message } from "../../src/emulator/page/records.js";

export const sender = "+18005551234";
export const ann = "+14255550123";
export const bob = "+14255550199";

const at = "2026-08-04T12:00:00.000Z";

/** A message that was delivered, but for what is said otherwise. */
export function message(id: string, more: Partial<Message> = {}): Message {
  return {
    id,
    kind: "outbound",
    sender,
    phone: ann,
    message: id,
    encoding: "GSM-7",
    units: id.length,
    segments: 1,
    at,
    state: "delivered",
    isShown: true,
    ...more,
  };
}

/** An emulator that has just begun, but for what is said otherwise. */
export function liveState(more: Partial<Json<LiveState>> = {}): Json<LiveState> {
  return {
    endpoint: "http://127.0.0.1:7627",
    connectionString: "endpoint=http://127.0.0.1:7627/;accesskey=c2VjcmV0",
    senders: [{ number: sender, kind: "toll-free" }],
    webhooks: [],
    faults: { requests: {}, events: {} },
    clock: { now: at, speed: 1 },
    optOuts: [],
    messages: [],
    requests: [],
    deliveries: [],
    deadLetters: [],
    ...more,
  };
}
