import { bar, type Tone } from "../charts/bar.js";
import { html, type Markup } from "../page/markup.js";
import { fewMark } from "../words/rate.js";
import type { Numbers } from "../words/numbers.js";

interface ShareRow {
  readonly name: string;
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
  readonly count: number;
  readonly tone: Tone;
}

interface ShareTable {
  readonly caption: string;
  readonly heads: readonly [name: string, text: string, advice: string | undefined, share: string];
  /** How many they are a share of. */
  readonly of: number;
  readonly rows: readonly ShareRow[];
}

/**
 * A table of counts with their share of a whole, as bars from 0 to 100 %. Narrow pages show a row as a block, which
 * would cost a table its roles: so they are written out.
 */
export function shareTable({ caption, heads, of, rows }: ShareTable, numbers: Numbers): Markup {
  const [name, text, advice, share] = heads;
  const explained =
    advice === undefined ? text : html`<span class="two"><span>${text}</span><span>${advice}</span></span>`;
  return html`<table class="shares" role="table">
    <caption class="hidden">
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col">${name}</th>
        <th role="columnheader" scope="col">${explained}</th>
        <th role="columnheader" scope="col" class="number">Messages</th>
        <th role="columnheader" scope="col" class="share">${share}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map((row) => shareRow(row, of, numbers))}
    </tbody>
  </table>`;
}

function shareRow({ name, text, advice, count, tone }: ShareRow, of: number, numbers: Numbers): Markup {
  const share = of === 0 ? 0 : count / of;
  const explained =
    advice === undefined
      ? html`<span class="quiet">${text}</span>`
      : html`<span class="two"><span>${text}</span><span class="quiet">${advice}</span></span>`;
  return html`<tr role="row">
    <th role="rowheader" scope="row">${name}</th>
    <td role="cell">${explained}</td>
    <td role="cell" class="number">${numbers.count(count)}</td>
    <td role="cell" class="share">${numbers.percent(share)}${fewMark(of, numbers)}${bar(share, 1, tone)}</td>
  </tr> `;
}
