import { html, type Markup } from "../page/markup.js";
import { lengthInMs } from "../words/times.js";
import type { Words } from "../words/words.js";
import type { PlotArea, Width } from "./plot-area.js";
import type { Series } from "./series.js";

/** How far apart labels are at least, so that none runs into the next. */
const dayRoom: Readonly<Record<Width, number>> = { wide: 96, narrow: 78 };
const hourRoom: Readonly<Record<Width, number>> = { wide: 140, narrow: 130 };

/** With hours of more days than these, the time of day says less than the day. */
const mostDaysOfHours = 2;

/** Labels for as many periods as there is room for, below the middle of each. */
export function timeLabels(
  area: PlotArea,
  width: Width,
  series: Series,
  { times }: Words,
): readonly Markup[] {
  const isByDay = series.key !== "hour" || spansManyDays(series);
  const room = (isByDay ? dayRoom : hourRoom)[width];
  const labels: Markup[] = [];
  let [free, last] = [Number.NEGATIVE_INFINITY, ""];
  for (const { begin } of series.points) {
    const text = times.tick(isByDay ? "day" : "hour", begin);
    const middle = area.x(begin.getTime() + lengthInMs[series.key] / 2);
    const isInside = middle >= area.left && middle <= area.right - room / 5;
    if (text !== last && middle >= free && isInside) {
      labels.push(html`<text class="tick" x="${middle}" y="18" text-anchor="middle">${text}</text>`);
      free = middle + room;
    }
    last = text;
  }
  return labels;
}

function spansManyDays({ from, to }: Series): boolean {
  return to.getTime() - from.getTime() > mostDaysOfHours * lengthInMs.day;
}
