import { outcomeWords } from "../../../insights/report/words/outcome-words.js";
import type { SummaryFigures } from "../../../insights/summary.js";
import { words } from "./words.js";

const outcomes = ["pending", "overdue", "unconfirmed", "blocked"] as const;

/** What is neither delivered nor failed. */
export function NoNews({ of: figures }: { readonly of: SummaryFigures }) {
  const rows = outcomes.filter((outcome) => figures[outcome] > 0);
  return (
    <section class="panel reasons" aria-labelledby="no-news">
      <h3 id="no-news">Neither delivered nor failed</h3>
      {rows.length === 0 ? (
        <p class="quiet">None: each message has a report.</p>
      ) : (
        <ul>
          {rows.map((outcome) => (
            <li key={outcome}>
              <b>{outcomeWords[outcome].name}</b>
              <span class="count">{words.numbers.count(figures[outcome])}</span>
              <span class="quiet">{outcomeWords[outcome].text}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
