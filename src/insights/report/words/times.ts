import type { TimeKey } from "../../group-keys.js";
import { Formats } from "./formats.js";

const dayAndTime = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;

const shown: Readonly<Record<TimeKey, Intl.DateTimeFormatOptions>> = {
  minute: dayAndTime,
  hour: dayAndTime,
  day: { weekday: "short", day: "numeric", month: "short" },
  week: { day: "numeric", month: "short", year: "numeric" },
};

/** What a label below a chart has to say. */
export type TickKind = "time" | "day and time" | "day";

const { day, month, hour, minute } = dayAndTime;
const ticks: Readonly<Record<TickKind, Intl.DateTimeFormatOptions>> = {
  time: { hour, minute },
  "day and time": dayAndTime,
  day: { day, month },
};

/** Writes times as people of a locale do, in one time zone. */
export class Times {
  readonly #formats: Formats<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>;

  constructor(locale: string, timeZone: string) {
    this.#formats = new Formats((options) => new Intl.DateTimeFormat(locale, { ...options, timeZone }));
  }

  /** `1 – 30 Apr 2026`: the last day is the last that is in the range. With times of day where they matter. */
  range(from: Date, to: Date): string {
    const isWholeDays = this.#isMidnight(from) && this.#isMidnight(to);
    const format = this.#formats.for({ dateStyle: "medium", ...(!isWholeDays && { timeStyle: "short" }) });
    const last = isWholeDays ? new Date(Math.max(from.getTime(), to.getTime() - 1)) : to;
    return format.formatRange(from, last);
  }

  /** A period by its beginning: `Tue 14 Apr`, `14 Apr, 09:00`, `week from 13 Apr 2026`. */
  period(key: TimeKey, begin: Date): string {
    const text = this.#formats.for(shown[key]).format(begin);
    return key === "week" ? `week from ${text}` : text;
  }

  /** A period as a label below a chart: `09:00`, `14 Apr, 09:00`, or `14 Apr`. */
  tick(kind: TickKind, begin: Date): string {
    return this.#formats.for(ticks[kind]).format(begin);
  }

  #isMidnight(time: Date): boolean {
    const clock = this.#formats.for({
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    const parts = clock.formatToParts(time).filter(({ type }) => type !== "literal");
    return parts.every(({ value }) => Number(value) === 0);
  }
}
