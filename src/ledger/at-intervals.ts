import { tell } from "../observers/tell.js";

/** Progress is for people, so no oftener than ten times a second. */
const intervalInMs = 100;

/** Calls back with what is current, no oftener than ten times a second however often it is told to; `last` always does. */
export class AtIntervals<T> {
  readonly #tell: ((value: T) => void) | undefined;
  #lastTold = Number.NEGATIVE_INFINITY;

  constructor(tell: ((value: T) => void) | undefined) {
    this.#tell = tell;
  }

  tell(current: () => T): void {
    const now = performance.now();
    if (this.#tell === undefined || now - this.#lastTold < intervalInMs) return;
    this.#lastTold = now;
    this.last(current());
  }

  last(value: T): void {
    tell("onProgress", this.#tell, value);
  }
}
