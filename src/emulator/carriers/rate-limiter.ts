import type { EmulatorSender } from "../senders.js";
import type { RateLimits } from "./rate-limits.js";
import { SlidingWindow } from "./sliding-window.js";

/** Counts what the senders send, and says when it is too much. */
export class RateLimiter {
  readonly #limits: RateLimits | undefined;
  readonly #windows = new Map<string, SlidingWindow>();

  constructor(limits: RateLimits | undefined) {
    this.#limits = limits;
  }

  /**
   * Lets a request with so many recipients pass, or not.
   *
   * @returns Milliseconds after which there will be room for it; `undefined` when it may pass.
   */
  take(sender: EmulatorSender, units: number, now: number): number | undefined {
    const limit = this.#limits?.units[sender.kind];
    if (this.#limits === undefined || limit === undefined) return undefined;
    const window = this.#windowOf(sender, this.#limits);
    if (window.waitFor(units, limit, now) === 0) {
      window.add(units, now);
      return undefined;
    }
    if (this.#limits.refusedCount) window.add(1, now);
    return window.waitFor(units, limit, now);
  }

  clear(): void {
    this.#windows.clear();
  }

  /** Alphanumeric senders share the limit of the resource. */
  #windowOf({ kind, number }: EmulatorSender, { windowInSeconds }: RateLimits): SlidingWindow {
    const key = kind === "alphanumeric" ? kind : number;
    const window = this.#windows.get(key) ?? new SlidingWindow(windowInSeconds * 1000);
    this.#windows.set(key, window);
    return window;
  }
}
