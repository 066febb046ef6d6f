import { expected } from "../errors/expected.js";
import { logWarning } from "../observers/log.js";
import { tell } from "../observers/tell.js";
import { safeError } from "../privacy/safe-error.js";
import { allowed, allowUnauthenticated, type WebhookAuthorizer } from "./authorize.js";
import { readBody } from "./body.js";
import type { SmsEventHandler, SmsEventOutcome } from "./event-handler.js";
import { parseSmsEvents } from "./parse-sms-events.js";
import type { SubscriptionValidationEvent } from "./sms-event.js";

/** How a webhook receives. */
export interface SmsWebhookOptions {
  /** Who may deliver. Required, since Event Grid signs nothing and anyone could opt people out. */
  authorize: WebhookAuthorizer | typeof allowUnauthenticated;
  /**
   * Told the address with which a subscription can be validated by hand, for 10 minutes. It is never fetched here: it
   * came with a request. Without this the webhook answers with the code, which is all that Event Grid asks.
   */
  onValidationUrl?: ((url: string) => void) | undefined;
  /** The largest body, in bytes. Default: 2 MiB; Event Grid sends 1 MiB at most. */
  maxBodyInBytes?: number | undefined;
}

/** Takes a request in the terms of the Fetch standard, and answers it. It never rejects. */
export type SmsWebhook = (request: Request) => Promise<Response>;

const defaultMaxBodyInBytes = 2 * 1024 * 1024;

/** As Event Grid has it: at most so many in a batch. */
const maxEvents = 5000;

/** Whom the CloudEvents handshake allows to send. */
const eventGridOrigin = "eventgrid.azure.net";

const contentTypes = new Set([
  "application/json",
  "application/cloudevents+json",
  "application/cloudevents-batch+json",
]);

/**
 * Makes the webhook that an Event Grid subscription delivers to: both handshakes, authorisation before anything is read,
 * limits, and answers that fit Event Grid, which acknowledges a delivery whole and **never repeats one that was answered
 * with 400, 401, 403 or 413**. So a failure is a 500 and an event in work elsewhere a 503: the delivery comes again, and
 * what was done of it is skipped then.
 *
 * @throws TypeError without a handler or `authorize`.
 *
 * @example
 * ```ts
 * import { createSmsWebhook, sharedSecret, type SmsEventHandler } from "acs-sms/events";
 *
 * export function webhookOf(handler: SmsEventHandler) {
 *   return createSmsWebhook(handler, { authorize: sharedSecret(process.env["WEBHOOK_SECRET"]!) });
 * }
 * ```
 */
export function createSmsWebhook(handler: SmsEventHandler, options: SmsWebhookOptions): SmsWebhook {
  if (typeof handler?.handle !== "function") throw expected("handler", "an SmsEventHandler", handler);
  const authorize = authorizerOf(options);
  const { onValidationUrl, maxBodyInBytes = defaultMaxBodyInBytes } = options;
  return async (request) => {
    try {
      if (request.method === "OPTIONS") return cloudEventsHandshake(request);
      if (request.method !== "POST") return refused(405, "Only POST.", { Allow: "POST, OPTIONS" });
      const authorization = await authorize(request);
      if (!authorization.isAllowed) return turnedAway(authorization.status, authorization.reason);
      if (!contentTypes.has(mediaType(request))) return refused(415, "Expected JSON.");
      const body = await readBody(request, maxBodyInBytes);
      if (body.status !== 200) return refused(body.status, body.reason);
      const validation = validationIn(body.json);
      if (validation !== undefined) return validated(validation, onValidationUrl);
      if (Array.isArray(body.json) && body.json.length > maxEvents) return refused(413, "Too many events.");
      return answerTo(await handler.handle(body.json));
    } catch (error) {
      void logWarning(`A webhook delivery was answered 500: ${safeError(error).message}`);
      return refused(500, "The delivery could not be handled.");
    }
  };
}

function authorizerOf({ authorize }: SmsWebhookOptions): WebhookAuthorizer {
  if (authorize === allowUnauthenticated) return () => allowed;
  if (typeof authorize === "function") return authorize;
  throw expected("authorize", "sharedSecret(…), entraToken(…) or allowUnauthenticated", authorize);
}

/** Says to Event Grid that it may send; that it also has the secret, each delivery has to show. */
function cloudEventsHandshake(request: Request): Response {
  const origin = request.headers.get("WebHook-Request-Origin");
  if (origin !== eventGridOrigin) return refused(403, "Not an origin that may send.");
  const headers = { "WebHook-Allowed-Origin": origin, "WebHook-Allowed-Rate": "*", Allow: "POST" };
  return new Response(null, { status: 200, headers });
}

function turnedAway(status: 401 | 403 | 503, reason: string): Response {
  const isLost = status !== 503;
  const fate = isLost
    ? "Event Grid will not repeat it: without dead-lettering its events are lost"
    : "it will be repeated";
  void logWarning(`A webhook delivery was answered ${status}, because ${reason}; ${fate}.`);
  return refused(status, isLost ? "Not authorised." : "Try again.");
}

/** A validation comes alone. */
function validationIn(json: unknown): SubscriptionValidationEvent | undefined {
  const isOne = Array.isArray(json) && json.length === 1;
  const [event] = isOne ? parseSmsEvents(json) : [];
  return event?.kind === "validation" ? event : undefined;
}

function validated(
  event: SubscriptionValidationEvent,
  onValidationUrl: SmsWebhookOptions["onValidationUrl"],
): Response {
  if (event.validationUrl !== undefined) tell("onValidationUrl", onValidationUrl, event.validationUrl);
  return Response.json({ validationResponse: event.validationCode });
}

/** A delivery is acknowledged whole, so it is only when every event of it is done. */
function answerTo(outcomes: readonly SmsEventOutcome[]): Response {
  const count = (status: SmsEventOutcome["status"]): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const counts = {
    handled: count("handled"),
    skipped: count("skipped"),
    busy: count("busy"),
    failed: count("failed"),
  };
  const status = counts.failed > 0 ? 500 : counts.busy > 0 ? 503 : 200;
  if (counts.failed > 0) logFailures(outcomes);
  return Response.json(counts, { status });
}

function logFailures(outcomes: readonly SmsEventOutcome[]): void {
  const reasons = outcomes.flatMap(({ event, error }) => {
    if (error === undefined) return [];
    return event.kind === "malformed" ? `${event.field}: ${event.reason}` : error.message;
  });
  void logWarning(`Events failed and will come again: ${[...new Set(reasons)].join("; ")}`);
}

function refused(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: message }, { status, headers });
}

function mediaType(request: Request): string {
  return (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}
