import { safeError } from "../privacy/safe-error.js";

/**
 * Writes a warning where the logs of Azure SDKs go (`AZURE_LOG_LEVEL=warning`). `@azure/logger` comes with the pipeline;
 * where it cannot be found, as under a strict package manager, Node's own warnings take its place.
 */
async function logWarning(text: string): Promise<void> {
  try {
    const { createClientLogger } = await import("@azure/logger");
    createClientLogger("acs-sms").warning(text);
  } catch {
    process.emitWarning(text, { type: "AcsSmsWarning" });
  }
}

let warnedOfMissingList = false;

/** Says once in a process that messages leave unchecked. */
export function warnOfMissingList(): void {
  if (warnedOfMissingList) return;
  warnedOfMissingList = true;
  void logWarning("This SmsClient has no `suppression` list: people who said STOP are not held back by it.");
}

/** An observer's failure is its own; it shows in the log alone. */
export function logObserverFailure(error: unknown): void {
  void logWarning(`An observer failed: ${safeError(error).message}`);
}
