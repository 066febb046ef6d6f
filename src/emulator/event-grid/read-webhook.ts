import { validateHeaderName, validateHeaderValue } from "node:http";
import { z } from "zod";
import { readWith } from "../settings/read.js";
import { oneOf, passes, settingsObject } from "../settings/shapes.js";
import type { Target } from "./webhook.js";

/**
 * Copies a webhook that a caller gives, checked, with the defaults filled in.
 *
 * @throws TypeError or RangeError when it is none.
 */
export function readWebhook(given: unknown, name: string): Target {
  return readWith(webhook(), given, name);
}

/** The same for several. */
export function readWebhooks(given: unknown): readonly Target[] {
  if (given === undefined) return [];
  return readWith(z.array(webhook(), { error: "an array of { url }" }), given, "webhooks");
}

const url = { error: "an http or https URL" };
const types = { error: "an array of at least one event type" };
const headers = { error: "an object of at most 10 headers" };
const headerValue = { error: "a header value of at most 4096 characters" };
const headerName = {
  error: "without headers that Event Grid sets itself (aeg-…, Content-Type, …) and with valid names",
};

const eventTypes = [
  "Microsoft.Communication.SMSReceived",
  "Microsoft.Communication.SMSDeliveryReportReceived",
] as const;

/**
 * The schema of a webhook's options. Made when there is a webhook to check, so that an emulator without any starts at once.
 *
 * Its lengths are metadata for whoever reads it: zod's own `min` and `max` ask also what is no text or list for its `length`,
 * and throw where that cannot be compared.
 */
export function webhook(): z.ZodType<Target> {
  return settingsObject({
    url: z.string(url).refine(isWebUrl, url),
    schema: oneOf("event-grid", "cloud-events").default("event-grid"),
    headers: deliveryProperties().default({}),
    eventTypes: z
      .array(oneOf(...eventTypes), types)
      .refine(({ length }) => length > 0, types)
      .meta({ minItems: 1 })
      .default([...eventTypes]),
  });
}

function deliveryProperties(): z.ZodType<Readonly<Record<string, string>>> {
  const value = z.string(headerValue).refine(isHeaderValue, headerValue).meta({ maxLength: 4096 });
  return z
    .record(z.string(), value, headers)
    .refine((given) => Object.keys(given).length <= 10, headers)
    .refine((given) => Object.keys(given).every(isFreeHeader), headerName);
}

function isWebUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function isHeaderValue(text: string): boolean {
  return text.length <= 4096 && passes(() => validateHeaderValue("x", text));
}

/** What Event Grid or HTTP itself says in these. */
const taken =
  /^(aeg-.*|content-.*|host|origin|connection|transfer-encoding|expect|upgrade|te|trailer|webhook-.*)$/i;

function isFreeHeader(name: string): boolean {
  return !taken.test(name) && passes(() => validateHeaderName(name));
}
