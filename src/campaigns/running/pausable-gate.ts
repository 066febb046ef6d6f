import { AbortError } from "../../errors/sms-error.js";
import type { RateGate, RateOutcome, RateRequest } from "../../rates/rate-gate.js";

/** A rate limiter as a run sees it: it lets nobody through while the campaign is paused, or once it is to stop. */
export class PausableGate implements RateGate {
  readonly #inner: RateGate;
  readonly #stopSignal: AbortSignal;
  #pause: PromiseWithResolvers<void> | undefined;

  constructor(inner: RateGate, stopSignal: AbortSignal) {
    this.#inner = inner;
    this.#stopSignal = stopSignal;
    stopSignal.addEventListener("abort", () => this.resume(), { once: true });
  }

  pause(): void {
    this.#pause ??= Promise.withResolvers();
  }

  resume(): void {
    this.#pause?.resolve();
    this.#pause = undefined;
  }

  async acquire(request: RateRequest): Promise<void> {
    for (;;) {
      await this.#pause?.promise;
      if (this.#stopSignal.aborted) throw new AbortError();
      await this.#inner.acquire({ ...request, abortSignal: this.#stopSignal });
      if (this.#pause === undefined) return;
      this.#inner.giveBack(request.sender, request.units);
    }
  }

  giveBack(sender: string, units: number): void {
    this.#inner.giveBack(sender, units);
  }

  report(sender: string, outcome: RateOutcome): void {
    this.#inner.report(sender, outcome);
  }

  unitsPerMinute(sender: string): number {
    return this.#inner.unitsPerMinute(sender);
  }

  mostPerRequest(sender: string): number {
    return this.#inner.mostPerRequest(sender);
  }
}
