import { safeError } from "../../../privacy/safe-error.js";
import { Lanes } from "../../../rates/lanes.js";
import type { RateOutcome, RateRequest, SendLane } from "../../../rates/rate-gate.js";
import { Waiter } from "../../../rates/waiter.js";
import { longestTimerInMs } from "../../../timers/longest-timer.js";
import type { SharedBucket, TakeAnswer } from "./shared-bucket.js";

/** Redis is given up for those who wait after so long; nothing is sent without its word. */
const mostAskingInMs = 5000;

/** How much later than it could whoever is not urgent asks again, so that the urgent of other processes come first. */
const jitterInMs: Readonly<Record<SendLane, number>> = { urgent: 0, normal: 4, bulk: 12 };

/**
 * Those of this process who wait for one sender. Only the first of them asks the bucket, which others ask, too. While there
 * are any a timer runs, which keeps the process alive.
 */
export class SharedQueue {
  readonly #bucket: SharedBucket;
  readonly #lanes = new Lanes();
  #isServing = false;
  #wake: () => void = () => undefined;

  constructor(bucket: SharedBucket) {
    this.#bucket = bucket;
  }

  async wait(request: RateRequest): Promise<void> {
    const waiter = new Waiter(request, (waiter) => this.#giveUp(waiter));
    this.#lanes.add(waiter);
    if (this.#lanes.first() === waiter) this.#wake();
    if (!this.#isServing) void this.#serve();
    return waiter.settled;
  }

  giveBack(units: number): void {
    this.#tell(async () => this.#bucket.giveBack(units));
  }

  report(outcome: RateOutcome): void {
    this.#tell(async () => this.#bucket.report(outcome));
  }

  /** Never rejects. */
  async #serve(): Promise<void> {
    this.#isServing = true;
    for (let next = this.#lanes.first(); next !== undefined; next = this.#lanes.first()) {
      try {
        await this.#ask(next);
      } catch (error) {
        this.#failAll(error);
      }
      this.#expire();
    }
    this.#isServing = false;
  }

  async #ask(waiter: Waiter): Promise<void> {
    const { isTaken, delayInMs } = await this.#taken(waiter);
    if (!isTaken) return this.#pause(delayInMs + Math.random() * jitterInMs[waiter.lane]);
    const leavesAt = performance.now() + delayInMs;
    for (let now = leavesAt - delayInMs; now < leavesAt; now = performance.now()) {
      await this.#pause(leavesAt - now);
      this.#expire();
      if (this.#lanes.first() === undefined) break;
    }
    this.#leave(waiter);
  }

  /** Whoever is first by now has what was taken, if it is enough. */
  #leave(asker: Waiter): void {
    const first = this.#lanes.first();
    const isEnough = first !== undefined && first.units <= asker.units;
    const next = isEnough ? first : asker;
    const isThere = this.#lanes.has(next);
    const left = isThere ? asker.units - next.units : asker.units;
    if (left > 0) this.giveBack(left);
    if (!isThere) return;
    this.#lanes.remove(next);
    next.leave();
  }

  #expire(): void {
    for (const ended of this.#lanes.removeEnded(Date.now())) ended.expire();
  }

  /** @throws Where Redis fails, or does not answer in time; what it grants after that is given back. */
  async #taken({ units, lane }: Waiter): Promise<TakeAnswer> {
    const answer = this.#bucket.take(units, lane);
    const { promise: tooLong, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Error("Redis does not say whether a message may leave, so it was not sent."));
      answer.then(({ isTaken }) => isTaken && this.giveBack(units)).catch(() => undefined);
    }, mostAskingInMs);
    try {
      return await Promise.race([answer, tooLong]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends early for a newcomer who is first now, and for those whose time is up. */
  async #pause(delayInMs: number): Promise<void> {
    // A wait that no timer can take is waited in pieces.
    const mostInMs = Math.min(delayInMs, this.#lanes.firstEnd - Date.now(), longestTimerInMs);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, Math.ceil(mostInMs)));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #giveUp(waiter: Waiter): void {
    this.#lanes.remove(waiter);
    this.#wake();
  }

  #failAll(error: unknown): void {
    for (let next = this.#lanes.first(); next !== undefined; next = this.#lanes.first()) {
      this.#lanes.remove(next);
      next.fail(safeError(error));
    }
  }

  /** Whoever asks next hears of a Redis that fails; what it was not told of costs some units of the rate at most. */
  #tell(call: () => Promise<void>): void {
    call().catch(() => undefined);
  }
}
