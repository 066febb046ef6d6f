import type { SummaryFigures } from "../../summary.js";
import type { Markup } from "../page/markup.js";
import type { Words } from "../words/words.js";
import { section } from "./section.js";
import { shareTable, type ShareRow } from "./share-table.js";

/** What became of each message: together these are all of them, and none is in two. */
export function outcomesSection(figures: SummaryFigures, { numbers }: Words): Markup {
  const rows = [...acceptedRows(figures), ...otherRows(figures)].filter(({ count }) => count > 0);
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

function acceptedRows(figures: SummaryFigures): readonly ShareRow[] {
  const { delivered, failed, blocked, unconfirmed, pending, overdue, unreported } = figures;
  return [
    row("Delivered", "A report says that it arrived.", delivered, "arrived"),
    row("Failed", "A report says that it did not arrive.", failed, "lost"),
    row("Blocked", "The carrier knew that the person had opted out.", blocked, "lost"),
    row("Unconfirmed", "The carrier gives no reports; it may have arrived.", unconfirmed, "open"),
    row("Pending", "There is no report yet.", pending, "open"),
    row("Overdue", "A report should have come by now.", overdue, "open"),
    row("Unreported", "No report was asked for.", unreported, "open"),
  ];
}

function otherRows(figures: SummaryFigures): readonly ShareRow[] {
  const { suppressed, invalid, rejected, unknown, unsent } = figures;
  return [
    row("Suppressed", "Not sent: the person had opted out.", suppressed, "plain"),
    row("Invalid", "Not sent: not a phone number.", invalid, "plain"),
    row("Rejected", "The service refused it.", rejected, "lost"),
    row("Unknown", "It may have been sent; no answer came.", unknown, "open"),
    row("Unsent", "It was certainly not sent.", unsent, "plain"),
  ];
}

function row(name: string, text: string, count: number, tone: ShareRow["tone"]): ShareRow {
  return { name, text, count, tone };
}
