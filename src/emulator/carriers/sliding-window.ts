/** What was counted in the last so many milliseconds. */
export class SlidingWindow {
  readonly #lengthInMs: number;
  /** In order of time, so that what has left the window is at the front. */
  readonly #counted: { readonly units: number; readonly at: number }[] = [];
  #sum = 0;

  constructor(lengthInMs: number) {
    this.#lengthInMs = lengthInMs;
  }

  add(units: number, now: number): void {
    this.#counted.push({ units, at: now });
    this.#sum += units;
  }

  /** Milliseconds until so many units fit in without going beyond the limit; into an empty window any number does. */
  waitFor(units: number, limit: number, now: number): number {
    this.#forgetUntil(now - this.#lengthInMs);
    let sum = this.#sum;
    let wait = 0;
    for (const counted of this.#counted) {
      if (sum + units <= limit) return wait;
      sum -= counted.units;
      wait = counted.at + this.#lengthInMs - now;
    }
    return wait;
  }

  #forgetUntil(time: number): void {
    const kept = this.#counted.findIndex(({ at }) => at > time);
    const gone = this.#counted.splice(0, kept === -1 ? this.#counted.length : kept);
    for (const { units } of gone) this.#sum -= units;
  }
}
