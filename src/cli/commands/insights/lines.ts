import { abortable } from "../../../errors/abortable.js";
import { UsageError } from "../../failure.js";
import type { Console } from "../../output/console.js";

/** How many lines are printed, and in which form. */
export const linesOptions = {
  limit: { type: "string", value: "<count>", help: "So many at most. Default: all." },
  json: { type: "boolean", help: "Print JSON lines, for programs." },
} as const;

/** @throws UsageError for no such number. */
export function readLimit(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new UsageError("--limit takes a whole number from 1.");
}

/** Prints one line for each as it comes, until the user has enough. */
export async function printLines<T extends object>(
  found: AsyncIterable<T>,
  lineOf: (one: T) => string,
  { json: isJson }: { readonly json: boolean },
  console: Console,
): Promise<void> {
  for await (const one of abortable(found, console.abortSignal))
    await (isJson ? console.json(one) : console.line(lineOf(one)));
}
