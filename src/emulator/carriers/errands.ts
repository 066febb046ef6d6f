import type { Clock } from "../clock.js";

/** What is yet to happen to messages, until it is forgotten. */
export class Errands {
  readonly #clock: Clock;
  readonly #underWay = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs `run` once so much time has passed; at once, before it returns, when that is 0.
   *
   * @param over - Told when it has run, or was forgotten.
   */
  later(delayInMs: number, run: () => void, over: () => void): void {
    let callOff: (() => void) | undefined;
    const end = (): void => {
      this.#underWay.delete(forget);
      over();
    };
    const forget = (): void => {
      callOff?.();
      end();
    };
    this.#underWay.add(forget);
    callOff = this.#clock.later(delayInMs, () => {
      run();
      end();
    });
  }

  /** Lets nothing of it happen. */
  clear(): void {
    for (const forget of this.#underWay) forget();
  }
}
