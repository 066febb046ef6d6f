import type { AbortSignalLike } from "../transport/sms-transport.js";

/** Runs `work` with the platform's own signal in place of whatever signal the caller gave. */
export async function withAbortSignal<T>(
  like: AbortSignalLike | undefined,
  work: (signal: AbortSignal | undefined) => Promise<T>,
): Promise<T> {
  if (like === undefined || like instanceof AbortSignal) return work(like);
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  if (like.aborted) abort();
  else like.addEventListener("abort", abort);
  try {
    return await work(controller.signal);
  } finally {
    like.removeEventListener("abort", abort);
  }
}
