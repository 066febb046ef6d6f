import { EventGridDeserializer } from "@azure/eventgrid";
import { describe, expect, it } from "vitest";

import { parseSmsEvents } from "../../src/events/parse-sms-events.js";
import { casings, cloudEvent, eventGrid, received, report, schemas, spelt, validation } from "./samples.js";
import type { Sample } from "./samples.js";

const variants = schemas.flatMap(([schema, wrap]) =>
  casings.map(([casing, spell]) => ({
    schema,
    casing,
    event: (sample: Sample) => wrap(spelt(sample, spell)),
  })),
);

describe.each(variants)("parseSmsEvents of a sample in $schema, data in $casing", ({ schema, event }) => {
  it("reads a message", () => {
    const raw = event(received);
    expect(parseSmsEvents([raw])).toStrictEqual([
      {
        kind: "message",
        index: 0,
        schema,
        id: received.id,
        type: received.type,
        subject: "/phonenumber/15555555555",
        eventAt: new Date("2020-09-18T00:27:47Z"),
        message: {
          messageId: received.id,
          from: "+15555555555",
          to: "+15555555555",
          message: "Great to connect with Azure Communication Services events",
          receivedAt: new Date("2020-09-18T00:27:45.320Z"),
          segmentCount: 1,
        },
        raw,
      },
    ]);
  });

  it("reads a delivery report", () => {
    const raw = event(report);
    expect(parseSmsEvents([raw])).toStrictEqual([
      {
        kind: "delivery-report",
        index: 0,
        schema,
        id: report.id,
        type: report.type,
        subject: "/phonenumber/15555555555",
        eventAt: new Date("2020-09-18T00:22:20Z"),
        report: {
          messageId: report.id,
          from: "+15555555555",
          to: "+15555555555",
          status: "delivered",
          details: "No error.",
          attempts: [{ at: new Date("2020-09-18T00:22:14.931Z"), segmentsSucceeded: 1, segmentsFailed: 0 }],
          receivedAt: new Date("2020-09-18T00:22:20.285Z"),
          tag: "Optional customer-tag set in the original message",
        },
        raw,
      },
    ]);
  });

  it("reads a subscription's validation", () => {
    const raw = event(validation);
    expect(parseSmsEvents([raw])).toStrictEqual([
      {
        kind: "validation",
        index: 0,
        schema,
        id: validation.id,
        type: validation.type,
        subject: "",
        validationCode: "512d38b6-c7b8-40c8-89fe-f46f9e9622b6",
        validationUrl: validation.data["validationUrl"],
        raw,
      },
    ]);
  });
});

describe("parseSmsEvents and the official EventGridDeserializer", () => {
  const official = new EventGridDeserializer();
  const samples = [received, report, validation];

  it("read the same values from Event Grid's schema", async () => {
    const body = samples.map(eventGrid);
    const theirs = await official.deserializeEventGridEvents(structuredClone(body) as never);
    const read = theirs.map(({ id, eventType: type, subject, eventTime, data }) =>
      valuesOf({ id, type, subject, time: eventTime, data: data as OfficialData }),
    );
    expect(ourValues(parseSmsEvents(body))).toStrictEqual(read);
  });

  it("read the same values from CloudEvents", async () => {
    const body = samples.map(cloudEvent);
    const theirs = await official.deserializeCloudEvents(structuredClone(body) as never);
    const read = theirs.map(({ id, type, subject, time, data }) =>
      valuesOf({ id, type, subject, time, data: data as OfficialData }),
    );
    expect(ourValues(parseSmsEvents(body))).toStrictEqual(read);
  });

  it("go together: what it has read can be given on", async () => {
    const theirs = [
      ...(await official.deserializeEventGridEvents(samples.map(eventGrid) as never)),
      ...(await official.deserializeCloudEvents(samples.map(cloudEvent) as never)),
    ];
    const ours = parseSmsEvents([...samples.map(eventGrid), ...samples.map(cloudEvent)]);
    expect(parseSmsEvents(theirs).map(withoutRaw)).toStrictEqual(ours.map(withoutRaw));
  });
});

/** The data of the three samples by the official models. */
type OfficialData = Readonly<Record<string, string>> & {
  readonly deliveryAttempts?: readonly {
    readonly timestamp: string;
    readonly segmentsSucceeded: number;
    readonly segmentsFailed: number;
  }[];
};

/** All that an event says, under the official names. */
function valuesOf(event: {
  id: string;
  type: string;
  subject: string | undefined;
  time: Date | undefined;
  data: OfficialData;
}): object {
  const { id, type, subject, time, data } = event;
  if (data["validationCode"] !== undefined) return { id, type, subject, data };
  const attempts = data.deliveryAttempts?.map((attempt) => ({
    ...attempt,
    timestamp: atOf(attempt.timestamp),
  }));
  return {
    id,
    type,
    subject,
    time,
    data: {
      ...data,
      from: `+${data["from"]}`,
      to: `+${data["to"]?.replace("+", "")}`,
      receivedTimestamp: atOf(data["receivedTimestamp"]),
      ...(attempts !== undefined && { deliveryAttempts: attempts }),
    },
  };
}

function atOf(time: string | undefined): Date {
  return new Date(time ?? Number.NaN);
}

/** Our events under the official names. */
function ourValues(events: ReturnType<typeof parseSmsEvents>): unknown[] {
  return events.map((event) => {
    if (event.kind === "malformed" || event.kind === "other") return event;
    const { id, type, subject } = event;
    if (event.kind === "validation") {
      const { validationCode, validationUrl } = event;
      return { id, type, subject, data: { validationCode, validationUrl } };
    }
    const data = event.kind === "message" ? messageData(event.message) : reportData(event.report);
    return { id, type, subject, time: event.eventAt, data };
  });
}

type Read = ReturnType<typeof parseSmsEvents>[number];

function messageData({ receivedAt, ...message }: Extract<Read, { kind: "message" }>["message"]): object {
  return { ...message, receivedTimestamp: receivedAt };
}

function reportData(read: Extract<Read, { kind: "delivery-report" }>["report"]): object {
  const { status, details, attempts, receivedAt, ...rest } = read;
  return {
    ...rest,
    deliveryStatus: status === "delivered" ? "Delivered" : "Failed",
    deliveryStatusDetails: details,
    deliveryAttempts: attempts.map(({ at, ...segments }) => ({ timestamp: at, ...segments })),
    receivedTimestamp: receivedAt,
  };
}

function withoutRaw(event: Read): object {
  return { ...event, raw: undefined };
}
