import type { Summary, SummaryFigures } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import type { Numbers } from "../words/numbers.js";
import { fewMark, isOfFew } from "../words/rate.js";
import { changeLine, type Taste } from "./change.js";

/** A headline figure. */
export interface Card {
  readonly name: string;
  readonly kind: "count" | "share" | "duration" | "money";
  readonly taste: Taste;
  /** `undefined` where there is nothing to tell. */
  readonly value: (figures: SummaryFigures) => number | undefined;
  /** What a share or a duration is of. */
  readonly sample?: (figures: SummaryFigures) => number;
  /** The counts behind it. */
  readonly detail: (figures: SummaryFigures) => string;
}

/** A headline figure as a tile, with how it moved if there is a period before. */
export function cardTile(
  card: Card,
  now: SummaryFigures,
  previous: Summary | undefined,
  numbers: Numbers,
): Markup {
  const value = card.value(now);
  const text = value === undefined ? "–" : writtenAs(card, now, value, numbers);
  const sample = value === undefined ? undefined : card.sample?.(now);
  return html`<div class="card">
    <h3>${card.name}</h3>
    <p class="figure">${text}${sample === undefined ? undefined : fewMark(sample, numbers)}</p>
    <p class="detail">${card.detail(now)}</p>
    ${previous === undefined ? undefined : changed(card, now, previous.total, numbers)}
  </div> `;
}

function changed(card: Card, now: SummaryFigures, past: SummaryFigures, numbers: Numbers): Markup {
  const [value, before] = [card.value(now), card.value(past)];
  if (value === undefined || before === undefined || !isComparable(card, now, past)) {
    return html`<p class="change">nothing to compare it with</p>`;
  }
  if ([now, past].some((figures) => isTooSmall(card, figures))) {
    return html`<p class="change">${writtenAs(card, past, before, numbers)} before: too few to compare</p>`;
  }
  return changeLine({
    now: value,
    before,
    taste: card.taste,
    value: (amount) => writtenAs(card, now, amount, numbers),
    difference: (one, other) => differenceOf(card, one, other, numbers),
  });
}

/** Two amounts of money are comparable in one currency only. */
function isComparable({ kind }: Card, now: SummaryFigures, past: SummaryFigures): boolean {
  return kind !== "money" || now.cost?.currency === past.cost?.currency;
}

function isTooSmall({ sample }: Card, figures: SummaryFigures): boolean {
  return sample !== undefined && isOfFew(sample(figures));
}

function differenceOf({ kind }: Card, now: number, before: number, numbers: Numbers): string {
  if (kind === "share") return numbers.points(now - before);
  return before === 0 ? "" : numbers.percent(Math.abs(now - before) / before);
}

function writtenAs({ kind }: Card, figures: SummaryFigures, value: number, numbers: Numbers): string {
  if (kind === "share") return numbers.percent(value);
  if (kind === "duration") return numbers.duration(value);
  if (kind === "money" && figures.cost !== undefined) {
    return numbers.money({ ...figures.cost, micros: value });
  }
  return numbers.count(value);
}
