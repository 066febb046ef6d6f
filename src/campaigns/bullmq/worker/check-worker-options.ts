import type { SmsClient } from "../../../client/sms-client.js";
import { expected, expectedRange } from "../../../errors/expected.js";
import { checkedConcurrency } from "../../campaign-settings.js";
import type { CampaignWorkerOptions } from "./worker-types.js";

const defaultLockInMs = 30_000;
const shortestLockInMs = 1000;

/** Checks the options that are for workers alone. @throws TypeError or RangeError that names the option. */
export function checkWorkerOptions(
  sms: SmsClient,
  options: CampaignWorkerOptions,
): { readonly concurrency: number; readonly lockDurationInMs: number } {
  if (typeof sms?.send !== "function") throw expected("sms", "an SmsClient", sms);
  const { lockDurationInMs = defaultLockInMs } = options;
  if (!Number.isInteger(lockDurationInMs) || lockDurationInMs < shortestLockInMs)
    throw expectedRange("lockDurationInMs", `${shortestLockInMs} ms or more`, lockDurationInMs);
  for (const name of ["onBatch", "onFailure"] as const) {
    if (options[name] !== undefined && typeof options[name] !== "function")
      throw expected(name, "a function", options[name]);
  }
  return { concurrency: checkedConcurrency(options.concurrency), lockDurationInMs };
}
