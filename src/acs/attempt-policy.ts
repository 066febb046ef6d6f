import {
  isRestError,
  type HttpClient,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";

import { SmsError } from "../errors/sms-error.js";
import type { SmsAttempt, SmsAttemptOutcome, SmsBatch } from "../transport/sms-transport.js";
import { isUnconnected, retryAfterInMs } from "./retry-policy.js";
import { encodeSend } from "./send-body.js";

export const attemptPolicyName = "acsAttemptPolicy";

/** What a send carries through the pipeline on its request, under a symbol so that copies keep it and logs do not. */
const sendKey: unique symbol = Symbol("acs-sms send");

interface Send {
  readonly batch: SmsBatch;
  readonly apiVersion: string;
  /** Whether leave to send was given and has not been used. */
  mayLeave: boolean;
  /** Until when that leave is good, as `Date.now()` has it. */
  leaveBy: number;
}

/** After so long at a standstill others may think that the attempt was given up, and have made it themselves. */
const mostStandingInMs = 10_000;

interface SendRequest extends PipelineRequest {
  [sendKey]?: Send | undefined;
}

/** Ties a batch to the request that will carry it. */
export function attachSend(request: SendRequest, batch: SmsBatch, apiVersion: string): void {
  request[sendKey] = { batch, apiVersion, mayLeave: false, leaveBy: 0 };
}

/** Unties it again, with whatever else on the request must not outlive the call in an error. */
export function detachSend(request: SendRequest): void {
  request[sendKey] = undefined;
  request.body = null;
  request.headers.delete("Authorization");
}

/**
 * Asks for leave before every attempt and writes the body for those who may be texted now. It stands inside the retry
 * loop and as late as can be: after it there is only signing.
 */
export function attemptPolicy(): PipelinePolicy {
  return {
    name: attemptPolicyName,
    async sendRequest(request: SendRequest, next) {
      const send = request[sendKey];
      if (send === undefined) return next(request);
      const attempt = await send.batch.nextAttempt();
      request.body = encodeSend(send.batch.message, attempt, send.apiVersion);
      // Set by the HTTP client for the body of the attempt before, which may have been longer.
      request.headers.delete("Content-Length");
      send.mayLeave = true;
      send.leaveBy = Date.now() + mostStandingInMs;
      return settled(attempt, send, () => next(request));
    },
  };
}

async function settled(
  attempt: SmsAttempt,
  send: Send,
  next: () => Promise<PipelineResponse>,
): Promise<PipelineResponse> {
  try {
    const response = await next();
    attempt.settle(outcomeOf(response));
    return response;
  } catch (error) {
    attempt.settle(outcomeOfError(error, send));
    throw error;
  }
}

/** A 4xx is a definite refusal, but for 408: the server gave up waiting, for whatever it had got by then. */
function outcomeOf(response: PipelineResponse): SmsAttemptOutcome {
  const { status: statusCode } = response;
  if (statusCode >= 200 && statusCode < 300) return { verdict: "answered", statusCode };
  const isRefused = statusCode >= 400 && statusCode < 500 && statusCode !== 408;
  const wait = retryAfterInMs(response);
  return {
    verdict: isRefused ? "refused" : "unclear",
    statusCode,
    ...(wait !== undefined && { retryAfterInMs: wait }),
  };
}

/** Certain is only what never reached the HTTP client, or made no connection. */
function outcomeOfError(error: unknown, { mayLeave }: Send): SmsAttemptOutcome {
  const isRefused = mayLeave || (isRestError(error) && isUnconnected(error));
  return { verdict: isRefused ? "refused" : "unclear" };
}

/**
 * An HTTP client that lets each attempt of a send out once. Policies of the caller's stand between the suppression
 * check and the wire; one that sends again by itself would pass the check by, so it is stopped here.
 */
export function singleUse(client: HttpClient): HttpClient {
  return {
    async sendRequest(request: SendRequest) {
      const send = request[sendKey];
      if (send === undefined && isSendUrl(request.url)) throw reused("lost its suppression check");
      if (send !== undefined && !send.mayLeave) throw reused("was sent twice in one attempt");
      if (send !== undefined && Date.now() > send.leaveBy) throw stale();
      if (send !== undefined) send.mayLeave = false;
      return client.sendRequest(request);
    },
  };
}

function isSendUrl(url: string): boolean {
  return /^https?:\/\/[^/]+\/sms\?/.test(url);
}

function stale(): SmsError {
  const message = "Between its checks and the wire an attempt stood still for too long, and it was not made.";
  return new SmsError("attempt-stale", message);
}

function reused(what: string): SmsError {
  const advice = "A policy must pass the request on once, and leave retries to `retryOptions`.";
  return new SmsError("attempt-reused", `A message ${what} by one of \`additionalPolicies\`. ${advice}`);
}
