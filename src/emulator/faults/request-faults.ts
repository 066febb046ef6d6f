/** Which requests a fault hits: a share of them, from 0 to 1, or the next so many, 0 to 1,000,000, and then none. */
export type FaultyRequests = number | { readonly next: number };

/** How long a request is held up, in milliseconds, 0 to 600,000: always the same, or anything in a range. */
export type FaultyLatency = number | { readonly least: number; readonly most: number };

/**
 * What goes wrong with the requests to the service's operations, before anybody looks at their signatures. What is under
 * `/_emulator` is never hit. Everything is off by default.
 *
 * At most one of `dropBefore`, `tooManyRequests`, `serverError` and `dropAfter` hits a request: the first of them, in this
 * order. A burst (`{ next: 3 }`) counts down only where it does hit, so that several follow each other.
 *
 * @example
 * ```ts
 * import { SmsClient } from "acs-sms";
 * import { startEmulator } from "acs-sms/emulator";
 *
 * await using emulator = await startEmulator({ faults: { dropAfter: { next: 1 } } });
 * const sms = new SmsClient(emulator.connectionString, { allowInsecureConnection: true });
 * await sms.send({ from: "+18005551234", to: ["+14255550123"], message: "Once" });
 * console.log(emulator.requests().map(({ fault, status }) => fault ?? status)); // ["dropAfter", 202]
 * console.log(emulator.phone("+14255550123").messages().length); // 1
 * ```
 */
export interface RequestFaults {
  /**
   * Milliseconds from the arrival of a request until something is done with it. A client that gives up in the meantime has
   * sent its message all the same.
   */
  readonly latencyInMs?: FaultyLatency | undefined;
  /** The connection ends before the message was taken: nobody gets it. */
  readonly dropBefore?: FaultyRequests | undefined;
  /** The answer is 429, and nothing was done. */
  readonly tooManyRequests?: FaultyRequests | undefined;
  /** The answer is `serverErrorStatus`, and nothing was done. */
  readonly serverError?: FaultyRequests | undefined;
  /** The connection ends after the message was taken and before the answer: it arrives, and the client cannot know. */
  readonly dropAfter?: FaultyRequests | undefined;
  /**
   * Milliseconds that the service's clock is ahead of this machine's, -86,400,000 to 86,400,000; negative: behind. It judges
   * the dates of signatures by it, and of repeatable requests, and shows it in its `Date`. Default 0.
   */
  readonly clockSkewInMs?: number | undefined;
  /** The status of a `serverError`, 500 to 599. Default 503. */
  readonly serverErrorStatus?: number | undefined;
  /** The `Retry-After` of a `tooManyRequests` or `serverError`, 0 to 86,400 seconds. Default: there is none. */
  readonly retryAfterInSeconds?: number | undefined;
}

/** What hit a request; at most one thing does. */
export type RequestFault = "dropBefore" | "tooManyRequests" | "serverError" | "dropAfter";

/** The faults, complete. */
export interface RequestFaultRules extends Readonly<Record<RequestFault, FaultyRequests>> {
  readonly latencyInMs: FaultyLatency;
  readonly clockSkewInMs: number;
  readonly serverErrorStatus: number;
  readonly retryAfterInSeconds?: number | undefined;
}

/** All as it should be. */
export const noRequestFaults: RequestFaultRules = {
  latencyInMs: 0,
  dropBefore: 0,
  tooManyRequests: 0,
  serverError: 0,
  dropAfter: 0,
  clockSkewInMs: 0,
  serverErrorStatus: 503,
};
