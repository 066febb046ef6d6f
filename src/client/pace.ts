import { expected } from "../errors/expected.js";
import type { RateGate } from "../rates/rate-gate.js";
import type { DeliveryContext } from "./batch-delivery.js";
import type { SmsSendOptions } from "./send-request.js";

type Pace = Pick<DeliveryContext, "rateLimiter" | "lane" | "sendBefore" | "beforeAttempt">;

/** When the attempts of one call may leave, and who hears of it first. */
export function checkedPace(options: SmsSendOptions, ofClient: RateGate | undefined): Pace {
  const { lane = "normal", sendBefore, beforeAttempt } = options;
  if (lane !== "urgent" && lane !== "normal" && lane !== "bulk")
    throw expected("lane", '"urgent", "normal" or "bulk"', lane);
  if (sendBefore !== undefined && (!(sendBefore instanceof Date) || Number.isNaN(sendBefore.getTime())))
    throw expected("sendBefore", "a valid Date", sendBefore);
  if (beforeAttempt !== undefined && typeof beforeAttempt !== "function")
    throw expected("beforeAttempt", "a function", beforeAttempt);
  const rateLimiter = checkedRateLimiter(options.rateLimiter) ?? ofClient;
  return { rateLimiter, lane, sendBefore: sendBefore && new Date(sendBefore), beforeAttempt };
}

/** @throws TypeError for what is no rate limiter. */
export function checkedRateLimiter(gate: RateGate | undefined): RateGate | undefined {
  if (gate === undefined) return undefined;
  const methods = ["acquire", "giveBack", "report", "unitsPerMinute", "mostPerRequest"] as const;
  if (!methods.every((name) => typeof gate?.[name] === "function"))
    throw expected("rateLimiter", "a RateLimiter", gate);
  return gate;
}
