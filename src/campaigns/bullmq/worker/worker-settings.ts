import type { SmsClient } from "../../../client/sms-client.js";
import { expected, expectedRange } from "../../../errors/expected.js";
import { laneOrder } from "../../../rates/lanes.js";
import type { RateGate, SendLane } from "../../../rates/rate-gate.js";
import { RateLimiter } from "../../../rates/rate-limiter.js";
import { checkedConcurrency, checkedSeconds } from "../../campaign-settings.js";
import type { CampaignWorkerOptions } from "./worker-types.js";

/** The options that are the worker's own, checked and complete. */
export interface WorkerSettings extends Pick<CampaignWorkerOptions, "onBatch" | "onFailure"> {
  readonly rateLimiter: RateGate;
  readonly lane: SendLane;
  readonly concurrency: number;
  readonly onUnknown: "hold" | "resend";
  readonly retryForInMs: number;
  readonly lockDurationInMs: number;
}

const defaultLockInMs = 30_000;
const shortestLockInMs = 1000;

/** @throws TypeError or RangeError that names the option. */
export function checkedWorkerOptions(sms: SmsClient, options: CampaignWorkerOptions): WorkerSettings {
  if (typeof sms?.send !== "function") throw expected("sms", "an SmsClient", sms);
  const { lane = "bulk", onUnknown = "hold", lockDurationInMs = defaultLockInMs } = options;
  if (!laneOrder.includes(lane)) throw expected("lane", '"urgent", "normal" or "bulk"', lane);
  if (onUnknown !== "hold" && onUnknown !== "resend")
    throw expected("onUnknown", '"hold" or "resend"', onUnknown);
  if (!Number.isInteger(lockDurationInMs) || lockDurationInMs < shortestLockInMs)
    throw expectedRange("lockDurationInMs", `${shortestLockInMs} ms or more`, lockDurationInMs);
  for (const name of ["onBatch", "onFailure"] as const) {
    if (options[name] !== undefined && typeof options[name] !== "function")
      throw expected(name, "a function", options[name]);
  }
  const { onBatch, onFailure } = options;
  return {
    lane,
    onUnknown,
    lockDurationInMs,
    onBatch,
    onFailure,
    rateLimiter: options.rateLimiter ?? sms.rateLimiter ?? new RateLimiter(),
    concurrency: checkedConcurrency(options.concurrency),
    retryForInMs: checkedSeconds(options.retryForInSeconds) * 1000,
  };
}
