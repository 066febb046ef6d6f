import type { EmulatorSenderKind } from "../senders.js";

/**
 * How many messages the service takes.
 *
 * A message unit is one recipient of a request. A request that would go beyond the limit is refused as a whole with 429
 * `[INFER]`: whether a part of it can be taken is not documented.
 */
export interface RateLimitOptions {
  /**
   * Message units in a window, 1 to 1,000,000, by kind of sender. Default, as documented: 200 for a toll-free number, 6,000 for a
   * short code, 600 for all alphanumeric senders of the resource together, and no limit for 10DLC, where carriers have
   * limits by the day.
   *
   * A request with more recipients than that is taken when nothing else was in the window.
   */
  readonly units?: Partial<Record<EmulatorSenderKind, number | undefined>> | undefined;
  /** The last so many seconds count, 1 to 86,400. Default 60. */
  readonly windowInSeconds?: number | undefined;
  /** Whether a refused request counts as a unit. Default true: it is documented that all requests count. */
  readonly refusedCount?: boolean | undefined;
  /** Whether a refusal says with `Retry-After` when there will be room. Default true `[INFER]`. */
  readonly retryAfter?: boolean | undefined;
}

/** The same, complete. */
export interface RateLimits {
  readonly units: Readonly<Partial<Record<EmulatorSenderKind, number | undefined>>>;
  readonly windowInSeconds: number;
  readonly refusedCount: boolean;
  readonly retryAfter: boolean;
}

/** The limits of the documentation. */
export const documentedLimits: RateLimits = {
  units: { "toll-free": 200, "short-code": 6000, alphanumeric: 600 },
  windowInSeconds: 60,
  refusedCount: true,
  retryAfter: true,
};
