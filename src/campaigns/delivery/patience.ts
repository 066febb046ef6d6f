const firstDelayInMs = 1000;
const longestDelayInMs = 30_000;

/** How long to wait before another try: longer each time. */
export class Patience {
  readonly #mostInMs: number;
  #waitedInMs = 0;
  #delayInMs = firstDelayInMs;

  constructor(mostInMs: number) {
    this.#mostInMs = mostInMs;
  }

  /** Whether it has been waited for as long as was allowed. */
  get isOver(): boolean {
    return this.#waitedInMs >= this.#mostInMs;
  }

  /** Milliseconds, jittered so that many do not come back together. */
  next(): number {
    const delay = this.#delayInMs * (0.5 + Math.random() / 2);
    this.#waitedInMs += delay;
    this.#delayInMs = Math.min(longestDelayInMs, this.#delayInMs * 2);
    return delay;
  }
}
