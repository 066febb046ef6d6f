import type { Summary, SummaryFigures, SummaryGroup } from "../../summary.js";
import { bar, type Tone } from "../charts/bar.js";
import { html, type Markup } from "../page/markup.js";
import type { Numbers } from "../words/numbers.js";
import { fewMark, isOfFew, reachedOf } from "../words/rate.js";
import { keyText, type Words } from "../words/words.js";
import { section } from "./section.js";

/** More would be a list to scroll through, and the table of all groups is that. */
const mostShown = 15;

/** Who answered and who left, by campaign, the largest campaign first. */
export function campaignsSection({ groups }: Summary, words: Words): Markup {
  const largest = groups.toSorted((one, other) => other.messages - one.messages).slice(0, mostShown);
  const left =
    groups.length > mostShown
      ? ` These are the ${mostShown} largest of ${words.numbers.count(groups.length)}.`
      : "";
  return section({
    id: "campaigns",
    title: "Answers and opt-outs by campaign",
    about: `Shares of the people reached, and how many that are. Bars start at zero, and those of a column share a scale.${left}`,
    content:
      largest.length === 0 ? html`<p>There was no message in this time.</p>` : campaignTable(largest, words),
  });
}

interface Column {
  readonly name: string;
  readonly tone: Tone;
  readonly rate: (figures: SummaryFigures) => number | undefined;
  readonly count: (figures: SummaryFigures, numbers: Numbers) => string;
}

const columns: readonly Column[] = [
  {
    name: "Response rate",
    tone: "arrived",
    rate: ({ responseRate }) => responseRate,
    count: ({ recipientsReplied: people }, numbers) => numbers.counted(people, "person", "people"),
  },
  {
    name: "Opt-out rate",
    tone: "lost",
    rate: ({ optOutRate }) => optOutRate,
    count: ({ recipientsOptedOut: people }, numbers) => numbers.counted(people, "person", "people"),
  },
];

/** Narrow pages show a row as a block, which would cost a table its roles: so they are written out. */
function campaignTable(groups: readonly SummaryGroup[], words: Words): Markup {
  const heads = columns.map(({ name }) => html`<th role="columnheader" scope="col">${name}</th>`);
  return html`<table class="campaigns" role="table">
    <caption class="hidden">
      Response and opt-out rate by campaign
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">Campaign</th>
        <th role="columnheader" scope="col" class="number">Delivered</th>
        ${heads}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${groups.map((group) => campaignRow(group, groups, words))}
    </tbody>
  </table>`;
}

function campaignRow(group: SummaryGroup, all: readonly SummaryGroup[], words: Words): Markup {
  const cells = columns.map((column) => rateBar(column, group, all, words.numbers));
  return html`<tr role="row">
    <th role="rowheader" scope="row"><bdi>${keyText(group, "tag", words)}</bdi></th>
    <td role="cell" class="number">
      ${words.numbers.count(group.delivered)}<span class="label" aria-hidden="true"> delivered</span>
    </td>
    ${cells}
  </tr> `;
}

function rateBar(
  column: Column,
  group: SummaryGroup,
  all: readonly SummaryGroup[],
  numbers: Numbers,
): Markup {
  const rate = column.rate(group);
  const label = html`<span class="label" aria-hidden="true">${column.name}</span>`;
  if (rate === undefined) return html`<td role="cell">${label}<span class="quiet">–</span></td>`;
  const count = html`<span class="quiet">${column.count(group, numbers)}</span>`;
  // A bar for a share of few would look as sure as the others, and squeeze them.
  const drawn = isOfFew(reachedOf(group)) ? undefined : bar(rate, largestOf(column, all), column.tone);
  return html`<td role="cell">
    ${label}${numbers.percent(rate)}${fewMark(reachedOf(group), numbers)} ${count}${drawn}
  </td>`;
}

function largestOf({ rate }: Column, all: readonly SummaryGroup[]): number {
  return Math.max(
    0,
    ...all.filter((figures) => !isOfFew(reachedOf(figures))).map((figures) => rate(figures) ?? 0),
  );
}
