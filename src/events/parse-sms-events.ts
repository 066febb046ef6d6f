import { readDeliveryReportEvent } from "./read-delivery-report.js";
import { glance, openEvent, type OpenedEvent } from "./read-envelope.js";
import { hasFields } from "./read-fields.js";
import { MalformedField } from "./read-malformed-field.js";
import { readMessageEvent } from "./read-message.js";
import { readValidationEvent } from "./read-validation.js";
import type { MalformedEvent, SmsEvent } from "./sms-event.js";

type Reader = (event: OpenedEvent) => SmsEvent;

/** By type in lower case, since an event that is not recognised would pass silently. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["microsoft.communication.smsreceived", readMessageEvent],
  ["microsoft.communication.smsdeliveryreportreceived", readDeliveryReportEvent],
  ["microsoft.eventgrid.subscriptionvalidationevent", readValidationEvent],
]);

/**
 * Reads the body of an Event Grid webhook, as `JSON.parse` gives it: one event or an array, in Event Grid's schema or
 * CloudEvents 1.0.
 *
 * One result for each event, in order. It never throws for a JSON value: what cannot be read is `malformed` and harms
 * none of its neighbours, a type that is not about SMS is `other`, and a body that is neither an object nor an array is
 * one `malformed`.
 *
 * - Names are read in any case (`messageId`, `MessageId`); `null` is as good as no value where a field is optional.
 * - Numbers become E.164 whether they come with `+` or not; up to 6 digits are a short code.
 * - Times may have any number of fractional digits; they are cut to milliseconds. Without a zone they are UTC.
 *
 * An event is a stranger's word until its sender is authorised, since Event Grid signs nothing.
 */
export function parseSmsEvents(body: unknown): SmsEvent[] {
  if (Array.isArray(body)) return body.map((event: unknown, index) => parseEvent(event, index));
  if (hasFields(body)) return [parseEvent(body, 0)];
  const { field, message: reason } = new MalformedField("body", "an event or an array of events", body);
  return [{ kind: "malformed", index: 0, field, reason, raw: body }];
}

function parseEvent(raw: unknown, index: number): SmsEvent {
  try {
    const event = openEvent(raw, index);
    const read = readers.get(event.envelope.type.toLowerCase());
    return read === undefined ? { ...event.envelope, kind: "other" } : read(event);
  } catch (error) {
    if (error instanceof MalformedField) return malformedEvent(error, raw, index);
    throw error;
  }
}

function malformedEvent(error: MalformedField, raw: unknown, index: number): MalformedEvent {
  const { field, message: reason } = error;
  return { kind: "malformed", index, ...glance(raw), field, reason, raw };
}
