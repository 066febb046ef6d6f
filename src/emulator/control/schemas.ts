import { z } from "zod";
import { faultRules } from "../event-grid/fault-rules.js";
import { webhook } from "../event-grid/read-webhook.js";
import type { DeadLetter } from "../event-grid/records.js";
import type { EmulatorWebhook } from "../event-grid/webhook.js";
import { summarySchema } from "../insights/summary-schema.js";
import type { Json } from "../journal/json.js";
import type { ClockState, DeliveryDetails, RequestDetails } from "../journal/records.js";
import { messageSchema, optOutSchema } from "../journal/schemas.js";
import type { InboundMessage } from "../phones/inbound-message.js";
import type { PhoneMessage } from "../phones/inboxes.js";
import type { EmulatorSender } from "../senders.js";
import { speed, step } from "../settings/read-host.js";
import { requestFaults } from "../settings/read-request-faults.js";
import { settingsObject } from "../settings/shapes.js";

/** What a request may hold, by the name it has in the OpenAPI document. */
export function inputSchemas(): Readonly<Record<InputName, z.ZodType>> {
  return {
    TypedText: typedText(),
    SenderOptions: settingsObject(senderOptions()),
    WebhookOptions: webhook(),
    RequestFaultOptions: requestFaults(),
    EventFaultOptions: faultRules(),
    ClockSpeed: clockSpeed(),
    ClockStep: clockStep(),
  };
}

/** A text, and who gets it. */
export function typedText(): z.ZodType<{ to: string; message: string }> {
  const text = z.string({ error: "a string" });
  return settingsObject({ to: text, message: text });
}

export function clockSpeed(): z.ZodType<{ speed: number }> {
  return settingsObject({ speed: speed() });
}

export function clockStep(): z.ZodType<{ milliseconds: number }> {
  return settingsObject({ milliseconds: step() });
}

/** Any object with the fields of a sender and no others; what is in them is checked where all senders are. */
export function senderBody(): z.ZodType<object> {
  const names = Object.keys(senderOptions());
  return settingsObject(Object.fromEntries(names.map((name) => [name, z.unknown().optional()])));
}

/** What an answer holds. They describe and check nothing, but the compiler holds them against the types. */
export function outputSchemas(): Readonly<Record<OutputName, z.ZodType>> {
  return {
    PhoneMessages: list(phoneMessage()),
    InboundMessages: list(inboundMessage()),
    Messages: list(messageSchema(time)),
    Requests: list(request()),
    Deliveries: list(delivery()),
    DeadLetters: list(deadLetter()),
    OptOuts: list(optOutSchema()),
    Senders: list(sender()),
    Webhooks: list(describedWebhook()),
    Resource: z.object({ endpoint: z.string(), connectionString: z.string() }),
    InboundMessage: inboundMessage(),
    Sender: sender(),
    Webhook: describedWebhook(),
    RequestFaults: requestFaults(),
    EventFaults: faultRules(),
    Clock: clock(),
    Summary: summarySchema(),
    Error: z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
  };
}

export type InputName =
  | "TypedText"
  | "SenderOptions"
  | "WebhookOptions"
  | "RequestFaultOptions"
  | "EventFaultOptions"
  | "ClockSpeed"
  | "ClockStep";

export type OutputName =
  | "PhoneMessages"
  | "InboundMessages"
  | "InboundMessage"
  | "Messages"
  | "Requests"
  | "Deliveries"
  | "DeadLetters"
  | "OptOuts"
  | "Senders"
  | "Sender"
  | "Webhooks"
  | "Webhook"
  | "Resource"
  | "RequestFaults"
  | "EventFaults"
  | "Clock"
  | "Summary"
  | "Error";

/** The name of a schema. */
export type SchemaName = InputName | OutputName;

function list(item: z.ZodType): z.ZodType {
  return z.object({ value: z.array(item) });
}

const time = z.iso.datetime();
const anyObject = z.record(z.string(), z.unknown());
const eventType = z.enum([
  "Microsoft.Communication.SMSReceived",
  "Microsoft.Communication.SMSDeliveryReportReceived",
]);

function phoneMessage(): z.ZodType<Json<PhoneMessage>> {
  return z.object({ from: z.string(), message: z.string(), at: time });
}

function inboundMessage(): z.ZodType<Json<InboundMessage>> {
  return z.object({
    messageId: z.string(),
    from: z.string(),
    to: z.string(),
    message: z.string(),
    receivedAt: time,
  });
}

function request(): z.ZodType<Json<RequestDetails>> {
  return z.object({
    number: z.int(),
    at: time,
    method: z.string(),
    path: z.string(),
    apiVersion: z.string().exactOptional(),
    status: z.int(),
    signature: z.enum([
      "valid",
      "bearer",
      "missing",
      "malformed",
      "wrong-content-hash",
      "wrong-signature",
      "stale-date",
      "unchecked",
    ]),
    recipients: z.int(),
    fault: z.enum(["dropBefore", "tooManyRequests", "serverError", "dropAfter"]).exactOptional(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    answer: z.string(),
  });
}

function delivery(): z.ZodType<Json<DeliveryDetails>> {
  return z.object({
    number: z.int(),
    webhookId: z.string(),
    eventId: z.string(),
    eventType,
    attempt: z.int(),
    at: time,
    status: z.int().exactOptional(),
    error: z.string().exactOptional(),
    event: anyObject,
    answer: z.string(),
  });
}

function deadLetter(): z.ZodType<Json<DeadLetter>> {
  return z.object({
    webhookId: z.string(),
    eventId: z.string(),
    eventType,
    reason: z.enum(["MaxDeliveryAttemptsExceeded", "TimeToLiveExceeded", "NonRetriableStatus"]),
    deliveryAttempts: z.int(),
    lastDeliveryOutcome: z.string().exactOptional(),
    publishedAt: time,
    lastAttemptAt: time.exactOptional(),
    event: anyObject,
  });
}

function sender(): z.ZodType<Json<EmulatorSender>> {
  return z.object({ number: z.string(), ...senderOptions() });
}

function senderOptions() {
  const text = z.string().exactOptional();
  return {
    kind: z.enum(["toll-free", "short-code", "10dlc", "alphanumeric"]),
    country: z.enum(["US", "CA", "GB"]).exactOptional(),
    optOutManagement: z.enum(["acs", "business"]).exactOptional(),
    hasOptOutApi: z.boolean().exactOptional(),
    messagingConnectPartner: text,
    replies: z.object({ optOut: text, optIn: text, help: text }).exactOptional(),
  };
}

function describedWebhook(): z.ZodType<Json<EmulatorWebhook>> {
  return z.object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    schema: z.enum(["event-grid", "cloud-events"]),
    eventTypes: z.array(eventType),
    state: z.enum(["validating", "awaiting-manual-action", "validated", "failed"]),
    reason: z.string().exactOptional(),
  });
}

function clock(): z.ZodType<Json<ClockState>> {
  return z.object({ now: time, speed: z.number() });
}
