import { parseArgs } from "node:util";

import { UsageError } from "./failure.js";
import type { OptionTable, OptionValues } from "./option.js";
import { commonOptions } from "./options/common.js";
import { didYouMean } from "./suggestion.js";

interface Expected<Options extends OptionTable> {
  readonly options: Options;
  readonly positionals?: { readonly usage: string; readonly most: number };
}

/** A command's own arguments, as it will get them. */
interface CommandLine<Options extends OptionTable> {
  readonly values: OptionValues<Options>;
  readonly positionals: readonly string[];
}

type Given = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** @throws UsageError that says what is wrong, with the nearest option where one is unknown. */
export function parseCommandLine<Options extends OptionTable>(
  args: readonly string[],
  expected: Expected<Options>,
): CommandLine<Options>;
export function parseCommandLine(
  args: readonly string[],
  { options, positionals: { most } = { usage: "", most: 0 } }: Expected<OptionTable>,
): { values: object; positionals: readonly string[] } {
  const { values, positionals } = parse(args, { ...commonOptions, ...options });
  if (positionals.length > most) {
    const what = most === 0 ? "none is" : `at most ${most} ${most === 1 ? "is" : "are"}`;
    throw new UsageError(`${positionals.length} arguments were given where ${what} taken.`);
  }
  return { values: completed(values, options), positionals };
}

function parse(
  args: readonly string[],
  options: OptionTable,
): { values: Given; positionals: readonly string[] } {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
  );
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true });
  } catch (error) {
    throw new UsageError(explain(error, Object.keys(options)));
  }
}

/** The parser's first sentence, and what may have been meant. */
function explain(error: unknown, names: readonly string[]): string {
  const message = error instanceof Error ? error.message : "The arguments could not be read.";
  const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (unknown === undefined) return `${message.split(/\n|\. /)[0]?.replace(/\.$/, "")}.`;
  const known = names.map((name) => `--${name}`);
  return `There is no option ${unknown.split("=")[0]}.${didYouMean(unknown, known)}`;
}

function completed(values: Given, options: OptionTable): object {
  const complete = Object.entries(options).map(([name, { type, multiple, required, value = "<value>" }]) => {
    const given = values[name];
    if (given === undefined && required) throw new UsageError(`--${name} ${value} is needed.`);
    return [name, given ?? (multiple ? [] : type === "boolean" ? false : undefined)];
  });
  return Object.fromEntries(complete);
}
