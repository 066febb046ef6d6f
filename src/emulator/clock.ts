/**
 * Where the emulator takes its time from and how it lets things happen later: no other file reads the time or starts a
 * timer on behalf of the emulated world.
 */
export interface Clock {
  now(): Date;
  /**
   * Runs `run` once `delayInMs` milliseconds have passed; at once, before it returns, when that is 0. The function that it
   * returns calls it off.
   */
  later(delayInMs: number, run: () => void): () => void;
  /** Forgets all that was to happen later, and all that would be added. */
  stop(): void;
}

/** The clock of this machine. */
export function systemClock(): Clock {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;
  return {
    now: () => new Date(),
    later(delayInMs, run) {
      if (isStopped) return nothing;
      if (delayInMs === 0) {
        run();
        return nothing;
      }
      const timer = setTimeout(() => {
        timers.delete(timer);
        run();
      }, delayInMs);
      timers.add(timer);
      return () => {
        timers.delete(timer);
        clearTimeout(timer);
      };
    },
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** There is nothing left to call off. */
function nothing(): void {}
