import RateLimiterRedis from "rate-limiter-flexible/lib/RateLimiterRedis.js";

import type { RateOutcome, SendLane } from "../../../rates/rate-gate.js";
import type { SenderRate } from "../../../rates/sender-rate.js";
import { firstTime, slownessSuffix } from "./bucket-script.js";
import type { StoreClient } from "./ioredis-client.js";

/** Whether some units may leave. */
export interface TakeAnswer {
  readonly isTaken: boolean;
  /** Taken: after how long they leave. Otherwise: after how long to ask again. */
  readonly delayInMs: number;
}

/** How long to wait after a 429 that does not say; twice as long after each further one. */
const shortestPauseInS = 5;
const longestPauseInS = 60;

const slowest = 8;
/** How long half speed lasts; lower speeds last longer. */
const carefulForInS = 12;

/** What may leave from one sender, in Redis, where all processes see it. */
export class SharedBucket {
  readonly #key: string;
  readonly #whole: RateLimiterRedis;
  /** As all but the urgent see it: the last token of the burst is not for them. */
  readonly #most: RateLimiterRedis;
  #reporting: Promise<void> = Promise.resolve();

  constructor(client: StoreClient, prefix: string, rate: SenderRate) {
    const burst = Math.floor(rate.burst);
    const limiterOf = (points: number): RateLimiterRedis =>
      new RateLimiterRedis({
        storeClient: client,
        keyPrefix: prefix,
        points,
        // The script takes seconds for milliseconds, as buckets fill in less than a few.
        duration: Math.ceil((points / rate.refillPerMinute) * 60_000),
      });
    this.#key = `{${rate.key}}`;
    this.#whole = limiterOf(burst);
    this.#most = limiterOf(Math.max(1, burst - 1));
  }

  async take(units: number, lane: SendLane): Promise<TakeAnswer> {
    const limiter = lane === "urgent" ? this.#whole : this.#most;
    try {
      const { msBeforeNext } = await limiter.consume(this.#key, units);
      return { isTaken: true, delayInMs: msBeforeNext };
    } catch (error) {
      // A refusal is no error to that package, though it is thrown.
      if (error instanceof Error || !isRefusal(error)) throw error;
      return { isTaken: false, delayInMs: error.msBeforeNext };
    }
  }

  async giveBack(units: number): Promise<void> {
    await this.#whole.reward(this.#key, units);
  }

  /** One after the other, as what is refused together slows down once. */
  async report(outcome: RateOutcome): Promise<void> {
    const { statusCode, retryAfterInMs = 0 } = outcome;
    if (statusCode !== 429 && statusCode !== 503) return;
    const retryAfterInS = Math.ceil(retryAfterInMs / 1000);
    const told = this.#reporting.then(async () =>
      statusCode === 429 ? this.#refused(retryAfterInS) : this.#pause(retryAfterInS),
    );
    this.#reporting = told.catch(() => undefined);
    await told;
  }

  /** What was under way when the pause began is refused with it, and can only make it longer. */
  async #refused(retryAfterInS: number): Promise<void> {
    if ((await this.#pausedForInMs()) > 0) return this.#pause(retryAfterInS);
    const slowness = Math.min(slowest, 2 * ((await this.#slowness()) ?? 1));
    const ownPauseInS = Math.min(longestPauseInS, (shortestPauseInS * slowness) / 2);
    const pauseInS = retryAfterInS > 0 ? retryAfterInS : ownPauseInS;
    const carefulInS = pauseInS + carefulForInS * Math.log2(slowness);
    await this.#whole.set(this.#key + slownessSuffix, slowness, carefulInS);
    await this.#pause(pauseInS);
  }

  async #pause(seconds: number): Promise<void> {
    if (seconds * 1000 > (await this.#pausedForInMs())) await this.#whole.block(this.#key, seconds);
  }

  async #pausedForInMs(): Promise<number> {
    const found = await this.#whole.get(this.#key);
    return found !== null && found.consumedPoints < firstTime ? found.msBeforeNext : 0;
  }

  async #slowness(): Promise<number | undefined> {
    const found = await this.#whole.get(this.#key + slownessSuffix);
    return found?.consumedPoints;
  }
}

function isRefusal(thrown: unknown): thrown is { readonly msBeforeNext: number } {
  return typeof thrown === "object" && thrown !== null && "msBeforeNext" in thrown;
}
