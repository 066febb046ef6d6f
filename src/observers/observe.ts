import { safeError } from "../privacy/safe-error.js";
import { logWarning } from "./log.js";
import type { SmsObservation, SmsObserver } from "./observer.js";

/** Tells all observers, and lets none of them harm what is observed: a failure of theirs shows in the log alone. */
export function observe(
  observers: readonly SmsObserver[],
  observation: SmsObservation,
  onFailure: (error: unknown) => void = logFailure,
): void {
  for (const observer of observers) {
    try {
      Promise.resolve(observer.observe(observation)).catch(onFailure);
    } catch (error) {
      onFailure(error);
    }
  }
}

function logFailure(error: unknown): void {
  void logWarning(`An observer failed: ${safeError(error).message}`);
}
