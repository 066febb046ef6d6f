import type { MessageOutcome } from "../../logged-message.js";
import type { SummaryFigures } from "../../summary.js";
import type { Tone } from "../charts/bar.js";
import type { Markup } from "../page/markup.js";
import { outcomeWords } from "../words/outcome-words.js";
import type { Words } from "../words/words.js";
import { section } from "./section.js";
import { shareTable } from "./share-table.js";

/** In the order in which they are told: what was sent first. */
const outcomes: readonly (readonly [MessageOutcome, Tone])[] = [
  ["delivered", "arrived"],
  ["failed", "lost"],
  ["blocked", "lost"],
  ["unconfirmed", "open"],
  ["pending", "open"],
  ["overdue", "open"],
  ["unreported", "open"],
  ["suppressed", "plain"],
  ["invalid", "plain"],
  ["rejected", "lost"],
  ["unknown", "open"],
  ["unsent", "plain"],
];

/** What became of each message: together these are all of them, and none is in two. */
export function outcomesSection(figures: SummaryFigures, { numbers }: Words): Markup {
  const rows = outcomes
    .map(([outcome, tone]) => ({ ...outcomeWords[outcome], count: figures[outcome], tone }))
    .filter(({ count }) => count > 0);
  const table = {
    caption: "What became of the messages",
    heads: ["Outcome", "What it says", undefined, "Share of all"] as const,
    of: figures.messages,
    rows,
  };
  return section({
    id: "outcomes",
    title: "What became of the messages",
    about: `Each of ${numbers.counted(figures.messages, "message")} is in one line.`,
    content: rows.length === 0 ? "There was no message in this time." : shareTable(table, numbers),
  });
}
