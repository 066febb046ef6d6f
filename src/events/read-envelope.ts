import * as z from "zod";

import { checkFields, fieldNames, hasFields, pickFields, type Fields } from "./read-fields.js";
import { MalformedField } from "./read-malformed-field.js";
import { anyText, nonEmptyText } from "./read-types.js";
import type { MalformedEvent, SmsEventEnvelope, SmsEventSchema } from "./sms-event.js";

/** An envelope that was opened: what is known of every event, and where its time and data are. */
export interface OpenedEvent {
  readonly envelope: SmsEventEnvelope;
  readonly fields: Fields;
}

interface EnvelopeFields {
  id: string;
  subject?: string | null | undefined;
}
type EventGridFields = EnvelopeFields & { eventType: string };
type CloudEventFields = EnvelopeFields & { specversion: "1.0"; type: string };

const sharedNames = ["id", "subject", "data"];
const eventGridNames = ["eventType", "eventTime", "topic", "dataVersion", "metadataVersion"];
const cloudEventNames = ["specversion", "type", "time", "data_base64", "source", "datacontenttype"];
const names = fieldNames(...sharedNames, ...eventGridNames, ...cloudEventNames);

const eventGridFields: z.ZodType<EventGridFields> = z.object({
  eventType: nonEmptyText,
  id: nonEmptyText,
  subject: anyText.nullish(),
});
const cloudEventFields: z.ZodType<CloudEventFields> = z.object({
  specversion: z.literal("1.0", { error: '"1.0"' }),
  type: nonEmptyText,
  id: nonEmptyText,
  subject: anyText.nullish(),
});

/** Reads what is around the data of an event. */
export function openEvent(raw: unknown, index: number): OpenedEvent {
  if (!hasFields(raw)) throw new MalformedField("event", "an object", raw);
  const fields = pickFields(raw, names);
  // What is of neither schema is looked at as of Event Grid's own, which is the default.
  const schema = schemaOf(fields) ?? "event-grid";
  const { id, type, subject } = checkedEnvelope(fields, schema);
  const envelope = { index, schema, id, type, ...(typeof subject === "string" && { subject }), raw };
  return { envelope, fields };
}

/** What can be told of an event that is malformed. */
export function glance(raw: unknown): Pick<MalformedEvent, "schema" | "id" | "type"> {
  if (!hasFields(raw)) return {};
  const fields = pickFields(raw, names);
  const schema = schemaOf(fields);
  const { id } = fields;
  const type = fields[schema === "cloud-events" ? "type" : "eventType"];
  return {
    ...(schema !== undefined && { schema }),
    ...(typeof id === "string" && id !== "" && { id }),
    ...(typeof type === "string" && type !== "" && { type }),
  };
}

function schemaOf({ specversion, eventType }: Fields): SmsEventSchema | undefined {
  if (specversion !== undefined && specversion !== null) return "cloud-events";
  return typeof eventType === "string" ? "event-grid" : undefined;
}

function checkedEnvelope(fields: Fields, schema: SmsEventSchema): EnvelopeFields & { type: string } {
  if (schema === "cloud-events") return checkFields(cloudEventFields, fields, "");
  const { id, eventType, subject } = checkFields(eventGridFields, fields, "");
  return { id, type: eventType, subject };
}
