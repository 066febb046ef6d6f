import { redact, safeError } from "../../privacy/safe-error.js";
import { textsWithin } from "../../privacy/texts-within.js";

/** What is asked at once holds fewer texts. */
const mostTexts = 100_000;

/**
 * An error of a database's driver without what was asked or written. Drivers put the rows that were refused, and the
 * values of a statement, into properties of their own, so only the message and the code are kept.
 *
 * @param values - What was asked: texts, and lists of them as JSON.
 */
export function withoutContent(error: unknown, values: readonly (string | null)[]): Error {
  const secrets = textsWithin(values.map(parsed), mostTexts) ?? [];
  const copy = new Error(redact(safeError(error, secrets).message, secrets));
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? Object.assign(copy, { code: redact(code, secrets) }) : copy;
}

function parsed(value: string | null): unknown {
  try {
    return value === null ? null : JSON.parse(value);
  } catch {
    return value;
  }
}
