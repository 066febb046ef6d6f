/** Asks again when there is something new. */
export interface Refresher {
  /** There is something new: asked for at once, or when the pause is over. */
  readonly changed: () => void;
  /** What is asked is another question now: asked as soon as nothing else is. */
  readonly now: () => void;
  readonly stop: () => void;
}

interface RefresherOptions {
  /** Asks, and says how it went by itself: it must not reject. */
  readonly ask: () => Promise<void>;
  /** While nobody looks, nothing is asked; somebody who begins to look says that something has changed. */
  readonly isSeen: () => boolean;
}

const shortestPauseInMs = 500;
/** The answer is work for the emulator: of its time, a tenth at most goes into this. */
const pausePerWork = 10;

/** One question at a time, with a pause behind each that is the longer the longer the answer took. */
export function createRefresher({ ask, isSeen }: RefresherOptions): Refresher {
  let [isStale, isBusy, isUrgent, isStopped] = [false, false, false, false];
  let pause: ReturnType<typeof setTimeout> | undefined;
  const next = (): void => {
    if (isStale && !isBusy && !isStopped && (pause === undefined || isUrgent) && isSeen()) void run();
  };
  const run = async (): Promise<void> => {
    clearTimeout(pause);
    [isStale, isBusy, isUrgent] = [false, true, false];
    const begun = performance.now();
    await ask();
    isBusy = false;
    if (isStopped) return;
    pause = setTimeout(rest, Math.max(shortestPauseInMs, (performance.now() - begun) * pausePerWork));
    next();
  };
  const rest = (): void => {
    pause = undefined;
    next();
  };
  const changed = (): void => {
    isStale = true;
    next();
  };
  return {
    changed,
    now: () => {
      isUrgent = true;
      changed();
    },
    stop: () => {
      isStopped = true;
      clearTimeout(pause);
    },
  };
}
