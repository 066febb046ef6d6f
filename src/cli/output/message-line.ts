import type { LoggedMessage } from "../../insights/logged-message.js";
import { visible } from "./visible.js";

/** Messages come one by one, however many, so the widths of their columns are those of common values. */
const numberWidth = 16;
const outcomeWidth = "unconfirmed".length;
const codeWidth = 4;

/** A message as a line: when, to whom, what became of it, from which sender, and what for. */
export function messageLine({ at, to, outcome, code, from, tag, text }: LoggedMessage): string {
  const cells = [
    at.toISOString(),
    (to ?? "(no number)").padEnd(numberWidth),
    outcome.padEnd(outcomeWidth),
    String(code ?? "").padEnd(codeWidth),
    from.padEnd(numberWidth),
    [...(tag === undefined ? [] : [tag]), ...(text === undefined ? [] : [`“${text}”`])].join("  "),
  ];
  return visible(cells.join("  ").trimEnd());
}
