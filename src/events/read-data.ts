import { readBase64Json } from "./read-base64-json.js";
import type { OpenedEvent } from "./read-envelope.js";
import { checkField, hasFields, pickFields, type FieldNames, type Fields } from "./read-fields.js";
import { MalformedField } from "./read-malformed-field.js";
import { readTime, time } from "./read-types.js";

/** When an event was made, and when what it tells of was received. */
export interface EventTimes {
  readonly eventAt: Date;
  readonly receivedAt: Date;
}

const optionalTime = time.nullish();

/** The fields of an event's data. CloudEvents may carry it as `data_base64`, though no SMS event is known that does. */
export function dataFields({ fields }: OpenedEvent, names: FieldNames): Fields {
  const { data, data_base64: encoded } = fields;
  const value = typeof encoded === "string" && (data ?? null) === null ? readBase64Json(encoded) : data;
  if (!hasFields(value)) throw new MalformedField("data", "an object", value);
  return pickFields(value, names);
}

/**
 * The times of an event. CloudEvents may lack `time`, and the data `receivedTimestamp`: then one stands for the other,
 * so that an event delivered again is the same fact. An event with neither would be as new as its last delivery.
 */
export function eventTimes({ envelope, fields }: OpenedEvent, receivedAt: Date | undefined): EventTimes {
  const name = envelope.schema === "cloud-events" ? "time" : "eventTime";
  const eventAt = readTime(checkField(optionalTime, fields[name], name)) ?? receivedAt;
  if (eventAt === undefined) throw new MalformedField(name, "a time in ISO 8601", fields[name]);
  return { eventAt, receivedAt: receivedAt ?? eventAt };
}
