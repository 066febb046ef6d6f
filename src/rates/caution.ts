/** How long to wait after a 429 that does not say; twice as long after each further one. */
const shortestPauseInMs = 5000;
const longestPauseInMs = 60_000;

const slowest = 1 / 8;
/** A step back to full speed, and how long the last one must have gone well: from half speed it takes 12 s. */
const step = 1 / 8;
const stepInMs = 3000;

/**
 * What a sender has learnt from 429 and 503: until when nothing leaves, and how fast it goes on. It knows no clock: every
 * call is told the time, in milliseconds that only grow.
 */
export class Caution {
  #pausedUntil = Number.NEGATIVE_INFINITY;
  /** As far as a 429 is the reason. */
  #refusedUntil = Number.NEGATIVE_INFINITY;
  /** Whether something left after that. Before, any answer is to what was under way when it began. */
  #hasLeftSince = true;
  #refusals = 0;
  #speed = 1;
  #steppedAt = Number.NEGATIVE_INFINITY;

  /** The share of the rate to go on with, 1/8 to 1. */
  get speed(): number {
    return this.#speed;
  }

  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Something leaves. */
  left(): void {
    this.#hasLeftSince = true;
  }

  /** 503: the service is busy, whoever sends. */
  unavailable(retryAfterInMs: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, now + retryAfterInMs);
  }

  /**
   * 429: the sender went too fast. What was under way with the first that was refused is refused with it, and can only make
   * its pause longer.
   *
   * @returns Whether a pause begins or gets longer.
   */
  refused(retryAfterInMs: number | undefined, now: number): boolean {
    const isFurther = this.#hasLeftSince && now >= this.#refusedUntil;
    if (isFurther) this.#slowDown();
    const until = now + (retryAfterInMs ?? this.#ownPauseInMs());
    const isLonger = retryAfterInMs !== undefined && until > this.#refusedUntil;
    if (!isFurther && !isLonger) return false;
    this.#refusedUntil = Math.max(this.#refusedUntil, until);
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#refusedUntil);
    this.#steppedAt = this.#pausedUntil;
    return true;
  }

  /** The service took one, or refused it for another reason. */
  answered(now: number): void {
    if (!this.#hasLeftSince || now < this.#refusedUntil) return;
    this.#refusals = 0;
    if (this.#speed === 1 || now - this.#steppedAt < stepInMs) return;
    this.#speed = Math.min(1, this.#speed + step);
    this.#steppedAt = now;
  }

  #slowDown(): void {
    this.#refusals += 1;
    this.#speed = Math.max(slowest, this.#speed / 2);
    this.#hasLeftSince = false;
  }

  #ownPauseInMs(): number {
    return Math.min(longestPauseInMs, shortestPauseInMs * 2 ** (this.#refusals - 1));
  }
}
