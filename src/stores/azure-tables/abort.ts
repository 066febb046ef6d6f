import { AbortError } from "../../errors/sms-error.js";

/** What to throw for an error: the SDK's own abort error is not ours. */
export function reasonOf(error: unknown, abortSignal: AbortSignal | undefined): unknown {
  return abortSignal?.aborted === true ? new AbortError(abortSignal.reason) : error;
}
