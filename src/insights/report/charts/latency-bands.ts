import { latencyBoundsInSeconds } from "../../latency-bounds.js";
import type { SummaryFigures } from "../../summary.js";
import type { Numbers } from "../words/numbers.js";

/** Messages that took about as long as each other. */
export interface LatencyBand {
  /** `≤ 30 s`: without those of the band before. */
  readonly name: string;
  readonly count: number;
  /** How many took as long at most, quicker ones included. */
  readonly soFar: number;
}

/** From the quickest band that has messages to the slowest; those between may have none. */
export function latencyBands({ latencyCounts }: SummaryFigures, numbers: Numbers): readonly LatencyBand[] {
  const first = latencyCounts.findIndex((count) => count > 0);
  const last = latencyCounts.findLastIndex((count) => count > 0);
  if (first === -1) return [];
  let soFar = 0;
  return latencyCounts.slice(first, last + 1).map((count, index) => {
    soFar += count;
    return { name: nameOf(first + index, numbers), count, soFar };
  });
}

function nameOf(index: number, numbers: Numbers): string {
  const bound = latencyBoundsInSeconds[index];
  const written = numbers.duration((bound ?? latencyBoundsInSeconds.at(-1) ?? 0) * 1000);
  return `${bound === undefined ? ">" : "≤"}\u00a0${written}`;
}
