import { maskPhoneNumbers } from "./mask-phone-number.js";
import { textsWithin } from "./texts-within.js";

/** Texts shorter than this are too common to be looked for in a sentence. */
const shortestSecret = 4;

/** How many causes of causes are kept. */
const mostCauses = 5;

/** How much of an error from elsewhere is searched for private content; what holds more is not passed on as it is. */
const mostValues = 5000;

/** Free text with phone numbers masked and each given secret (a message text, a key) taken out. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  // The longest first: one that begins with another would leave its rest behind.
  for (const secret of secrets.toSorted((a, b) => b.length - a.length)) {
    if (secret.length >= shortestSecret) clean = clean.replaceAll(secret, "[redacted]");
  }
  return maskPhoneNumbers(clean);
}

/**
 * An error from elsewhere (a store, a policy, an HTTP client), safe to pass on: the very error where nothing private
 * shows in it, else a copy with its name, code, status, message, stack and causes, all redacted.
 */
export function safeError(
  error: unknown,
  secrets: readonly string[] = [],
  depth: number = mostCauses,
): Error {
  const original = error instanceof Error ? error : new Error(redact(textOf(error), secrets));
  return isClean(original, secrets) ? original : redactedCopy(original, secrets, depth);
}

/** An object's own words may be private, or fail. */
function textOf(thrown: unknown): string {
  const isObject = (typeof thrown === "object" && thrown !== null) || typeof thrown === "function";
  return isObject ? "Something that is no error was thrown." : String(thrown);
}

function isClean(error: Error, secrets: readonly string[]): boolean {
  const texts = textsWithin(error, mostValues);
  // A class may have getters for these, which are no properties of the error itself.
  const { message, name } = wordsOf(error);
  if (texts === undefined || message === undefined || name === undefined) return false;
  return [...texts, message, name].every((text) => redact(text, secrets) === text);
}

/** Causes below `depth` are left behind: an error may be its own. */
function redactedCopy(error: Error, secrets: readonly string[], depth: number): Error {
  const original = valueIn(error, "cause");
  const hasCause = original !== undefined && depth > 0;
  const cause = hasCause ? { cause: safeError(original, secrets, depth - 1) } : undefined;
  const { message = "", name = "Error", stack } = wordsOf(error);
  const copy = new Error(redact(message, secrets), cause);
  copy.name = redact(name, secrets);
  if (stack !== undefined) copy.stack = redact(stack, secrets);
  return Object.assign(copy, harmlessProperties(error, secrets));
}

/** What an error says of itself, as far as it is text: a class that declares a field, or a hook for stacks, may leave any. */
function wordsOf(error: Error): {
  readonly message?: string;
  readonly name?: string;
  readonly stack?: string;
} {
  const words = (["message", "name", "stack"] as const).map((name) => [name, valueIn(error, name)] as const);
  return Object.fromEntries(words.filter(([, value]) => typeof value === "string"));
}

/** A getter may fail. */
function valueIn(error: Error, name: string): unknown {
  try {
    return Reflect.get(error, name);
  } catch {
    return undefined;
  }
}

/** What callers branch on; anything else may be private and is left behind. */
function harmlessProperties(error: Error, secrets: readonly string[]): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of ["code", "statusCode", "errno", "syscall"]) {
    const value = valueIn(error, name);
    if (typeof value !== "number" && typeof value !== "string") continue;
    if (redact(String(value), secrets) === String(value)) kept[name] = value;
  }
  return kept;
}
