import type { Command } from "./command.js";
import { exitCodeHelp } from "./exit-codes.js";
import type { OptionTable } from "./option.js";
import { commonOptions } from "./options/common.js";
import { columns } from "./output/columns.js";
import { wrapped } from "./output/wrap.js";

/** The help of one command. */
export function commandHelp(command: Command, width: number): string[] {
  const { name, summary, positionals, details = [], examples } = command;
  const options = { ...command.options, ...commonOptions };
  const needed = Object.entries(command.options).filter(([, { required }]) => required);
  const usage = ["acs-sms", name, ...needed.map(([name, { value }]) => `--${name} ${value}`)];
  return [
    `${summary}.`,
    "",
    `Usage: ${[...usage, "[options]", ...(positionals === undefined ? [] : [positionals.usage])].join(" ")}`,
    "",
    ...details.flatMap((paragraph) => [...wrapped(paragraph, width), ""]),
    "Options:",
    ...described(optionRows(options), width),
    "",
    "Examples:",
    ...examples.map((example) => `  ${example}`),
    "",
    "Exit codes:",
    ...described(exitCodeHelp, width),
  ];
}

/** The help above all commands, or above those that begin with the same word. */
export function overview(commands: readonly Command[], title: string, width: number): string[] {
  return [
    title,
    "",
    "Commands:",
    ...described(
      commands.map(({ name, summary }) => [name, summary]),
      width,
    ),
    "",
    "acs-sms <command> --help tells more of each. Exit codes:",
    ...described(exitCodeHelp, width),
  ];
}

function optionRows(options: OptionTable): [string, string][] {
  return Object.entries(options).map(([name, { value, multiple, help }]) => {
    const values = value === undefined ? "" : ` ${value}`;
    return [`--${name}${values}${multiple ? " …" : ""}`, help];
  });
}

/** Terms and what they mean, side by side; the meaning is wrapped in its own column. */
function described(rows: readonly (readonly [string, string])[], width: number): string[] {
  const widest = Math.max(...rows.map(([term]) => term.length));
  const lines = rows.flatMap(([term, meaning]) =>
    wrapped(meaning, Math.max(30, width - widest - 4)).map((line, index) => [index === 0 ? term : "", line]),
  );
  return columns(lines, "  ");
}
