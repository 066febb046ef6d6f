import { inspect } from "node:util";

import { isSmsError, type SmsErrorCode } from "../errors/sms-error.js";
import { safeError } from "../privacy/safe-error.js";
import { exitCodes } from "./exit-codes.js";
import { Failure, UsageError } from "./failure.js";
import type { Console } from "./output/console.js";
import { visible } from "./output/visible.js";

/** What a person can do, where the error's own words are for those who write programs. */
const advice: Readonly<Partial<Record<SmsErrorCode, readonly string[]>>> = {
  "campaign-changed": [
    "To go on with it, put the list back as it was, with the same words in the columns that the text needs, and resume.",
  ],
  "campaign-taken-over": [
    "Let that one go on. Its end, or its interruption, is seen by acs-sms campaign status.",
  ],
};

/** Says on standard error what went wrong, with nothing private in it, and gives the exit code for it. */
export function explain(error: unknown, console: Console, isVerbose: boolean): number {
  const { abortSignal } = console.environment;
  if (abortSignal.aborted) {
    console.note("Ended before it was done.");
    return abortSignal.reason === exitCodes.terminated ? exitCodes.terminated : exitCodes.interrupted;
  }
  if (error instanceof UsageError) {
    console.note(error.message);
    return exitCodes.usage;
  }
  console.note(`Failed: ${messageOf(error, console.secrets)}`);
  if (isSmsError(error)) for (const line of advice[error.code] ?? []) console.note(line);
  if (isVerbose) console.note(inspect(safeError(error, console.secrets)));
  else if (!(error instanceof Failure)) console.note("More with --verbose.");
  return exitCodes.failed;
}

/** What an error says and, since a wrapper often says little, what the errors behind it say; safe to show. */
export function messageOf(thrown: unknown, secrets: readonly string[]): string {
  const error = safeError(thrown, secrets);
  const messages = [saying(error)];
  for (let cause = error.cause; cause instanceof Error && messages.length < 3; cause = cause.cause) {
    messages.push(saying(cause));
  }
  return [...new Set(messages)].join(" ");
}

function saying(error: Error): string {
  // Our own words may have line breaks; others' may have anything. A copy without private content has the name alone.
  if (error.name === "Failure") return error.message;
  // Some errors (several addresses refused at once) have a code and no message.
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  const message = visible(error.message.trim() === "" ? code : error.message.trim());
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
