import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { expectedRange } from "../../errors/expected.js";
import { logWarning } from "../../observers/log.js";
import { safeError } from "../../privacy/safe-error.js";
import { longestTimerInMs } from "../../timers/longest-timer.js";
import { LossReport, type OnLoss } from "./loss-report.js";

/** How events wait for the database. */
export interface QueueOptions {
  readonly maxWaiting?: number | undefined;
  readonly onLoss?: OnLoss | undefined;
}

/** How events are written. */
export interface QueueWrites<E> {
  /**
   * Writes some events, all or none, and resolves to how many that were: what cannot be read never can be, and is lost.
   * Writing them again changes nothing.
   */
  readonly write: (events: readonly E[]) => Promise<number>;
  /** How many at once. */
  readonly mostAtOnce: number;
}

/** Somebody who waits until so many events are through. */
interface Waiter {
  readonly goal: number;
  readonly resolve: () => void;
}

/** How long an event waits for others to be written along with it. */
const gatheringInMs = 200;
const shortestPauseInMs = 250;
const longestPauseInMs = 10_000;

/** Events that wait in memory, and are written in groups behind the back of whoever adds them. */
export class EventQueue<E> {
  readonly #writes: QueueWrites<E>;
  readonly #maxWaiting: number;
  readonly #losses: LossReport;
  readonly #waiting: E[] = [];
  #waiters: Waiter[] = [];
  /** Events that were taken out, written or not. */
  #through = 0;
  #written = 0;
  #isRunning = false;
  #isEnded = false;
  #gathering: AbortController | undefined;
  #pausing: AbortController | undefined;

  /** @throws TypeError or RangeError for malformed options. */
  constructor(writes: QueueWrites<E>, { maxWaiting = 100_000, onLoss }: QueueOptions) {
    if (!Number.isSafeInteger(maxWaiting) || maxWaiting < 1)
      throw expectedRange("maxWaiting", "a whole number from 1", maxWaiting);
    this.#writes = writes;
    this.#maxWaiting = maxWaiting;
    this.#losses = new LossReport(onLoss);
  }

  get state(): { readonly waiting: number; readonly written: number; readonly lost: number } {
    return { waiting: this.#waiting.length, written: this.#written, lost: this.#losses.lost };
  }

  /** Where the queue is full, the event is lost, and not an older one: what is written has one gap then, not many. */
  add(event: E): void {
    if (this.#isEnded || this.#waiting.length >= this.#maxWaiting) {
      this.#losses.add(1);
      return;
    }
    this.#waiting.push(event);
    if (!this.#isRunning) void this.#run();
    else if (this.#waiting.length === this.#writes.mostAtOnce) this.#gathering?.abort();
  }

  /** Waits until all that was added before is through. Where the database fails, that is when it works again. */
  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.push({ goal: this.#through + this.#waiting.length, resolve });
    this.#gathering?.abort();
    this.#pausing?.abort();
    await promise;
  }

  /** Writes what waits, for so long; what is left then is lost. */
  async end(limitInMs: number): Promise<void> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), Math.min(limitInMs, longestTimerInMs));
    await Promise.race([this.flush(), once(limit.signal, "abort")]);
    clearTimeout(timer);
    this.#isEnded = true;
    if (this.#waiting.length > 0) this.#losses.add(this.#waiting.length);
    this.#takeOut(this.#waiting.length);
    this.#pausing?.abort();
    this.#losses[Symbol.dispose]();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let pauseInMs = shortestPauseInMs;
    while (this.#waiting.length > 0) {
      if (pauseInMs === shortestPauseInMs) await this.#gather();
      const isWritten = await this.#writeSome(pauseInMs === shortestPauseInMs);
      pauseInMs = isWritten ? shortestPauseInMs : Math.min(pauseInMs * 2, longestPauseInMs);
      if (!isWritten && !this.#isEnded) await this.#pause(pauseInMs);
    }
    this.#isRunning = false;
  }

  /** Whether the group is through; it is also where somebody ended the queue meanwhile. */
  async #writeSome(isFirstTry: boolean): Promise<boolean> {
    const group = this.#waiting.slice(0, this.#writes.mostAtOnce);
    try {
      const written = await this.#writes.write(group);
      if (this.#isEnded) return true;
      this.#written += written;
      if (written < group.length) this.#losses.add(group.length - written);
      this.#takeOut(group.length);
      return true;
    } catch (error) {
      if (isFirstTry) void logWarning(`A message log could not write, and tries again: ${said(error)}`);
      return false;
    }
  }

  #takeOut(count: number): void {
    this.#waiting.splice(0, count);
    this.#through += count;
    const isThrough = ({ goal }: Waiter): boolean => goal <= this.#through;
    for (const { resolve } of this.#waiters.filter(isThrough)) resolve();
    this.#waiters = this.#waiters.filter((waiter) => !isThrough(waiter));
  }

  /** Nobody waits for more to come who waits for what is there. */
  async #gather(): Promise<void> {
    if (this.#waiters.length > 0 || this.#waiting.length >= this.#writes.mostAtOnce) return;
    this.#gathering = new AbortController();
    await delay(gatheringInMs, undefined, { signal: this.#gathering.signal }).catch(() => {});
    this.#gathering = undefined;
  }

  /** Keeps a process alive only for those who wait: whose database is down may end all the same. */
  async #pause(pauseInMs: number): Promise<void> {
    this.#pausing = new AbortController();
    const [{ signal }, ref] = [this.#pausing, this.#waiters.length > 0];
    await delay(pauseInMs, undefined, { signal, ref }).catch(() => {});
    this.#pausing = undefined;
  }
}

function said(error: unknown): string {
  return safeError(error).message;
}
