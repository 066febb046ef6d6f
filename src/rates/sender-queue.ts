import { longestTimerInMs } from "../timers/longest-timer.js";
import { Lanes } from "./lanes.js";
import type { RateOutcome, RateRequest } from "./rate-gate.js";
import { SenderBudget } from "./sender-budget.js";
import type { SenderRate } from "./sender-rate.js";
import { Waiter } from "./waiter.js";

/**
 * Those who wait for one sender. While there are any, one timer runs, which keeps the process alive: they are on their way
 * out. Without any none does.
 */
export class SenderQueue {
  readonly #budget: SenderBudget;
  readonly #lanes = new Lanes();
  #timer: NodeJS.Timeout | undefined;
  #ringsAt = Infinity;

  constructor(rate: SenderRate) {
    this.#budget = new SenderBudget(rate, performance.now());
  }

  /** Whether it left at once. */
  tryLeave(request: RateRequest): boolean {
    if (this.#lanes.hasBefore(request.lane)) return false;
    const now = performance.now();
    if (this.#budget.msUntil(request, now) > 0) return false;
    this.#budget.take(request.units, now);
    return true;
  }

  async wait(request: RateRequest): Promise<void> {
    const waiter = new Waiter(request, (waiter) => this.#giveUp(waiter));
    this.#lanes.add(waiter);
    this.#arm(performance.now());
    return waiter.settled;
  }

  giveBack(units: number): void {
    this.#budget.giveBack(units, performance.now());
    this.#go();
  }

  report(outcome: RateOutcome): void {
    this.#budget.report(outcome, performance.now());
    this.#go();
  }

  /** Whether it can be forgotten. */
  isIdle(now: number): boolean {
    return this.#lanes.first() === undefined && this.#budget.isFresh(now);
  }

  /** Who is next leaves a moment later: the same signal may be about to end that wait, too. */
  #giveUp(waiter: Waiter): void {
    this.#lanes.remove(waiter);
    this.#arm(performance.now());
  }

  /** Lets leave who may, and takes out who need not any more. */
  #go(): void {
    for (const waiter of this.#lanes.removeEnded(Date.now())) waiter.expire();
    const now = performance.now();
    for (let next = this.#lanes.first(); next !== undefined; next = this.#lanes.first()) {
      if (this.#budget.msUntil(next, now) > 0) break;
      this.#lanes.remove(next);
      this.#budget.take(next.units, now);
      next.leave();
    }
    this.#arm(now);
  }

  /** Sets the timer where there is something to wait for; one that rings too early does no harm. */
  #arm(now: number): void {
    const next = this.#lanes.first();
    if (next === undefined) {
      this.#disarm();
      return;
    }
    const delayInMs = Math.min(this.#budget.msUntil(next, now), this.#lanes.firstEnd - Date.now());
    if (now + delayInMs >= this.#ringsAt) return;
    this.#disarm();
    this.#ringsAt = now + delayInMs;
    // Rounded up, since Node rounds down and would ring before the time.
    // A wait that no timer can take is waited in pieces.
    this.#timer = setTimeout(() => this.#ring(), Math.min(Math.ceil(delayInMs), longestTimerInMs));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#ringsAt = Infinity;
  }

  #ring(): void {
    this.#ringsAt = Infinity;
    this.#go();
  }
}
