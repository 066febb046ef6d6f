import type { EventSettings } from "./event-options.js";
import type { Exchange } from "./exchange.js";

/** What is done after an attempt. */
export type NextStep =
  | { readonly act: "done" }
  | { readonly act: "retry"; readonly delayInMs: number }
  | { readonly act: "give-up"; readonly reason: "MaxDeliveryAttemptsExceeded" | "NonRetriableStatus" };

/** No other answer counts as one. */
const successes: ReadonlySet<number> = new Set([200, 201, 202, 203, 204]);

/** For webhooks; Azure resources have another list. */
const neverRetried: ReadonlySet<number> = new Set([400, 401, 403, 413]);

/** Decides after an attempt, the first of which is number 1. */
export function nextStep(outcome: Exchange, attempt: number, settings: EventSettings): NextStep {
  if ("status" in outcome && successes.has(outcome.status)) return { act: "done" };
  if ("status" in outcome && neverRetried.has(outcome.status)) {
    return { act: "give-up", reason: "NonRetriableStatus" };
  }
  if (attempt >= settings.maxDeliveryAttempts) {
    return { act: "give-up", reason: "MaxDeliveryAttemptsExceeded" };
  }
  const delays = settings.retryDelaysInMs;
  return { act: "retry", delayInMs: delays[Math.min(attempt, delays.length) - 1] ?? 0 };
}
