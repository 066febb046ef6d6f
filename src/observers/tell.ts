import { safeError } from "../privacy/safe-error.js";
import { logWarning } from "./log.js";

/**
 * Calls a function of the caller's that is told something. What it throws is thrown; but nobody waits for it, so that what
 * fails later, as in an `async` one, goes to the log and does not end the process.
 */
export function tell<T>(
  name: string,
  listener: ((value: T) => void) | undefined,
  value: T,
  onLater: (error: unknown) => void = (error) => logFailure(name, error),
): void {
  if (listener === undefined) return;
  Promise.resolve(listener(value)).catch(onLater);
}

function logFailure(name: string, error: unknown): void {
  void logWarning(`\`${name}\` failed: ${safeError(error).message}`);
}
