import type { SmsDeliveryReport } from "../transport/delivery-report.js";

/** How Event Grid wrapped an event: in its own schema, or in CloudEvents 1.0. */
export type SmsEventSchema = "event-grid" | "cloud-events";

/** A text that a person sent to one of your numbers. `SuppressionList.handleMessage` takes it as it is. */
export interface SmsInboundMessage {
  /** The service's id of it. */
  readonly messageId: string;
  /** The person: E.164 with `+`, also where the event came without. */
  readonly from: string;
  /** Your number that was texted: E.164 with `+`, or a short code. */
  readonly to: string;
  /** The whole text, as it was typed; it may be empty. */
  readonly message: string;
  /** When the service received it, to the millisecond; where it does not say, the time of the event. */
  readonly receivedAt: Date;
  /** How many segments it took. */
  readonly segmentCount?: number;
}

/** What every event has that could be read. */
export interface SmsEventEnvelope {
  /** Its place in the body, from 0. */
  readonly index: number;
  readonly schema: SmsEventSchema;
  /** The same when it is delivered again; in all known samples of the two SMS events it is the message id. */
  readonly id: string;
  /** As it came, such as `Microsoft.Communication.SMSReceived`. */
  readonly type: string;
  /** `/phonenumber/` and digits, in the two SMS events. */
  readonly subject?: string;
  /** The event as it came, no copy, with what has no name here. It holds phone numbers and texts. */
  readonly raw: unknown;
}

/** A person has sent a text to one of your numbers (`Microsoft.Communication.SMSReceived`). */
export interface SmsMessageEvent extends SmsEventEnvelope {
  readonly kind: "message";
  /** When the event was made; where it does not say, when the message was received. */
  readonly eventAt: Date;
  readonly message: SmsInboundMessage;
}

/** A carrier has told what became of a text of yours (`Microsoft.Communication.SMSDeliveryReportReceived`). */
export interface SmsDeliveryReportEvent extends SmsEventEnvelope {
  readonly kind: "delivery-report";
  /** When the event was made; where it does not say, when the report was received. */
  readonly eventAt: Date;
  /**
   * `SuppressionList.handleDeliveryReport` takes it as it is. Numbers are written in E.164 with `+`, and where the
   * event has no `receivedTimestamp`, `receivedAt` is the time of the event.
   */
  readonly report: SmsDeliveryReport;
  /** What Microsoft says that `report.code` means; absent for a code it does not list. */
  readonly codeMeaning?: string;
}

/** Event Grid asks whether you want its events (`Microsoft.EventGrid.SubscriptionValidationEvent`). */
export interface SubscriptionValidationEvent extends SmsEventEnvelope {
  readonly kind: "validation";
  /** To be answered as `{ "validationResponse": validationCode }` with 200, within 30 seconds. */
  readonly validationCode: string;
  /** To be fetched instead, within 10 minutes. */
  readonly validationUrl?: string;
}

/** An event of a type that is not about SMS. */
export interface OtherEvent extends SmsEventEnvelope {
  readonly kind: "other";
}

/** An event that could not be read. Of its envelope it has what could. */
export interface MalformedEvent {
  readonly kind: "malformed";
  /** Its place in the body, from 0. */
  readonly index: number;
  readonly schema?: SmsEventSchema;
  readonly id?: string;
  readonly type?: string;
  /** The field that is wrong, by its documented name: such as `data.messageId`; `event` or `body` for the whole. */
  readonly field: string;
  /** What was expected of it, and what kind of value came. Safe to log: it shows no content. */
  readonly reason: string;
  /** The event as it came, no copy. It may hold phone numbers and texts. */
  readonly raw: unknown;
}

/** One event of a webhook's body, by its `kind`. */
export type SmsEvent =
  | SmsMessageEvent
  | SmsDeliveryReportEvent
  | SubscriptionValidationEvent
  | OtherEvent
  | MalformedEvent;
