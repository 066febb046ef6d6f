import { timestamp } from "./event-bodies.js";
import type { WebhookRequest } from "./exchange.js";
import type { Letter, Parcel } from "./outbox.js";
import type { EventSettings } from "./event-options.js";
import type { Target } from "./webhook.js";

/** Who Event Grid says it is, to receivers of CloudEvents. */
export const origin = "eventgrid.azure.net";

/** The request that carries a parcel. */
export function deliveryRequest(
  parcel: Parcel,
  name: string,
  target: Target,
  settings: EventSettings,
): WebhookRequest {
  const isCloudEvents = target.schema === "cloud-events";
  // [INFER] With batching switched on, even a single CloudEvent comes as a batch.
  const isArray = !isCloudEvents || settings.maxEventsPerBatch > 1;
  const bodies = parcel.letters.map(({ json }) => json).join(",");
  const schemaHeaders = isCloudEvents ? cloudEventsHeaders(isArray) : eventGridHeaders;
  return {
    method: "POST",
    url: target.url,
    headers: {
      ...target.headers,
      ...schemaHeaders,
      ...aegHeaders("Notification", name, parcel.attempts),
      ...outputEventId(parcel.letters),
    },
    body: isArray ? `[${bodies}]` : bodies,
  };
}

/** The headers of every request in the Event Grid schema and of every delivery. */
function aegHeaders(
  type: "Notification" | "SubscriptionValidation",
  name: string,
  attemptsBefore: number,
): Record<string, string> {
  return {
    "aeg-subscription-name": name,
    "aeg-delivery-count": String(attemptsBefore),
    "aeg-event-type": type,
  };
}

const eventGridHeaders = {
  "content-type": "application/json; charset=utf-8",
  "aeg-metadata-version": "1",
  "aeg-data-version": "1.0",
};

function cloudEventsHeaders(isBatch: boolean): Record<string, string> {
  return {
    "content-type": `application/cloudevents${isBatch ? "-batch" : ""}+json; charset=utf-8`,
    "aeg-metadata-version": "1.0",
    origin,
  };
}

/** [INFER] A batch has no single id to give. */
function outputEventId(letters: readonly Letter[]): Record<string, string> {
  const [first] = letters;
  return first === undefined || letters.length > 1 ? {} : { "aeg-output-event-id": first.event.id };
}

/** What a webhook needs in order to confirm that it wants events. */
export interface Validation {
  readonly id: string;
  readonly code: string;
  readonly url: string;
}

/** The request that asks a webhook whether it wants events. */
export function validationRequest(
  { id, code, url }: Validation,
  name: string,
  target: Target,
  at: Date,
  settings: EventSettings,
): WebhookRequest {
  const headers = settings.headersOnValidation ? target.headers : {};
  if (target.schema === "cloud-events") return optionsRequest(target.url, headers, url);
  const event = {
    id,
    topic: settings.topic,
    subject: "",
    data: { validationCode: code, validationUrl: url },
    eventType: "Microsoft.EventGrid.SubscriptionValidationEvent",
    eventTime: timestamp(at),
    metadataVersion: "1",
    dataVersion: "1",
  };
  const versions = { ...eventGridHeaders, "aeg-data-version": "1" };
  return {
    method: "POST",
    url: target.url,
    headers: { ...headers, ...versions, ...aegHeaders("SubscriptionValidation", name, 0) },
    body: JSON.stringify([event]),
  };
}

/** The CloudEvents handshake, with a URL to open for receivers that cannot answer at once. */
function optionsRequest(
  url: string,
  headers: Readonly<Record<string, string>>,
  callback: string,
): WebhookRequest {
  const asking = { "webhook-request-origin": origin, "webhook-request-callback": callback };
  return { method: "OPTIONS", url, headers: { ...headers, ...asking }, body: "" };
}
