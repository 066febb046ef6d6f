import { html, type Markup } from "../page/markup.js";

interface DetailsTable {
  /** What it is a table of, for those who are read to. */
  readonly name: string;
  /** The first one is of what the rows are called. */
  readonly heads: readonly [string, ...string[]];
  readonly rows: readonly Markup[];
}

/** The figures of a chart, for those who ask for them. */
export function detailsTable({ name, heads: [first, ...others], rows }: DetailsTable): Markup {
  return html`<details>
    <summary>These figures as a table</summary>
    <div class="scroll" role="group" aria-label="${name}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${first}</th>
            ${others.map((head) => html`<th scope="col" class="number">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}
