import type { Summary, SummaryFigures } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import { reachedOf, reportedOf } from "../words/rate.js";
import type { Numbers } from "../words/numbers.js";
import type { Words } from "../words/words.js";
import { cardTile, type Card } from "./card.js";

/** The figures that are looked at first. */
export function headlineSection(
  { total }: Summary,
  previous: Summary | undefined,
  { numbers }: Words,
): Markup {
  const cards = [...cardsOf(numbers), total.cost === undefined ? segmentsCard(numbers) : costCard(numbers)];
  return html`<section aria-labelledby="headline">
    <h2 id="headline" class="hidden">At a glance</h2>
    <div class="cards">${cards.map((card) => cardTile(card, total, previous, numbers))}</div>
  </section> `;
}

function cardsOf(numbers: Numbers): readonly Card[] {
  return [
    {
      name: "Messages sent",
      kind: "count",
      taste: "neither",
      value: ({ accepted }) => accepted,
      detail: ({ messages, recipients }) =>
        `of ${numbers.count(messages)} to be sent, to ${numbers.counted(recipients, "person", "people")}`,
    },
    {
      name: "Delivery rate",
      kind: "share",
      taste: "more is better",
      value: ({ deliveryRate }) => deliveryRate,
      sample: (figures) => reportedOf(figures),
      detail: (figures) => deliveryDetail(figures, numbers),
    },
    {
      name: "Time to arrive",
      kind: "duration",
      taste: "less is better",
      value: ({ latencyInMs }) => latencyInMs?.p50,
      sample: ({ delivered }) => delivered,
      detail: ({ latencyInMs }) =>
        latencyInMs === undefined
          ? "nothing arrived"
          : `for half; 99 in 100 within ${numbers.duration(latencyInMs.p99)}`,
    },
    {
      name: "Response rate",
      kind: "share",
      taste: "more is better",
      value: ({ responseRate }) => responseRate,
      sample: reachedOf,
      detail: (figures) =>
        `${ofReached(figures.recipientsReplied, figures, numbers)}; ${numbers.counted(figures.replies, "reply", "replies")}`,
    },
    {
      name: "Opt-out rate",
      kind: "share",
      taste: "less is better",
      value: ({ optOutRate }) => optOutRate,
      sample: reachedOf,
      detail: (figures) =>
        `${ofReached(figures.recipientsOptedOut, figures, numbers)}; ${numbers.counted(figures.optIns, "opt-in")}`,
    },
  ];
}

function deliveryDetail(figures: SummaryFigures, numbers: Numbers): string {
  const { delivered, deliveryCoverage } = figures;
  const reported = reportedOf(figures);
  if (reported === 0) return "no message has a report";
  const coverage = deliveryCoverage === undefined ? "" : ` (${numbers.percent(deliveryCoverage)} of sent)`;
  return `${numbers.count(delivered)} of ${numbers.count(reported)} reported${coverage}`;
}

function ofReached(people: number, figures: SummaryFigures, numbers: Numbers): string {
  const reached = reachedOf(figures);
  return reached === 0
    ? "nobody was reached"
    : `${numbers.count(people)} of ${numbers.count(reached)} people reached`;
}

function segmentsCard(numbers: Numbers): Card {
  return {
    name: "Segments",
    kind: "count",
    taste: "neither",
    value: ({ segments }) => segments,
    detail: ({ messageUnits }) => `in ${numbers.counted(messageUnits, "message")}`,
  };
}

function costCard(numbers: Numbers): Card {
  return {
    name: "Cost",
    kind: "money",
    taste: "neither",
    value: ({ cost }) => cost?.micros,
    detail: ({ segments, cost }) => {
      const unpriced = cost?.segmentsWithoutPrice ?? 0;
      const without = unpriced === 0 ? "" : `, and ${numbers.count(unpriced)} of them have no price`;
      return `${numbers.counted(segments, "segment")}${without}`;
    },
  };
}
