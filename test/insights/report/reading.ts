const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#96;": "`",
};

/** What a reader sees of a piece of HTML. */
export function textOf(html: string): string {
  return html
    .replaceAll(/<title>.*?<\/title>|<style>.*?<\/style>|<script>.*?<\/script>/gs, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(?:amp|lt|gt|quot|#39|#96);/g, (entity) => entities[entity] ?? "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The section whose heading has this id; empty where the page has none. */
export function sectionOf(page: string, id: string): string {
  const start = page.indexOf(`<section aria-labelledby="${id}">`);
  return start === -1 ? "" : page.slice(start, page.indexOf("</section>", start));
}

/** The rows of the tables of a section, as texts of cells. */
export function rowsOf(page: string, id: string): string[][] {
  const rows = Array.from(sectionOf(page, id).matchAll(/<tr\b[^>]*>(.*?)<\/tr>/gs), ([, row = ""]) => row);
  return rows.map((row) =>
    Array.from(row.matchAll(/<t[hd]\b[^>]*>(.*?)<\/t[hd]>/gs), ([, cell = ""]) => textOf(cell)),
  );
}

/** The headline figures, by their names. */
export function cardsOf(page: string): Readonly<Record<string, string>> {
  const cards = sectionOf(page, "headline").split('<div class="card">').slice(1);
  return Object.fromEntries(
    cards.map((card) => [
      textOf(/<h3>.*?<\/h3>/s.exec(card)?.[0] ?? ""),
      textOf(card.replace(/<h3>.*?<\/h3>/s, "")),
    ]),
  );
}

/** The attributes of each element of this name in a piece of HTML. */
export function elementsOf(html: string, name: string): Readonly<Record<string, string>>[] {
  const tags = Array.from(html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g")), ([, tag = ""]) => tag);
  return tags.map((tag) =>
    Object.fromEntries(
      Array.from(tag.matchAll(/([\w-]+)="([^"]*)"/g), ([, key = "", value = ""]) => [key, value]),
    ),
  );
}
