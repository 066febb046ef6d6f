/** How a bucket fills. */
export interface TokenBucketShape {
  /** Tokens it holds when full, and begins with. */
  readonly burst: number;
  readonly refillPerMinute: number;
}

/**
 * Tokens that come back by time, up to a burst. It knows no clock: every call is told the time, in milliseconds that only
 * grow. Whoever takes more than there is leaves it in debt, and the debt is repaid before there is a token again.
 */
export class TokenBucket {
  readonly burst: number;
  readonly #perMs: number;
  #speed = 1;
  #tokens: number;
  /** Up to when what came back is counted; ahead of the time while nothing comes back. */
  #at: number;

  constructor({ burst, refillPerMinute }: TokenBucketShape, now: number) {
    this.burst = burst;
    this.#perMs = refillPerMinute / 60_000;
    this.#tokens = burst;
    this.#at = now;
  }

  /** Milliseconds until there are so many tokens, at most a burst of them. */
  msUntil(units: number, now: number): number {
    this.#refill(now);
    const missing = Math.min(units, this.burst) - this.#tokens;
    if (missing <= 0) return 0;
    return this.#at - now + missing / (this.#perMs * this.#speed);
  }

  take(units: number, now: number): void {
    this.#refill(now);
    this.#tokens -= units;
  }

  giveBack(units: number, now: number): void {
    this.#refill(now);
    this.#tokens = Math.min(this.burst, this.#tokens + units);
  }

  /** Empties it; a debt stays. Nothing comes back before `time`. */
  emptyUntil(time: number): void {
    this.#tokens = Math.min(this.#tokens, 0);
    this.#at = Math.max(this.#at, time);
  }

  /** @param speed - The share of the refill that comes from now on, above 0 and up to 1. */
  setSpeed(speed: number, now: number): void {
    this.#refill(now);
    this.#speed = speed;
  }

  #refill(now: number): void {
    if (now <= this.#at) return;
    this.#tokens = Math.min(this.burst, this.#tokens + (now - this.#at) * this.#perMs * this.#speed);
    this.#at = now;
  }
}
