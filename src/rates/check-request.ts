import { expected, expectedRange } from "../errors/expected.js";
import { laneOrder } from "./lanes.js";
import type { RateRequest } from "./rate-gate.js";

/** @throws TypeError or RangeError for what is no wish to send. */
export function checkRequest({ units, lane, sendBefore }: RateRequest): void {
  if (typeof units !== "number") throw expected("units", "a number of message units", units);
  if (!Number.isInteger(units) || units < 1)
    throw expectedRange("units", "a whole number of 1 or more", units);
  if (sendBefore !== undefined && (!(sendBefore instanceof Date) || Number.isNaN(sendBefore.getTime())))
    throw expected("sendBefore", "a valid Date", sendBefore);
  if (!laneOrder.includes(lane)) throw expected("lane", '"urgent", "normal" or "bulk"', lane);
}
