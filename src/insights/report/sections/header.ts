import type { Summary } from "../../summary.js";
import { html, type Markup } from "../page/markup.js";
import { lengthInMs } from "../../group-keys.js";
import type { Words } from "../words/words.js";

/** What the report is about, and what its changes are told from. */
export function headerOf(
  title: string,
  summary: Summary,
  previous: Summary | undefined,
  words: Words,
): Markup {
  const { from, to, timeZone } = summary;
  return html`<header>
    <h1><bdi>${title}</bdi></h1>
    <p class="range">${words.times.range(from, to)} <span class="quiet">· times in ${timeZone}</span></p>
    ${previous === undefined ? undefined : html`<p class="quiet">${comparison(summary, previous, words)}</p>`}
  </header> `;
}

/** Counts of a longer time are larger, which a reader has to know. */
function comparison(summary: Summary, previous: Summary, { numbers, times }: Words): string {
  const [now, before] = [daysOf(summary), daysOf(previous)];
  const range = times.range(previous.from, previous.to);
  if (now === before) return `Changes are from ${range}.`;
  const days = `${numbers.counted(before, "day")}; this report is about ${numbers.count(now)}`;
  return `Changes are from ${range}, which is ${days}.`;
}

/** A change of the clocks makes no difference. */
function daysOf({ from, to }: Summary): number {
  return Math.round((to.getTime() - from.getTime()) / lengthInMs.day);
}
