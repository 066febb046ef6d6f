import { lengthInMs, type TimeKey } from "../../insights/group-keys.js";

/** Up to so many periods are told apart in a chart. */
const most: readonly (readonly [TimeKey, number])[] = [
  ["minute", 121],
  ["hour", 73],
  ["day", 62],
];

/** The unit in which a range is drawn over time: the shortest of which there are not too many. */
export function timeUnitFor(rangeInMs: number): TimeKey {
  return most.find(([key, count]) => rangeInMs <= count * lengthInMs[key])?.[0] ?? "week";
}
