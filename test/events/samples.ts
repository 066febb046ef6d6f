/*
 * The events that Microsoft shows, in both schemas and both casings. The numbers are theirs.
 */

/** Data of an event, or a whole event, as JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** An event before it is wrapped in a schema. */
export interface Sample {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly data: Json;
}

const resource =
  "/subscriptions/{sub}/resourceGroups/{rg}/providers/microsoft.communication/communicationservices/{res}";

export const received: Sample = {
  id: "Incoming_20200918002745d29ebbea-3341-4466-9690-0a03af35228e",
  type: "Microsoft.Communication.SMSReceived",
  time: "2020-09-18T00:27:47Z",
  subject: "/phonenumber/15555555555",
  data: {
    messageId: "Incoming_20200918002745d29ebbea-3341-4466-9690-0a03af35228e",
    from: "15555555555",
    to: "15555555555",
    message: "Great to connect with Azure Communication Services events",
    receivedTimestamp: "2020-09-18T00:27:45.32Z",
    segmentCount: 1,
  },
};

export const report: Sample = {
  id: "Outgoing_202009180022138813a09b-0cbf-4304-9b03-1546683bb910",
  type: "Microsoft.Communication.SMSDeliveryReportReceived",
  time: "2020-09-18T00:22:20Z",
  subject: "/phonenumber/15555555555",
  data: {
    messageId: "Outgoing_202009180022138813a09b-0cbf-4304-9b03-1546683bb910",
    from: "15555555555",
    to: "+15555555555",
    deliveryStatus: "Delivered",
    deliveryStatusDetails: "No error.",
    receivedTimestamp: "2020-09-18T00:22:20.2855749Z",
    deliveryAttempts: [
      { timestamp: "2020-09-18T00:22:14.9315918Z", segmentsSucceeded: 1, segmentsFailed: 0 },
    ],
    tag: "Optional customer-tag set in the original message",
  },
};

export const validation: Sample = {
  id: "2d1781af-3a4c-4d7c-bd0c-e34b19da4e66",
  type: "Microsoft.EventGrid.SubscriptionValidationEvent",
  time: "2022-10-28T04:23:35.1981776Z",
  subject: "",
  data: {
    validationCode: "512d38b6-c7b8-40c8-89fe-f46f9e9622b6",
    validationUrl:
      "https://rp-eastus2.eventgrid.azure.net:553/eventsubscriptions/myeventsub/validate?id=1&t=2022-10-28T04:23:35.1981776Z&apiVersion=2018-05-01-preview&token=1A1A1A1A",
  },
};

/** In Event Grid's own schema. */
export function eventGrid({ id, type, time, subject, data }: Sample): Json {
  return {
    id,
    topic: resource,
    subject,
    data,
    eventType: type,
    dataVersion: "1.0",
    metadataVersion: "1",
    eventTime: time,
  };
}

/** In CloudEvents 1.0. */
export function cloudEvent({ id, type, time, subject, data }: Sample): Json {
  return { specversion: "1.0", type, source: resource, id, time, subject, data };
}

export const schemas: readonly (readonly ["event-grid" | "cloud-events", (sample: Sample) => Json])[] = [
  ["event-grid", eventGrid],
  ["cloud-events", cloudEvent],
];

/** A sample whose data has other values; `undefined` takes a field away. */
export function withData(sample: Sample, changes: Json): Sample {
  return { ...sample, data: JSON.parse(JSON.stringify({ ...sample.data, ...changes })) as Json };
}

/** How names were written: camelCase by the models of the SDK, with `Tag` on the page since 2025, PascalCase before. */
export const casings: readonly (readonly [name: string, (key: string) => string])[] = [
  ["camelCase", (key) => key],
  ["camelCase with Tag", (key) => (key === "tag" ? "Tag" : key)],
  ["PascalCase", (key) => key.charAt(0).toUpperCase() + key.slice(1)],
  ["lower case", (key) => key.toLowerCase()],
];

/** A value of JSON with every name in it written anew. */
export function respelled(value: unknown, spell: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => respelled(item, spell));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [spell(key), respelled(item, spell)]));
}

/** A sample whose data is spelt in another case. */
export function spelt(sample: Sample, spell: (key: string) => string): Sample {
  return { ...sample, data: respelled(sample.data, spell) as Json };
}
