import { logWarning } from "../observers/log.js";

let warnedOfMissingList = false;

/** Says once in a process that messages leave unchecked. */
export function warnOfMissingList(): void {
  if (warnedOfMissingList) return;
  warnedOfMissingList = true;
  void logWarning("This SmsClient has no `suppression` list: people who said STOP are not held back by it.");
}
