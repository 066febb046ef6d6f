import { checkedPace } from "../../client/pace.js";
import type { SmsClient } from "../../client/sms-client.js";
import { expected } from "../../errors/expected.js";
import { RateLimiter } from "../../rates/rate-limiter.js";
import { checkedOnUnknown, checkedRetryForInMs } from "../campaign-settings.js";
import type { DeliveryTools } from "../delivery/deliver-batch.js";
import { EndingSignals } from "../running/ending-signals.js";
import { PausableGate } from "../running/pausable-gate.js";
import type { CampaignBatchOptions } from "./campaign-batch.js";

/** For clients without one: what one process sends from a number has one limit, however many batches it is sent in. */
const ownLimiters = new WeakMap<SmsClient, RateLimiter>();

/** @throws TypeError or RangeError that names the option. */
export function batchTools(
  sms: SmsClient,
  options: CampaignBatchOptions,
): { readonly tools: DeliveryTools; readonly dispose: () => void } {
  const { journal, abortSignal } = options;
  if (typeof journal?.claim !== "function") throw expected("journal", "a journal of campaigns", journal);
  const onUnknown = checkedOnUnknown(options.onUnknown);
  const retryForInMs = checkedRetryForInMs(options.retryForInSeconds);
  const { rateLimiter, lane } = checkedPace({ ...options, lane: options.lane ?? "bulk" }, sms.rateLimiter);
  const signals = new EndingSignals(abortSignal);
  const gate = new PausableGate(rateLimiter ?? ownLimiterOf(sms), signals.stop);
  const common = { sms, journal, lane, onUnknown, retryForInMs };
  return {
    tools: { ...common, rateLimiter: gate, stopSignal: signals.stop, endSignal: signals.end },
    dispose: () => signals.dispose(),
  };
}

function ownLimiterOf(sms: SmsClient): RateLimiter {
  const own = ownLimiters.get(sms) ?? new RateLimiter();
  ownLimiters.set(sms, own);
  return own;
}
