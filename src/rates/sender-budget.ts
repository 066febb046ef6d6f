import { Caution } from "./caution.js";
import { MinuteWindow } from "./minute-window.js";
import type { RateOutcome, RateRequest } from "./rate-gate.js";
import type { SenderRate } from "./sender-rate.js";
import { TokenBucket } from "./token-bucket.js";

type Wish = Pick<RateRequest, "units" | "lane">;

/**
 * What may leave from one sender, and when. It knows no clock: every call is told the time, in milliseconds that only
 * grow.
 *
 * Whatever leaves the bucket in debt must fit into the minute that ends with it, and nothing else leaves before the debt is
 * repaid: so no window of 60 s has more than the rate, wherever it begins.
 */
export class SenderBudget {
  readonly #rate: SenderRate;
  readonly #bucket: TokenBucket;
  readonly #window: MinuteWindow;
  readonly #caution = new Caution();

  constructor(rate: SenderRate, now: number) {
    this.#rate = rate;
    this.#bucket = new TokenBucket(rate, now);
    this.#window = new MinuteWindow(now);
  }

  /** Milliseconds after which to ask again; 0 when it may leave now. */
  msUntil({ units, lane }: Wish, now: number): number {
    if (this.#caution.pausedUntil > now) return this.#caution.pausedUntil - now;
    const forTokens = this.#bucket.msUntil(units, now);
    const isLarge = units > this.#bucket.burst;
    if (forTokens === 0 && !isLarge) return 0;
    // Smooth is for those who have time, but after a 429 nobody knows what the service still counts.
    const mayHurry = lane === "urgent" && this.#caution.speed === 1;
    if (!mayHurry && !isLarge) return forTokens;
    const forRoom = this.#window.msUntilRoom(units, this.#rate.perMinute, now);
    if (!mayHurry) return Math.max(forTokens, forRoom);
    return isLarge ? forRoom : Math.min(forTokens, forRoom);
  }

  take(units: number, now: number): void {
    this.#bucket.take(units, now);
    this.#window.add(units, now);
    this.#caution.left();
  }

  giveBack(units: number, now: number): void {
    this.#bucket.giveBack(units, now);
    this.#window.remove(units, now);
  }

  report({ statusCode, retryAfterInMs }: RateOutcome, now: number): void {
    const isAsked = retryAfterInMs !== undefined && retryAfterInMs >= 0;
    if (statusCode === 429) this.#refuse(isAsked ? retryAfterInMs : undefined, now);
    else if (statusCode === 503) this.#caution.unavailable(isAsked ? retryAfterInMs : 0, now);
    else if (statusCode !== undefined && statusCode < 500) this.#accept(now);
  }

  /** Whether a new one would do as well: the service has nothing in its window by now, either. */
  isFresh(now: number): boolean {
    const isPaused = this.#caution.pausedUntil > now;
    return !isPaused && this.#window.isEmpty(now) && this.#bucket.msUntil(this.#bucket.burst, now) === 0;
  }

  #refuse(retryAfterInMs: number | undefined, now: number): void {
    if (!this.#caution.refused(retryAfterInMs, now)) return;
    this.#bucket.setSpeed(this.#caution.speed, now);
    this.#bucket.emptyUntil(this.#caution.pausedUntil);
  }

  #accept(now: number): void {
    this.#caution.answered(now);
    this.#bucket.setSpeed(this.#caution.speed, now);
  }
}
