import { inspect } from "node:util";

import { maskPhoneNumbers } from "./mask-phone-number.js";

/** Texts shorter than this are too common to be looked for in a sentence. */
const shortestSecret = 4;

/** How deep an error from elsewhere is searched for private content. */
const searchDepth = 5;

/** Free text with phone numbers masked and each given secret (a message text, a key) taken out. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= shortestSecret) clean = clean.replaceAll(secret, "[redacted]");
  }
  return maskPhoneNumbers(clean);
}

/**
 * An error from elsewhere (a store, a policy, an HTTP client), safe to pass on: the very error where nothing private
 * shows in it, else a copy with its name, code, status, message, stack and causes, all redacted.
 */
export function safeError(error: unknown, secrets: readonly string[] = []): Error {
  const original = error instanceof Error ? error : new Error(redact(String(error), secrets));
  return isClean(original, secrets) ? original : redactedCopy(original, secrets);
}

function isClean(error: Error, secrets: readonly string[]): boolean {
  const shown = `${error.message}\n${error.stack}\n${inspect(error, { depth: searchDepth, showHidden: true })}`;
  return redact(shown, secrets) === shown;
}

function redactedCopy(error: Error, secrets: readonly string[]): Error {
  const cause = error.cause === undefined ? undefined : { cause: safeError(error.cause, secrets) };
  const copy = new Error(redact(error.message, secrets), cause);
  copy.name = error.name;
  if (error.stack !== undefined) copy.stack = redact(error.stack, secrets);
  return Object.assign(copy, harmlessProperties(error));
}

/** What callers branch on; anything else may be private and is left behind. */
function harmlessProperties(error: Error): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of ["code", "statusCode", "errno", "syscall"]) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "number" || (typeof value === "string" && redact(value) === value))
      kept[name] = value;
  }
  return kept;
}
