import { UsageError } from "../failure.js";

/** A date and a time of day with the zone they are in: without one the same words mean another moment elsewhere. */
const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** The moment given to `option`, if any: ISO 8601 with its zone, or `now`. */
export function readTime(option: string, given: string | undefined, now: Date): Date | undefined {
  if (given === undefined) return undefined;
  if (given === "now") return now;
  const time = new Date(given);
  if (zoned.test(given) && !Number.isNaN(time.getTime())) return time;
  throw new UsageError(
    `${option} takes a time with its zone, such as 2026-03-02T14:05:00-08:00 or 2026-03-02T22:05Z, or now.`,
  );
}
