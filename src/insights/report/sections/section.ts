import { html, type Markup, type Part } from "../page/markup.js";

interface Section {
  readonly id: string;
  readonly title: string;
  /** What it shows, in a sentence. */
  readonly about?: Part;
  readonly content: Part;
}

/** A part of the report with its heading. */
export function section({ id, title, about, content }: Section): Markup {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${about === undefined ? undefined : html`<p class="about">${about}</p>`} ${content}
  </section> `;
}
