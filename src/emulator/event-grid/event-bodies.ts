import type { DeliveryReport } from "../carriers/delivery-report.js";
import type { InboundMessage } from "../phones/inbound-message.js";
import { measure } from "../carriers/segments.js";
import type { EventSettings } from "./event-options.js";
import type { SmsEventType, Target } from "./webhook.js";

/** An event, before a schema gives it its form. */
export interface SmsEvent {
  readonly id: string;
  readonly type: SmsEventType;
  readonly subject: string;
  readonly publishedAt: Date;
  readonly data: JsonObject;
}

/** An event as it goes over the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A message that a phone sent. Its keys are in the order of the sample. */
export function smsReceived(inbound: InboundMessage, publishedAt: Date, settings: EventSettings): SmsEvent {
  const { messageId, from, to, message, receivedAt } = inbound;
  const data = {
    messageId,
    from: written(from, settings),
    to: written(to, settings),
    message,
    receivedTimestamp: timestamp(receivedAt),
    segmentCount: measure(message).segments,
  };
  return {
    id: messageId,
    type: "Microsoft.Communication.SMSReceived",
    subject: subjectOf(to),
    publishedAt,
    data: cased(data, settings),
  };
}

/** What became of a message that was sent. The tag is in lower case as in the SDK; the sample has `Tag` `[INFER]`. */
export function smsDeliveryReport(
  report: DeliveryReport,
  publishedAt: Date,
  settings: EventSettings,
): SmsEvent {
  const { messageId, from, to, deliveryStatus, deliveryStatusDetails, deliveryAttempts, tag } = report;
  const isReversed = settings.attemptOrder === "oldest-first";
  const attempts = isReversed ? deliveryAttempts.toReversed() : deliveryAttempts;
  const data = {
    messageId,
    from: written(from, settings),
    // The sample has the plus here, and only here.
    to,
    deliveryStatus,
    deliveryStatusDetails:
      deliveryStatus === "Delivered" ? settings.deliveredReportText : deliveryStatusDetails,
    receivedTimestamp: timestamp(report.receivedTimestamp),
    deliveryAttempts: attempts.map((attempt) =>
      cased({ ...attempt, timestamp: timestamp(attempt.timestamp) }, settings),
    ),
    ...(tag === undefined ? {} : { tag }),
  };
  return {
    id: messageId,
    type: "Microsoft.Communication.SMSDeliveryReportReceived",
    subject: subjectOf(settings.reportSubject === "sender" ? from : to),
    publishedAt,
    data: cased(data, settings),
  };
}

/** An event in the schema of a webhook; the mapping between the two is documented, an SMS event as CloudEvent is not. */
export function inSchema(event: SmsEvent, schema: Target["schema"], topic: string): JsonObject {
  const { id, type, subject, data } = event;
  const time = timestamp(event.publishedAt);
  if (schema === "cloud-events") return { specversion: "1.0", type, source: topic, id, time, subject, data };
  const versions = { dataVersion: "1.0", metadataVersion: "1" };
  return { id, topic, subject, data, eventType: type, ...versions, eventTime: time };
}

/** UTC with seven fractional digits, as .NET writes it. */
export function timestamp(at: Date | string): string {
  return new Date(at).toISOString().replace("Z", "0000Z");
}

function written(number: string, { plusInEvents }: EventSettings): string {
  return plusInEvents ? number : number.replace("+", "");
}

function subjectOf(number: string): string {
  return `/phonenumber/${number.replace("+", "")}`;
}

function cased(data: JsonObject, { dataCase }: EventSettings): JsonObject {
  if (dataCase === "camel") return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key.slice(0, 1).toUpperCase() + key.slice(1), value]),
  );
}
