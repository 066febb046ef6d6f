import type { LoggedInbound, LoggedMessage } from "../../insights/logged-message.js";
import { visible } from "./visible.js";

/** Lines come one by one, however many, so the widths of their columns are those of common values. */
const numberWidth = 16;
const outcomeWidth = "unconfirmed".length;
const codeWidth = 4;
const intentWidth = "opt-out".length;

/** A message as a line: when, to whom, what became of it, from which sender, and what for. */
export function messageLine({ at, to, outcome, code, from, tag, text }: LoggedMessage): string {
  const cells = [
    at.toISOString(),
    (to ?? "(no number)").padEnd(numberWidth),
    outcome.padEnd(outcomeWidth),
    String(code ?? "").padEnd(codeWidth),
    from.padEnd(numberWidth),
    ...(tag === undefined ? [] : [tag]),
    ...quoted(text),
  ];
  return visible(cells.join("  ").trimEnd());
}

/** What a person wrote as a line: when, who, what it asks for, to which number, and the text. */
export function inboundLine({ receivedAt, from, intent, to, text }: LoggedInbound): string {
  const cells = [
    receivedAt.toISOString(),
    from.padEnd(numberWidth),
    (intent === "none" ? "" : intent).padEnd(intentWidth),
    to.padEnd(numberWidth),
    ...quoted(text),
  ];
  return visible(cells.join("  ").trimEnd());
}

function quoted(text: string | undefined): string[] {
  return text === undefined ? [] : [`“${text}”`];
}
