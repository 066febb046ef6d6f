import { setTimeout as delay } from "node:timers/promises";

import {
  isRestError,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
  type PipelineRetryOptions,
  type RestError,
  type SendRequest,
} from "@azure/core-rest-pipeline";

import { AbortError } from "../errors/sms-error.js";
import { longestTimerInMs } from "../timers/longest-timer.js";

const defaultMaxRetries = 3;
const defaultDelayInMs = 1000;
const defaultMaxDelayInMs = 64_000;

/** At most this share is added to what `Retry-After` asks, so that clients told the same do not return together. */
const retryAfterJitter = 0.1;

/** How one attempt ended. */
type Ending = { readonly response: PipelineResponse } | { readonly error: RestError };

/**
 * Tries again after 429 and 503 (with or without `Retry-After`), 408, any other 5xx but 501 and 505, and connection
 * errors. The pipeline's own policy would leave a 429 without `Retry-After` be.
 */
export function smsRetryPolicy(options: PipelineRetryOptions = {}): PipelinePolicy {
  const { maxRetries = defaultMaxRetries } = options;
  return {
    name: "smsRetryPolicy",
    async sendRequest(request, next) {
      for (let retryCount = 0; ; retryCount++) {
        const ending = await attempt(request, next);
        const delayInMs = retryCount < maxRetries ? retryDelayInMs(ending, retryCount, options) : undefined;
        if (delayInMs !== undefined) await sleep(delayInMs, request);
        else if ("response" in ending) return ending.response;
        else throw ending.error;
      }
    },
  };
}

/** Only what the HTTP client reports as a failed request is up for another try; anything else is thrown at once. */
async function attempt(request: PipelineRequest, next: SendRequest): Promise<Ending> {
  try {
    return { response: await next(request) };
  } catch (error) {
    if (!isRestError(error)) throw error;
    return { error };
  }
}

async function sleep(delayInMs: number, { abortSignal }: PipelineRequest): Promise<void> {
  // The client hands down the platform's own signal, whatever the caller's was.
  const signal = abortSignal instanceof AbortSignal ? abortSignal : undefined;
  try {
    await delay(Math.min(delayInMs, longestTimerInMs), undefined, signal === undefined ? {} : { signal });
  } catch {
    throw new AbortError(signal?.reason);
  }
}

/**
 * How long to wait before the next try, or `undefined` for none: as long as the service asks, else exponentially with
 * jitter; never longer than `maxRetryDelayInMs`: where the service asks for more, its answer goes to the caller instead.
 */
export function retryDelayInMs(
  ending: Ending,
  retryCount: number,
  { retryDelayInMs = defaultDelayInMs, maxRetryDelayInMs = defaultMaxDelayInMs }: PipelineRetryOptions = {},
): number | undefined {
  const isWorthIt =
    "response" in ending ? isRetriable(ending.response.status) : isConnectionError(ending.error);
  if (!isWorthIt) return undefined;
  const asked = "response" in ending ? retryAfterInMs(ending.response) : undefined;
  if (asked === undefined) return backOff(retryCount, retryDelayInMs, maxRetryDelayInMs);
  return asked > maxRetryDelayInMs ? undefined : asked + Math.random() * asked * retryAfterJitter;
}

function isRetriable(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);
}

/** Between half and the whole of an exponentially growing delay. */
function backOff(retryCount: number, delayInMs: number, maxDelayInMs: number): number {
  const full = Math.min(maxDelayInMs, delayInMs * 2 ** retryCount);
  return full / 2 + (Math.random() * full) / 2;
}

/** Codes with which no connection was made: certainly nothing was sent. */
const unconnectedCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The same where Node says that it was connecting; an established connection can end with them, too. */
const unreachableCodes: ReadonlySet<string> = new Set(["EHOSTUNREACH", "ENETUNREACH"]);

/** Codes with which a connection ended: the request may have been taken. */
const disconnectedCodes: ReadonlySet<string> = new Set([
  "ETIMEDOUT",
  "ESOCKETTIMEDOUT",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "REQUEST_SEND_ERROR",
  "UND_ERR_SOCKET",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

/** Whether an error says that no connection was made, so that nothing can have been sent. */
export function isUnconnected({ code, message }: Failure): boolean {
  if (typeof code !== "string") return false;
  const isConnecting = typeof message === "string" && message.startsWith("connect ");
  return unconnectedCodes.has(code) || (isConnecting && unreachableCodes.has(code));
}

function isConnectionError({ code }: Failure): boolean {
  if (typeof code !== "string") return false;
  return [unconnectedCodes, unreachableCodes, disconnectedCodes].some((codes) => codes.has(code));
}

/** What is looked at of an error. */
interface Failure {
  readonly code?: unknown;
  readonly message?: unknown;
}

/** What 429 and 503 ask for, in milliseconds: the headers of Azure services, then HTTP's own, in seconds or as a date. */
export function retryAfterInMs({ status, headers }: PipelineResponse): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const inMs = headers.get("retry-after-ms") ?? headers.get("x-ms-retry-after-ms");
  const inSeconds = headers.get("retry-after");
  return (
    nonNegative(inMs) ??
    nonNegative(inSeconds, 1000) ??
    (inSeconds === undefined ? undefined : untilDate(inSeconds))
  );
}

function nonNegative(text: string | undefined, factor = 1): number | undefined {
  if (text === undefined || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined;
  return Number(text) * factor;
}

/** An HTTP date ends in GMT; `Date.parse` alone would take "-5" for one. */
function untilDate(text: string): number | undefined {
  const at = text.trimEnd().endsWith("GMT") ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
