/** HTML that may go into a page as it is. Only {@link html} makes it, so that nothing goes in that was not escaped. */
export class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What can be put into a template: texts are escaped, lists are put together, `undefined` is nothing. */
export type Part = string | number | Markup | undefined | readonly Part[];

/** A template for HTML or SVG, which escapes every text that is put into it. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(texts.map((text, index) => `${unindented(text)}${written(parts[index])}`).join(""));
}

/** How deep a template is indented is of no use to a browser. */
function unindented(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, "\n");
}

/** A text of this package (a script, a style sheet), which goes in as it is. Never for what comes from elsewhere. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function written(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.toString();
  if (typeof part === "number") return String(Math.round(part * hundredths) / hundredths);
  return typeof part === "string" ? escaped(part) : part.map(written).join("");
}

/** More decimals than can be seen in a chart are bytes for nothing. */
const hundredths = 100;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** Control characters and halves of characters are no text in HTML. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, " ")
    .replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? "");
}
