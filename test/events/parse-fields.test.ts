import { describe, expect, it } from "vitest";

import { parseSmsEvents } from "../../src/events/parse-sms-events.js";
import { deliveryCodeMeaning } from "../../src/events/read-delivery-code.js";
import type { SmsDeliveryReportEvent, SmsEvent, SmsMessageEvent } from "../../src/events/sms-event.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { canary } from "../support/canary.js";
import { cloudEvent, eventGrid, received, report, withData, type Json } from "./samples.js";

const [person] = canary.numbers;
const sender = "+18005551234";

function readOne(event: unknown): SmsEvent {
  const [read, ...others] = parseSmsEvents(event);
  if (read === undefined || others.length > 0) throw new Error("one event was not read as one");
  return read;
}

function message(changes: Json): SmsMessageEvent {
  const read = readOne(eventGrid(withData(received, changes)));
  if (read.kind !== "message") throw new Error(JSON.stringify(read));
  return read;
}

function delivery(changes: Json): SmsDeliveryReportEvent {
  const read = readOne(eventGrid(withData(report, changes)));
  if (read.kind !== "delivery-report") throw new Error(JSON.stringify(read));
  return read;
}

describe("parseSmsEvents: addresses", () => {
  it.each([
    ["15555555555", "+15555555555"],
    ["+15555555555", "+15555555555"],
    ["+1 (555) 555-5555", "+15555555555"],
    [" 447700900123 ", "+447700900123"],
    ["12345", "12345"],
    ["123456", "123456"],
    ["1234567", "+1234567"],
    [" Contoso ", "Contoso"],
  ])("reads %j as %j", (written, address) => {
    expect(message({ from: written, to: written }).message).toMatchObject({ from: address, to: address });
    expect(delivery({ from: written, to: written }).report).toMatchObject({ from: address, to: address });
  });

  it.each([
    "",
    " ",
    "*",
    " * ",
    "+",
    "()",
    "\u200b",
    "1".repeat(257),
    null,
    15555555555,
    ["+15555555555"],
    {},
  ])("refuses %j", (address) => {
    for (const field of ["from", "to"]) {
      const read = parseSmsEvents([
        eventGrid(withData(received, { [field]: address })),
        eventGrid(withData(report, { [field]: address })),
      ]);
      expect(read).toMatchObject([
        { kind: "malformed", field: `data.${field}` },
        { kind: "malformed", field: `data.${field}` },
      ]);
    }
  });
});

