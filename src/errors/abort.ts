import { AbortError } from "./sms-error.js";

/** @throws AbortError where the caller has ended the call already. */
export function throwIfAborted(abortSignal: AbortSignal | undefined): void {
  if (abortSignal?.aborted === true) throw new AbortError(abortSignal.reason);
}

/**
 * Does one step of a call, and settles when it is done or when the caller aborts. What is under way then is not called
 * back: whoever uses this must be able to bear that it happens all the same, later.
 */
export async function untilAborted<T>(
  abortSignal: AbortSignal | undefined,
  step: () => Promise<T>,
): Promise<T> {
  if (abortSignal === undefined) return step();
  throwIfAborted(abortSignal);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new AbortError(abortSignal.reason));
  abortSignal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([step(), aborted]);
  } finally {
    abortSignal.removeEventListener("abort", abort);
  }
}
