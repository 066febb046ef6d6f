import type { MessageLog } from "../../../src/insights/message-log.js";
import type { RawEvent } from "./simulate.js";

/** Fewer than may wait. */
const atOnce = 50_000;

/** Tells a log of all events, and waits until they are written. */
export async function feed(log: MessageLog, events: readonly RawEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += atOnce) {
    for (const event of events.slice(start, start + atOnce)) log.observe(event);
    await log.flush();
  }
}