describe("parseSmsEvents: times", () => {
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 9];

  it.each(digits)("reads %i fractional digits", (count) => {
    const fraction = count === 0 ? "" : `.${"987654321".slice(0, count)}`;
    const written = `2020-09-18T00:27:45${fraction}Z`;
    const at = new Date(Date.UTC(2020, 8, 18, 0, 27, 45, Number("987".slice(0, count).padEnd(3, "0"))));
    expect(message({ receivedTimestamp: written }).message.receivedAt).toStrictEqual(at);
    expect(delivery({ receivedTimestamp: written }).report.receivedAt).toStrictEqual(at);
    expect(delivery({ deliveryAttempts: [{ timestamp: written }] }).report.attempts[0]?.at).toStrictEqual(at);
    expect(readOne({ ...eventGrid(received), eventTime: written })).toMatchObject({ eventAt: at });
    expect(readOne({ ...cloudEvent(received), time: written })).toMatchObject({ eventAt: at });
  });

  it.each([
    ["2020-09-18T02:27:45+02:00", "2020-09-18T00:27:45Z"],
    ["2020-09-18T00:27:45-00:30", "2020-09-18T00:57:45Z"],
    ["2020-09-18T00:27:45.32", "2020-09-18T00:27:45.320Z"],
  ])("reads %s as %s", (written, utc) => {
    expect(message({ receivedTimestamp: written }).message.receivedAt).toStrictEqual(new Date(utc));
  });

  it.each([
    "",
    "yesterday",
    "2020-09-18",
    "2020-02-30T00:00:00Z",
    "2020-09-18T25:00:00Z",
    "18/09/2020 00:27:45",
    1_600_388_865_000,
    {},
  ])("refuses %j", (time) => {
    const malformed = (field: string): object => ({ kind: "malformed", field });
    expect(
      parseSmsEvents([
        eventGrid(withData(received, { receivedTimestamp: time })),
        eventGrid(withData(report, { receivedTimestamp: time })),
        eventGrid(withData(report, { deliveryAttempts: [{ timestamp: time }] })),
        { ...eventGrid(received), eventTime: time },
        { ...cloudEvent(received), time },
      ]),
    ).toMatchObject([
      malformed("data.receivedTimestamp"),
      malformed("data.receivedTimestamp"),
      malformed("data.deliveryAttempts[0].timestamp"),
      malformed("eventTime"),
      malformed("time"),
    ]);
  });

  it.each([undefined, null, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00"])(
    "takes the event's time where `receivedTimestamp` is %j",
    (receivedTimestamp) => {
      expect(message({ receivedTimestamp }).message.receivedAt).toStrictEqual(new Date(received.time));
      expect(delivery({ receivedTimestamp }).report.receivedAt).toStrictEqual(new Date(report.time));
    },
  );

  it("takes the time of receipt for an event without one, and refuses one with neither", () => {
    const { time: _, ...timeless } = cloudEvent(received);
    const receivedAt = new Date("2020-09-18T00:27:45.320Z");
    expect(readOne(timeless)).toMatchObject({ eventAt: receivedAt, message: { receivedAt } });
    const { time: __, ...neither } = cloudEvent(withData(received, { receivedTimestamp: undefined }));
    expect(readOne(neither)).toMatchObject({ kind: "malformed", field: "time" });
  });

  it("leaves out an attempt whose time was never set", () => {
    const deliveryAttempts = [{ timestamp: "0001-01-01T00:00:00Z", segmentsFailed: 1 }];
    expect(delivery({ deliveryAttempts }).report.attempts).toStrictEqual([]);
  });
});

describe("parseSmsEvents: a message", () => {
  it("may be empty, and may lack its segments", () => {
    const { message: read } = message({ message: "", segmentCount: undefined });
    expect(read.message).toBe("");
    expect(Object.keys(read)).not.toContain("segmentCount");
  });

  it("goes to the suppression list as it is", async () => {
    const suppression = new SuppressionList(new MemorySuppressionStore());
    const stop = message({ from: person.slice(1), to: sender, message: "Stop" });
    await expect(suppression.handleMessage(stop.message)).resolves.toMatchObject({
      intent: "opt-out",
      changed: true,
    });
    const [decision] = await suppression.check(sender, [person]);
    expect(decision).toMatchObject({ suppressed: true, entry: { at: stop.message.receivedAt } });
    // Delivered again, it is the same fact.
    const again = message({ from: person, to: sender.slice(1), message: "Stop" });
    await expect(suppression.handleMessage(again.message)).resolves.toMatchObject({ changed: false });
  });
});

