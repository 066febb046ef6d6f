/**
 * How urgent a message is. Whoever waits in an earlier lane leaves first, however many wait in a later one: `"urgent"`
 * for one-time codes, `"normal"`, `"bulk"` for campaigns.
 */
export type SendLane = "urgent" | "normal" | "bulk";

/** A wish to send. */
export interface RateRequest {
  /** As it goes on the wire: a number in E.164, a short code, or an alphanumeric sender. */
  readonly sender: string;
  /** Message units: one for each recipient of the request. */
  readonly units: number;
  readonly lane: SendLane;
  /** After this time there is no use in it. */
  readonly sendBefore?: Date | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** How an attempt ended, as far as its sender's rate is concerned. */
export interface RateOutcome {
  readonly verdict: "answered" | "refused" | "unclear";
  readonly statusCode?: number;
  /** What the service asked for, with 429 or 503. */
  readonly retryAfterInMs?: number;
}

/** Who says when a message may leave. `RateLimiter` of `acs-sms/campaigns` is one. */
export interface RateGate {
  /**
   * Resolves when so many message units may leave, and counts them.
   *
   * @throws (by rejection) AbortError where the caller gave up; SmsError `expired` where `sendBefore` passes, or would
   * pass, first; anything else where that cannot be told, and then nothing is sent.
   */
  acquire(request: RateRequest): Promise<void>;
  /** The rate of a sender, in message units a minute; `Infinity` where there is none. */
  unitsPerMinute(sender: string): number;
  /** How many recipients one request should have, so that it does not wait for long: 1 to 100. */
  mostPerRequest(sender: string): number;
  /** Units that were acquired and not used: their recipients opted out, or the attempt was not made. Must not throw. */
  giveBack(sender: string, units: number): void;
  /** Told of each attempt's end, so that all who send from a number slow down together after a 429. Must not throw. */
  report(sender: string, outcome: RateOutcome): void;
}
