/** Gathers items for somebody who must not be disturbed too often. */
export interface Throttle<T> {
  /** Passes items on: at once after a time of silence, else together with those that come until the pause is over. */
  readonly add: (items: readonly T[]) => void;
  /** Forgets what was not passed on yet. */
  readonly drop: () => void;
}

/** Passes on what is added, with pauses of at least so many milliseconds. */
export function createThrottle<T>(pass: (items: readonly T[]) => void, pauseInMs: number): Throttle<T> {
  let waiting: T[] = [];
  let isPause = false;
  const passOn = (): void => {
    isPause = waiting.length > 0;
    if (!isPause) return;
    const items = waiting;
    waiting = [];
    setTimeout(passOn, pauseInMs);
    pass(items);
  };
  return {
    add: (items) => {
      // Not spread into push(): thousands of arguments are too many.
      waiting = waiting.concat(items);
      if (!isPause) passOn();
    },
    drop: () => (waiting = []),
  };
}
