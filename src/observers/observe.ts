import type { SmsObservation, SmsObserver } from "./observer.js";

/** Tells all observers, and lets none of them harm the send; `onFailure` hears of those that tried. */
export function observe(
  observers: readonly SmsObserver[],
  observation: SmsObservation,
  onFailure: (error: unknown) => void,
): void {
  for (const observer of observers) {
    try {
      Promise.resolve(observer.observe(observation)).catch(onFailure);
    } catch (error) {
      onFailure(error);
    }
  }
}
