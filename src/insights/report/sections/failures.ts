import type { SummaryFigures } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import type { Words } from "../words/words.js";
import { adviceFor } from "./code-advice.js";
import { section } from "./section.js";
import { shareTable } from "./share-table.js";

/** Why messages failed, the commonest reason first, and what to do about each. */
export function failuresSection(figures: SummaryFigures, { numbers }: Words): Markup {
  const rows = Object.entries(figures.failedByCode)
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([code, count]) => ({ name: nameOf(code), ...textsOf(code), count, tone: "lost" as const }));
  const table = {
    caption: "Why messages failed",
    heads: ["Code", "Meaning", "What to do", "Share of failed"] as const,
    of: figures.failed,
    rows,
  };
  return section({
    id: "failures",
    title: "Why messages failed",
    about: `${numbers.counted(figures.failed, "message")} failed, by the code of the report.`,
    content:
      rows.length === 0 ? html`<p>No report says that a message failed.</p>` : shareTable(table, numbers),
  });
}

function nameOf(code: string): string {
  return code === "none" ? "None" : code;
}

function textsOf(code: string): { readonly text: string; readonly advice: string } {
  const { meaning, advice } = adviceFor(code);
  return { text: meaning, advice };
}
