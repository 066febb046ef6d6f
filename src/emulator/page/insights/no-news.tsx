import type { SummaryFigures } from "../../../insights/summary.js";
import { words } from "./words.js";

/** Why it may be that nobody knows whether a message arrived. */
const reasons = [
  { key: "pending", name: "Pending", text: "There is no report yet." },
  { key: "overdue", name: "Overdue", text: "A report should have come by now." },
  { key: "unconfirmed", name: "Unconfirmed", text: "The carrier gives no reports; it may have arrived." },
  { key: "blocked", name: "Blocked", text: "The report says that the person had opted out." },
] as const;

/** What is neither delivered nor failed. */
export function NoNews({ of: figures }: { readonly of: SummaryFigures }) {
  const rows = reasons.filter(({ key }) => figures[key] > 0);
  return (
    <section class="panel reasons" aria-labelledby="no-news">
      <h3 id="no-news">Neither delivered nor failed</h3>
      {rows.length === 0 ? (
        <p class="quiet">None: each message has a report.</p>
      ) : (
        <ul>
          {rows.map(({ key, name, text }) => (
            <li key={key}>
              <b>{name}</b>
              <span class="count">{words.numbers.count(figures[key])}</span>
              <span class="quiet">{text}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
