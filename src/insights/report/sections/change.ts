import { html, type Markup } from "../page/markup.js";

/** Whether more of a figure is good news, bad news or neither. */
export type Taste = "more is better" | "less is better" | "neither";

interface Change {
  readonly now: number;
  readonly before: number;
  readonly taste: Taste;
  /** How a value is written. */
  readonly value: (value: number) => string;
  /** How the difference of both is written. */
  readonly difference: (now: number, before: number) => string;
}

/** How a figure moved, in words: `up 0.8 points from 96.4 %, better`. The arrow and the colour only repeat them. */
export function changeLine({ now, before, taste, value, difference }: Change): Markup {
  const from = value(before);
  if (value(now) === from) return html`<p class="change">no change from ${from}</p>`;
  const isUp = now > before;
  const arrow = html`<span aria-hidden="true">${isUp ? "▲" : "▼"}</span>`;
  const amount = difference(now, before);
  const moved = html`${arrow} ${isUp ? "up" : "down"}${amount === "" ? "" : ` ${amount}`} from ${from}`;
  if (taste === "neither") return html`<p class="change">${moved}</p>`;
  const isBetter = isUp === (taste === "more is better");
  const [look, word] = isBetter ? ["good", "better"] : ["bad", "worse"];
  return html`<p class="change ${look}">${moved}, ${word}</p>`;
}
