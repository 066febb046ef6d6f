import { html, type Markup } from "../page/markup.js";
import { lengthInMs } from "../../group-keys.js";
import type { TickKind } from "../words/times.js";
import type { Words } from "../words/words.js";
import type { PlotArea, Width } from "./plot-area.js";
import type { Series } from "./series.js";

/** How far apart labels are at least, so that none runs into the next. */
const rooms: Readonly<Record<TickKind, Readonly<Record<Width, number>>>> = {
  time: { wide: 76, narrow: 66 },
  "day and time": { wide: 140, narrow: 130 },
  day: { wide: 96, narrow: 78 },
};

/** Over more days than these, the time of day says less than the day. */
const mostDaysOfTimes = 2;

/** Minutes that times are round by, so that labels stay where they are while a range moves on. */
const roundMinutes = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360];

/** Labels for as many periods as there is room for, below the middle of each. */
export function timeLabels(
  area: PlotArea,
  width: Width,
  series: Series,
  { times }: Words,
): readonly Markup[] {
  const kind = tickKind(series);
  const room = rooms[kind][width];
  const isRound = kind === "time" ? roundTimes(area, room) : () => true;
  const labels: Markup[] = [];
  let [free, last] = [Number.NEGATIVE_INFINITY, ""];
  for (const { begin } of series.points) {
    const text = times.tick(kind, begin);
    const middle = area.x(begin.getTime() + lengthInMs[series.key] / 2);
    const isInside = middle >= area.left && middle <= area.right - room / 5;
    if (text !== last && middle >= free && isInside && isRound(begin)) {
      labels.push(html`<text class="tick" x="${middle}" y="18" text-anchor="middle">${text}</text>`);
      free = middle + room;
    }
    last = text;
  }
  return labels;
}

/** Minutes of one day are told apart by their time alone. */
function tickKind({ key, from, to }: Series): TickKind {
  const length = to.getTime() - from.getTime();
  if (lengthInMs[key] >= lengthInMs.day || length > mostDaysOfTimes * lengthInMs.day) return "day";
  return key === "minute" && length <= lengthInMs.day ? "time" : "day and time";
}

/** The times that are as round as they have to be for labels to have their room. */
function roundTimes({ x }: PlotArea, room: number): (time: Date) => boolean {
  const minuteWidth = x(lengthInMs.minute) - x(0);
  const minutes = roundMinutes.find((count) => count * minuteWidth >= room) ?? 1;
  return (time) => time.getTime() % (minutes * lengthInMs.minute) === 0;
}