describe("parseSmsEvents: a delivery report", () => {
  it.each([
    ["2000: No Error", 2000],
    ["4007: The Destination/To number opted out of receiving messages from you.", 4007],
    ["4005", 4005],
    ["1234 is not listed", 1234],
    ["Sender blocked for given recipient.", undefined],
    ["40071 is no code", undefined],
    [" 4007", undefined],
    ["No error.", undefined],
    ["", undefined],
  ])("reads the code of %j as %j", (deliveryStatusDetails, code) => {
    const read = delivery({ deliveryStatus: "Failed", deliveryStatusDetails });
    expect(read.report).toMatchObject({ status: "failed", details: deliveryStatusDetails });
    expect(read.report.code).toBe(code);
    expect(read.codeMeaning).toBe(code === undefined ? undefined : deliveryCodeMeaning(code));
  });

  it("tells what a code means, where Microsoft does", () => {
    expect(deliveryCodeMeaning(4007)).toBe("The recipient has opted out of receiving messages from you.");
    expect(deliveryCodeMeaning(1234)).toBeUndefined();
    expect(deliveryCodeMeaning(Number.NaN)).toBeUndefined();
  });

  it("gives the attempts newest first, whatever their spelling", () => {
    const deliveryAttempts = [
      { timestamp: "2020-09-18T00:22:14Z", segmentsSucceeded: 0, segmentsFailed: 2 },
      { Timestamp: "2020-09-18T00:22:16Z", SegmentsSucceeded: 2, SegmentsFailed: null },
      { TIMESTAMP: "2020-09-18T00:22:15Z" },
    ];
    expect(delivery({ deliveryAttempts }).report.attempts).toStrictEqual([
      { at: new Date("2020-09-18T00:22:16Z"), segmentsSucceeded: 2, segmentsFailed: 0 },
      { at: new Date("2020-09-18T00:22:15Z"), segmentsSucceeded: 0, segmentsFailed: 0 },
      { at: new Date("2020-09-18T00:22:14Z"), segmentsSucceeded: 0, segmentsFailed: 2 },
    ]);
  });

  it("leaves out what is not there", () => {
    const absent = {
      deliveryStatusDetails: null,
      deliveryAttempts: null,
      tag: null,
      receivedTimestamp: null,
    };
    expect(delivery(absent).report).toStrictEqual({
      messageId: report.id,
      from: "+15555555555",
      to: "+15555555555",
      status: "delivered",
      attempts: [],
      receivedAt: new Date(report.time),
    });
  });

  it.each(["Sender blocked for given recipient.", "4007: opted out"])(
    "goes to the suppression list as it is: %s",
    async (deliveryStatusDetails) => {
      const suppression = new SuppressionList(new MemorySuppressionStore());
      const blocked = { from: sender.slice(1), to: person, deliveryStatus: "Failed", deliveryStatusDetails };
      const { report: read } = delivery(blocked);
      await expect(suppression.handleDeliveryReport(read)).resolves.toStrictEqual({
        revealed: true,
        changed: true,
      });
      const [decision] = await suppression.check(sender, [person]);
      expect(decision).toMatchObject({ suppressed: true, entry: { at: read.attempts[0]?.at } });
    },
  );
});

describe("parseSmsEvents: names", () => {
  it("prefers the documented spelling, then the first", () => {
    expect(message({ MESSAGE: "third", Message: "second", message: "first" }).message.message).toBe("first");
    expect(message({ message: undefined, MESSAGE: "first", Message: "second" }).message.message).toBe(
      "first",
    );
  });

  it("reads an envelope in another case too, and a type", () => {
    const { eventType: _, eventTime: __, data: ___, ...rest } = eventGrid(received);
    const respelt = {
      ...rest,
      EventType: received.type.toUpperCase(),
      EventTime: received.time,
      Data: received.data,
    };
    expect(readOne(respelt)).toMatchObject({ kind: "message", schema: "event-grid" });
  });

  it("keeps what it does not know", () => {
    const raw = {
      ...eventGrid(withData(received, { carrier: "Contoso" })),
      deadLetterReason: "UndeliverableDueToHttpCodes",
    };
    const read = readOne(raw);
    expect(read.kind).toBe("message");
    expect(read.raw).toBe(raw);
  });
});

describe("parseSmsEvents: data_base64", () => {
  const { data, ...event } = cloudEvent(received);
  const encode = (text: string): string => Buffer.from(text).toString("base64");

  it("is read where there is no data", () => {
    const encoded = { ...event, data_base64: encode(JSON.stringify(data)) };
    expect(readOne(encoded)).toStrictEqual({ ...readOne({ ...event, data }), raw: encoded });
  });

  it.each(["", "not JSON", "{"])("is refused where it holds %j", (text) => {
    expect(readOne({ ...event, data_base64: encode(text) })).toMatchObject({
      kind: "malformed",
      field: "data_base64",
    });
  });

  it("is refused where it holds no object", () => {
    expect(readOne({ ...event, data_base64: encode("[]") })).toMatchObject({
      kind: "malformed",
      field: "data",
    });
  });
});
