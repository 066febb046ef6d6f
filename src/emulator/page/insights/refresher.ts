const shortestPauseInMs = 500;
/** An answer is work for the emulator: a tenth of its time at most goes into this. */
const pausePerWork = 10;

/**
 * Asks again when there is something new: one question at a time, with a pause behind each that is the longer the longer its
 * answer took, and none while nobody looks.
 */
export class Refresher {
  readonly #ask: () => Promise<void>;
  readonly #isSeen: () => boolean;
  #isStale = false;
  #isUrgent = false;
  #isBusy = false;
  #isStopped = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param ask - It must not reject.
   * @param isSeen - Whether somebody looks. Whoever begins to is to say that something has changed.
   */
  constructor(ask: () => Promise<void>, isSeen: () => boolean) {
    this.#ask = ask;
    this.#isSeen = isSeen;
  }

  /** There is something new: asked for at once, or when the pause is over. */
  changed(): void {
    this.#isStale = true;
    this.#next();
  }

  /** Another question is to be asked: as soon as the one before is answered. */
  now(): void {
    this.#isUrgent = true;
    this.changed();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#pause);
  }

  #next(): void {
    const isFree = !this.#isBusy && !this.#isStopped && (this.#pause === undefined || this.#isUrgent);
    if (this.#isStale && isFree && this.#isSeen()) void this.#run();
  }

  async #run(): Promise<void> {
    clearTimeout(this.#pause);
    [this.#isStale, this.#isUrgent, this.#isBusy] = [false, false, true];
    const begun = performance.now();
    await this.#ask();
    this.#isBusy = false;
    if (this.#isStopped) return;
    const pauseInMs = Math.max(shortestPauseInMs, (performance.now() - begun) * pausePerWork);
    this.#pause = setTimeout(() => this.#rest(), pauseInMs);
    this.#next();
  }

  #rest(): void {
    this.#pause = undefined;
    this.#next();
  }
}
