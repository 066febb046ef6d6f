/**
 * Up to how many seconds messages took, by which they are counted in `SummaryFigures.latencyCounts`: from what feels at once to
 * the 12 hours that a carrier may try.
 */
export const latencyBoundsInSeconds: readonly number[] = [
  1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 43_200,
];
