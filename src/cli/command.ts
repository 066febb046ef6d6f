import type { OptionTable, OptionValues } from "./option.js";
import type { Console } from "./output/console.js";
import { parseCommandLine } from "./parse-command-line.js";

/** A command as its file describes it: everything but `run` is data, from which the help is made. */
export interface CommandDescription<Options extends OptionTable> {
  /** The words that call it: `suppression check`. */
  readonly name: string;
  /** One line, as a sentence without its full stop. */
  readonly summary: string;
  /** What comes after the options: `<number> …`, and how many of them at most. Default: nothing. */
  readonly positionals?: { readonly usage: string; readonly most: number };
  readonly options: Options;
  /** What a reader of the help should know beyond the options: paragraphs. */
  readonly details?: readonly string[];
  /** Lines that work as they are. */
  readonly examples: readonly string[];
  /** Whether it goes on until a signal ends it, which then is a good end. */
  readonly runsUntilEnded?: true;
  /** @returns The exit code. */
  readonly run: (call: Call<Options>) => Promise<number>;
}

/** One call of a command. */
interface Call<Options extends OptionTable> {
  readonly values: OptionValues<Options>;
  readonly positionals: readonly string[];
  readonly console: Console;
}

/** A command in the table of commands, where its options' types no longer matter. */
export interface Command extends Omit<CommandDescription<OptionTable>, "run"> {
  readonly start: (args: readonly string[], console: Console) => Promise<number>;
}

export function defineCommand<const Options extends OptionTable>(
  description: CommandDescription<Options>,
): Command {
  const { run, ...data } = description;
  return {
    ...data,
    start: (args, console) => {
      const { values, positionals } = parseCommandLine(args, description);
      return run({ values, positionals, console });
    },
  };
}
