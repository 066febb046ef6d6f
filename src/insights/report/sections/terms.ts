import type { Summary } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import { fewestForRate } from "../words/numbers.js";
import type { Words } from "../words/words.js";
import { section } from "./section.js";

const terms: readonly (readonly [string, string])[] = [
  ["Message", "One text to one person, counted once, however often it was tried or reported."],
  ["Sent", "The service took the message."],
  [
    "Delivery rate",
    "Arrived, of those that arrived or failed. Messages without such a report are not in it.",
  ],
  [
    "Time to arrive",
    "From when the service took a message to the carrier's last attempt, of those that arrived.",
  ],
  [
    "Reply",
    "A text, other than a keyword, within 72 hours of the last message that this sender sent to that person.",
  ],
  ["Response rate", "People who replied, of those whom a message reached."],
  ["Opt-out rate", "People who newly opted out, of those whom a message reached."],
  ["of 7, of up to 7", `A figure of fewer than ${fewestForRate}: one more or less would change it a lot.`],
];

/** What the words of the report mean, and what is in no group. */
export function termsSection({ unattributed }: Summary, { numbers }: Words): Markup {
  const { replies, optOuts, optIns } = unattributed;
  const rest = [
    numbers.counted(replies, "reply", "replies"),
    numbers.counted(optOuts, "opt-out"),
    numbers.counted(optIns, "opt-in"),
  ];
  const note =
    replies + optOuts + optIns === 0
      ? undefined
      : html`<p class="about">
          In none of these figures, because no message came within the 72 hours before: ${rest.join(", ")}.
        </p>`;
  const list = terms.map(
    ([term, meaning]) =>
      html`<div>
        <dt>${term}</dt>
        <dd>${meaning}</dd>
      </div>`,
  );
  return section({
    id: "terms",
    title: "What the words mean",
    content: html`${note}
      <dl>${list}</dl>`,
  });
}
