import type { GroupKey } from "./summary.js";

/** The keys by which a summary tells how things went over time, the shortest first. */
export const timeKeys = ["minute", "hour", "day", "week"] as const;

export type TimeKey = (typeof timeKeys)[number];

/** The properties of a message by which messages are chosen and put together. */
export const propertyKeys = ["tag", "sender", "senderKind", "country"] as const;

/** All keys by which messages can be put together. */
export const groupKeys: readonly GroupKey[] = [...propertyKeys, ...timeKeys];

export function isTimeKey(key: string | undefined): key is TimeKey {
  return timeKeys.some((one) => one === key);
}

const minuteInMs = 60_000;
const hourInMs = 60 * minuteInMs;
const dayInMs = 24 * hourInMs;

/** How long a period is, but for those in which clocks are changed. */
export const lengthInMs: Readonly<Record<TimeKey, number>> = {
  minute: minuteInMs,
  hour: hourInMs,
  day: dayInMs,
  week: 7 * dayInMs,
};
