import type { ClockState } from "./journal/records.js";
import { readSpeed, readStep } from "./settings/read-host.js";
import type { World } from "./world.js";

/**
 * The emulated world's clock: delivery delays, report timeouts, rate limits, repeatability and Event Grid's waiting go by it.
 * What a program on the other side of a socket waits for (latency, the answer of a webhook) takes real time.
 */
export interface EmulatorClock {
  now(): Date;
  /** Emulated seconds in a real one; 0: it stands still. */
  readonly speed: number;
  /**
   * Changes the speed, from now on.
   *
   * @param speed - 0 to 1,000,000.
   * @throws TypeError or RangeError for another one.
   */
  setSpeed(speed: number): void;
  /**
   * Lets time pass at once. What was to happen in it happens, in order and each at its time, before this returns, except for
   * what goes over a socket, which is only begun.
   *
   * @param ms - Emulated milliseconds, 0 to 31,536,000,000 (a year).
   * @throws TypeError or RangeError for another number.
   */
  advance(ms: number): void;
}

/** The clock of a world, as callers have it. */
export function emulatorClock({ clock, journal }: World): EmulatorClock {
  const tell = (): void => journal.tell(() => ({ topic: "clock", value: clockState(clock) }));
  return {
    now: () => clock.now(),
    get speed() {
      return clock.speed;
    },
    setSpeed(speed) {
      clock.setSpeed(readSpeed(speed));
      tell();
    },
    advance(ms) {
      clock.advance(readStep(ms));
      tell();
    },
  };
}

/** The time, and how fast it passes. */
export function clockState(clock: Pick<EmulatorClock, "now" | "speed">): ClockState {
  return { now: clock.now(), speed: clock.speed };
}
