/** The keys by which a summary tells how things went over time. */
export type TimeKey = "hour" | "day" | "week";

const hourInMs = 3_600_000;
const dayInMs = 24 * hourInMs;

/** How long a period is, but for the days on which clocks are changed. */
export const lengthInMs: Readonly<Record<TimeKey, number>> = {
  hour: hourInMs,
  day: dayInMs,
  week: 7 * dayInMs,
};

const shown: Readonly<Record<TimeKey, Intl.DateTimeFormatOptions>> = {
  hour: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  day: { weekday: "short", day: "numeric", month: "short" },
  week: { day: "numeric", month: "short", year: "numeric" },
};

/** Writes times as people of a locale do, in one time zone. */
export class Times {
  readonly #locale: string;
  readonly #timeZone: string;

  constructor(locale: string, timeZone: string) {
    this.#locale = locale;
    this.#timeZone = timeZone;
  }

  /** `1 – 30 Apr 2026`: the last day is the last that is in the range. With times of day where they matter. */
  range(from: Date, to: Date): string {
    const isWholeDays = this.#isMidnight(from) && this.#isMidnight(to);
    const format = this.#format({ dateStyle: "medium", ...(!isWholeDays && { timeStyle: "short" }) });
    const last = isWholeDays ? new Date(Math.max(from.getTime(), to.getTime() - 1)) : to;
    return format.formatRange(from, last);
  }

  /** A period by its beginning: `Tue 14 Apr`, `14 Apr, 09:00`, `week from 13 Apr 2026`. */
  period(key: TimeKey, begin: Date): string {
    const text = this.#format(shown[key]).format(begin);
    return key === "week" ? `week from ${text}` : text;
  }

  /** A period as a label below a chart: `14 Apr`, or `14 Apr, 09:00`. */
  tick(key: TimeKey, begin: Date): string {
    const { day, month, hour, minute } = shown.hour;
    return this.#format(key === "hour" ? { day, month, hour, minute } : { day, month }).format(begin);
  }

  #isMidnight(time: Date): boolean {
    const clock = this.#format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
    const parts = clock.formatToParts(time).filter(({ type }) => type !== "literal");
    return parts.every(({ value }) => Number(value) === 0);
  }

  #format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.#locale, { ...options, timeZone: this.#timeZone });
  }
}
