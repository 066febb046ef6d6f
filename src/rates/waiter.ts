import { AbortError, SmsError } from "../errors/sms-error.js";
import type { RateRequest, SendLane } from "./rate-gate.js";

/** Someone who waits to send. Once settled, nothing of it is left with the caller's signal. */
export class Waiter {
  readonly lane: SendLane;
  readonly units: number;
  /** A time as `Date.now()` has it; `Infinity`: at any time. */
  readonly sendBefore: number;
  readonly #settled = Promise.withResolvers<void>();
  readonly #abortSignal: AbortSignal | undefined;
  readonly #abort: () => void;

  /** @param onAbort - Called when the caller gave up, after the rejection. */
  constructor({ lane, units, sendBefore, abortSignal }: RateRequest, onAbort: (waiter: Waiter) => void) {
    this.lane = lane;
    this.units = units;
    this.sendBefore = sendBefore?.getTime() ?? Infinity;
    this.#abortSignal = abortSignal;
    this.#abort = () => {
      this.fail(new AbortError(abortSignal?.reason));
      onAbort(this);
    };
    abortSignal?.addEventListener("abort", this.#abort, { once: true });
  }

  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  leave(): void {
    this.#forgetSignal();
    this.#settled.resolve();
  }

  expire(): void {
    this.fail(expiredError());
  }

  /** Nobody can tell whether it may leave, or it may not any more. */
  fail(error: Error): void {
    this.#forgetSignal();
    this.#settled.reject(error);
  }

  #forgetSignal(): void {
    this.#abortSignal?.removeEventListener("abort", this.#abort);
  }
}

/** The error of a message that waited for its sender's rate until nobody needed it any more. */
export function expiredError(): SmsError {
  return new SmsError("expired", "The message did not leave before its `sendBefore`.");
}
