import { latencyBoundsInSeconds } from "../latency-bounds.js";

/** Latencies that are counted together. */
interface LatencyBand {
  /** How the database calls their count. */
  readonly name: string;
  /** Whether `latency`, in milliseconds, is one of them, in SQL. */
  readonly isIn: string;
}

const boundsInMs = latencyBoundsInSeconds.map((seconds) => seconds * 1000);

/** One after another, the quickest first. */
export const latencyBands: readonly LatencyBand[] = [...boundsInMs, undefined].map((upTo, index) => {
  const above = boundsInMs[index - 1];
  const ends = [
    above === undefined ? [] : `latency > ${above}`,
    upTo === undefined ? [] : `latency <= ${upTo}`,
  ];
  return { name: `band${index}`, isIn: ends.flat().join(" AND ") };
});
