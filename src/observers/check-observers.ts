import { expected } from "../errors/expected.js";
import type { SmsObserver } from "./observer.js";

/**
 * A copy of the list that a caller gave.
 *
 * @throws TypeError
 */
export function checkedObservers(observers: readonly SmsObserver[] = []): readonly SmsObserver[] {
  const isList =
    Array.isArray(observers) && observers.every((observer) => typeof observer?.observe === "function");
  if (!isList) throw expected("observers", "a list of objects with `observe`", observers);
  return [...observers];
}
