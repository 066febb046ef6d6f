import type { GroupKey, Summary, SummaryFigures, SummaryGroup } from "../../summary.js";
import { isTimeKey } from "../../group-keys.js";
import { html, type Markup } from "../page/markup.js";
import { keyNames, keyText, type Words } from "../words/words.js";
import { columnsFor, type Column } from "./columns.js";
import { section } from "./section.js";

/** Every group with its figures, to be sorted by any of them. */
export function allFiguresSection(summary: Summary, words: Words): Markup {
  const names = summary.groupBy.map((key) => keyNames[key].toLowerCase());
  const title = names.length === 0 ? "All figures" : `All figures by ${names.join(" and ")}`;
  const table = figuresTable(summary, title, words);
  const content = html`<div class="scroll" role="group" aria-label="${title}" tabindex="0">${table}</div>`;
  return section({ id: "all", title, content });
}

function figuresTable({ groups, groupBy, total }: Summary, title: string, words: Words): Markup {
  const columns = columnsFor(total, words.numbers);
  const heads = columns.map(({ name }) => html`<th scope="col" class="number">${name}</th>`);
  const rows = groupBy.length === 0 ? [] : groups;
  return html`<table class="all" data-sortable>
    <caption class="hidden">
      ${title}
    </caption>
    <thead>
      <tr>
        ${keyHeads(groupBy)}${heads}
      </tr>
    </thead>
    <tbody>
      ${rows.map((group) => groupRow(group, groupBy, columns, words))}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="${Math.max(1, groupBy.length)}">Total</th>
        ${cellsOf(total, columns)}
      </tr>
    </tfoot>
  </table>`;
}

function keyHeads(groupBy: readonly GroupKey[]): readonly Markup[] {
  if (groupBy.length === 0) return [html`<th scope="col">Group</th>`];
  return groupBy.map((key) => html`<th scope="col">${keyNames[key]}</th>`);
}

function groupRow(
  group: SummaryGroup,
  groupBy: readonly GroupKey[],
  columns: readonly Column[],
  words: Words,
): Markup {
  const keys = groupBy.map((key, index) => keyCell(group, key, index === 0, words));
  return html`<tr>
    ${keys}${cellsOf(group, columns)}
  </tr> `;
}

/** Times are sorted as times, all else as text. */
function keyCell(group: SummaryGroup, key: GroupKey, isFirst: boolean, words: Words): Markup {
  const text = html`<bdi>${keyText(group, key, words)}</bdi>`;
  const begin = isTimeKey(key) ? Date.parse(group.key[key] ?? "") : Number.NaN;
  const value = Number.isNaN(begin) ? undefined : html` data-value="${begin}"`;
  return isFirst ? html`<th scope="row" ${value}>${text}</th>` : html`<td${value}>${text}</td>`;
}

function cellsOf(figures: SummaryFigures, columns: readonly Column[]): readonly Markup[] {
  return columns.map(({ value, text }) => {
    const sortedBy = value(figures);
    return html`<td class="number" data-value="${sortedBy === undefined ? "" : String(sortedBy)}">
      ${text(figures)}
    </td>`;
  });
}
