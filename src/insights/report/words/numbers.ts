import type { SummaryCost } from "../../summary.js";
import { Formats } from "./formats.js";

/** Below this many, a share says little: one message more or less moves it by points. */
export const fewestForRate = 30;

const microsPerUnit = 1_000_000;
/** A number stays on the line of its unit. */
const space = "\u00a0";
/** A share this close to 0 or 1 is told with two decimals. */
const nearTheEnd = 0.01;
const longCount = 100_000;
const smallestShown = 0.0001;

/** Writes numbers as people of a locale do. */
export class Numbers {
  readonly #counts: Intl.NumberFormat;
  readonly #formats: Formats<Intl.NumberFormatOptions, Intl.NumberFormat>;

  constructor(locale: string) {
    this.#counts = new Intl.NumberFormat(locale);
    this.#formats = new Formats((options) => new Intl.NumberFormat(locale, options));
  }

  /** `1,234`. */
  count(count: number): string {
    return this.#counts.format(count);
  }

  /** `12,000`, or `50k` where the largest at the side of a chart would be long. */
  roundCount(count: number, largest: number): string {
    if (largest < longCount) return this.count(count);
    return this.#formats.for({ notation: "compact" }).format(count);
  }

  /** `1 reply`, `1,234 replies`. */
  counted(count: number, one: string, many = `${one}s`): string {
    return `${this.count(count)}${space}${count === 1 ? one : many}`;
  }

  /** `97.2%`; what is not quite none or all is not told as 0% or 100%. */
  percent(share: number): string {
    if (share > 0 && share < smallestShown) return `under ${this.#percent(smallestShown, 2)}`;
    if (share < 1 && share > 1 - smallestShown) return `over ${this.#percent(1 - smallestShown, 2)}`;
    const isNearTheEnd = share < nearTheEnd || share > 1 - nearTheEnd;
    return this.#percent(share, isNearTheEnd ? 2 : 1);
  }

  /** `5%`: a round share, as at the side of a chart. */
  roundPercent(share: number): string {
    return this.#formats.for({ style: "percent", maximumFractionDigits: 2 }).format(share);
  }

  /** The difference of two shares: `0.8 points`. */
  points(difference: number): string {
    const points = Math.abs(difference) * 100;
    return `${this.#decimal(points, points < 1 ? 2 : 1)}${space}points`;
  }

  /** `12,345.68 USD` in the way of the locale; rounded to what the currency has. */
  money({ currency, micros }: Pick<SummaryCost, "currency" | "micros">): string {
    return this.#formats.for({ style: "currency", currency }).format(micros / microsPerUnit);
  }

  /** `850 ms`, `3.1 s`, `2 min 5 s`, `1 h 12 min`, `2 d 3 h`. */
  duration(milliseconds: number): string {
    if (milliseconds < 1000) return `${this.count(Math.round(milliseconds))}${space}ms`;
    const seconds = milliseconds / 1000;
    if (seconds < 59.95) return `${this.#decimal(seconds, 1)}${space}s`;
    if (seconds < 3599.5) return this.#pair(Math.round(seconds), 60, "min", "s");
    if (seconds < 86_370) return this.#pair(Math.round(seconds / 60), 60, "h", "min");
    return this.#pair(Math.round(seconds / 3600), 24, "d", "h");
  }

  #pair(amount: number, size: number, large: string, small: string): string {
    const rest = amount % size;
    const whole = `${this.count(Math.floor(amount / size))}${space}${large}`;
    return rest === 0 ? whole : `${whole}${space}${rest}${space}${small}`;
  }

  #percent(share: number, decimals: number): string {
    const digits = share === 0 || share === 1 ? 0 : decimals;
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return this.#formats.for({ style: "percent", ...options }).format(share);
  }

  #decimal(value: number, maximumFractionDigits: number): string {
    return this.#formats.for({ maximumFractionDigits }).format(value);
  }
}
