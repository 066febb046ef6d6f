/** What left, and when, in milliseconds. */
export interface Departure {
  readonly units: number;
  readonly at: number;
}

/** The most units in any 60 s, wherever they begin. Departures are in order of time. */
export function mostInWindow(departures: readonly Departure[]): number {
  let most = 0;
  let sum = 0;
  let first = 0;
  for (const { units, at } of departures) {
    sum += units;
    for (let oldest = departures[first]; oldest !== undefined && oldest.at <= at - 60_000;) {
      sum -= oldest.units;
      first += 1;
      oldest = departures[first];
    }
    most = Math.max(most, sum);
  }
  return most;
}
