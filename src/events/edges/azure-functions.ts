import type { SmsEventHandler } from "../event-handler.js";
import type { SmsWebhook } from "../webhook.js";

/** What is read of an `HttpRequest` of `@azure/functions` 4. */
export interface AzureHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: ReadableStream | null;
}

/** An `HttpResponseInit` of `@azure/functions` 4. */
export interface AzureHttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Makes a webhook the handler of an HTTP trigger of Azure Functions, programming model v4. Register it for POST and
 * OPTIONS (CloudEvents), with `authLevel: "anonymous"`, since the webhook authorises: a function key has the query
 * parameter `code` too. It never rejects.
 *
 * @example
 * ```ts
 * import { app } from "@azure/functions";
 * import { toAzureFunction, type SmsWebhook } from "acs-sms/events";
 *
 * export function register(webhook: SmsWebhook) {
 *   app.http("sms-events", {
 *     methods: ["POST", "OPTIONS"],
 *     authLevel: "anonymous",
 *     handler: toAzureFunction(webhook),
 *   });
 * }
 * ```
 */
export function toAzureFunction(
  webhook: SmsWebhook,
): (request: AzureHttpRequest) => Promise<AzureHttpResponse> {
  return async (request) => {
    try {
      const { method, url, headers, body } = request;
      const response = await webhook(new Request(url, { method, headers, body, duplex: "half" }));
      const { status } = response;
      return { status, headers: Object.fromEntries(response.headers), body: await response.text() };
    } catch {
      return { status: 500, headers: {}, body: "" };
    }
  };
}

/**
 * Makes a handler that of an Event Grid trigger of Azure Functions, which needs no address of its own, no secret and no
 * handshake: Azure guards the way from Event Grid to the function.
 *
 * @returns A function for one event or several. It rejects with an Error when one of them must come again, so that the
 * host fails the delivery and Event Grid repeats it; its message is safe to log.
 *
 * @example
 * ```ts
 * import { app } from "@azure/functions";
 * import { toAzureEventGridFunction, type SmsEventHandler } from "acs-sms/events";
 *
 * export function register(handler: SmsEventHandler) {
 *   app.eventGrid("sms-events", { handler: toAzureEventGridFunction(handler) });
 * }
 * ```
 */
export function toAzureEventGridFunction(handler: SmsEventHandler): (event: unknown) => Promise<void> {
  return async (event) => {
    const outcomes = await handler.handle(event);
    const failed = outcomes.filter(({ status }) => status === "failed");
    const busy = outcomes.filter(({ status }) => status === "busy");
    if (failed.length + busy.length === 0) return;
    // A malformed event brings only the name of a field and what is wrong with it; other errors are redacted already.
    const reasons = failed.flatMap(({ event, error }) =>
      event.kind === "malformed" ? `${event.field}: ${event.reason}` : (error?.message ?? []),
    );
    const counts = `${failed.length} failed and ${busy.length} in work elsewhere, of ${outcomes.length} events`;
    throw new Error([`To come again: ${counts}`, ...new Set(reasons)].join("; "));
  };
}
