import { describe, expect, it } from "vitest";

import { parseSmsEvents } from "../../src/events/parse-sms-events.js";
import { canary, leakWatch } from "../support/canary.js";
import {
  cloudEvent,
  eventGrid,
  received,
  report,
  schemas,
  validation,
  withData,
  type Json,
} from "./samples.js";

/** A value that speaks of itself wherever a constructor's name is read. */
const speaking = { constructor: { name: canary.text }, [canary.text]: canary.numbers[0] };
const number = Number(canary.numbers[0]);

const wrongData: readonly (readonly [Json, string, string])[] = [
  [{ messageId: undefined }, "data.messageId", "a non-empty string, got undefined"],
  [{ messageId: null }, "data.messageId", "a non-empty string, got null"],
  [{ messageId: "" }, "data.messageId", "a non-empty string, got an empty string"],
  [{ messageId: number }, "data.messageId", "a non-empty string, got a number"],
  [{ messageId: [] }, "data.messageId", "a non-empty string, got an empty array"],
  [{ messageId: [canary.text] }, "data.messageId", "a non-empty string, got an array of 1"],
  [{ messageId: speaking }, "data.messageId", "a non-empty string, got an object"],
  [
    { messageId: { constructor: { name: { toString: 1 } } } },
    "data.messageId",
    "a non-empty string, got an object",
  ],
  [{ from: "" }, "data.from", "a phone number or sender, got an empty string"],
  [{ from: number }, "data.from", "a phone number or sender, got a number"],
  [{ to: "*" }, "data.to", "a phone number or sender, got a string of 1 characters"],
  [{ to: true }, "data.to", "a phone number or sender, got a boolean"],
  [
    { receivedTimestamp: canary.text },
    "data.receivedTimestamp",
    `a time in ISO 8601, got a string of ${canary.text.length} characters`,
  ],
];

const wrongMessages: typeof wrongData = [
  ...wrongData,
  [{ message: undefined }, "data.message", "a string, got undefined"],
  [{ message: speaking }, "data.message", "a string, got an object"],
  [{ segmentCount: "1" }, "data.segmentCount", "a whole number from 0, got a string of 1 characters"],
  [{ segmentCount: -1 }, "data.segmentCount", "a whole number from 0, got a number"],
  [{ segmentCount: number + 0.5 }, "data.segmentCount", "a whole number from 0, got a number"],
];

const attempt = { timestamp: "2020-09-18T00:22:14Z", segmentsSucceeded: 1, segmentsFailed: 0 };
const wrongReports: typeof wrongData = [
  ...wrongData,
  [{ deliveryStatus: undefined }, "data.deliveryStatus", '"Delivered" or "Failed", got undefined'],
  [
    { deliveryStatus: canary.text },
    "data.deliveryStatus",
    `"Delivered" or "Failed", got a string of ${canary.text.length} characters`,
  ],
  [{ deliveryStatusDetails: number }, "data.deliveryStatusDetails", "a string, got a number"],
  [{ tag: speaking }, "data.tag", "a string, got an object"],
  [{ deliveryAttempts: attempt }, "data.deliveryAttempts", "an array, got an object"],
  [{ deliveryAttempts: [attempt, number] }, "data.deliveryAttempts[1]", "an object, got a number"],
  [{ deliveryAttempts: [{}] }, "data.deliveryAttempts[0].timestamp", "a time in ISO 8601, got undefined"],
  [
    { deliveryAttempts: [{ ...attempt, SegmentsFailed: 0, segmentsFailed: "0" }] },
    "data.deliveryAttempts[0].segmentsFailed",
    "a whole number from 0, got a string of 1 characters",
  ],
];

const wrongEnvelopes: readonly (readonly [unknown, string, string])[] = [
  [null, "event", "an object, got null"],
  [number, "event", "an object, got a number"],
  [canary.text, "event", `an object, got a string of ${canary.text.length} characters`],
  [[eventGrid(received)], "event", "an object, got an array of 1"],
  [{}, "eventType", "a non-empty string, got undefined"],
  [{ ...eventGrid(received), eventType: "" }, "eventType", "a non-empty string, got an empty string"],
  [{ ...eventGrid(received), id: "" }, "id", "a non-empty string, got an empty string"],
  [{ ...eventGrid(received), subject: speaking }, "subject", "a string, got an object"],
  [{ ...eventGrid(received), data: null }, "data", "an object, got null"],
  [{ ...eventGrid(received), data: [received.data] }, "data", "an object, got an array of 1"],
  [
    { ...eventGrid(received), data: canary.text },
    "data",
    `an object, got a string of ${canary.text.length} characters`,
  ],
  [{ ...cloudEvent(received), specversion: "0.3" }, "specversion", '"1.0", got a string of 3 characters'],
  [{ ...cloudEvent(received), specversion: 1 }, "specversion", '"1.0", got a number'],
  [{ ...cloudEvent(received), type: undefined }, "type", "a non-empty string, got undefined"],
  [{ ...cloudEvent(received), id: number }, "id", "a non-empty string, got a number"],
  [
    eventGrid(withData(validation, { validationCode: undefined })),
    "data.validationCode",
    "a non-empty string, got undefined",
  ],
  [eventGrid(withData(validation, { validationUrl: 1 })), "data.validationUrl", "a string, got a number"],
];

/** Reads a malformed event between two good ones, which must not notice. */
function between(raw: unknown): unknown {
  const [before, read, after, ...others] = parseSmsEvents([eventGrid(received), raw, cloudEvent(report)]);
  expect(before).toMatchObject({ kind: "message", index: 0 });
  expect(after).toMatchObject({ kind: "delivery-report", index: 2 });
  expect(others).toHaveLength(0);
  if (read?.kind === "malformed") leakWatch.line("a malformed event", read.field, read.reason);
  return read;
}

describe("parseSmsEvents: malformed events", () => {
  describe.each(schemas)("in the schema %s", (schema, wrap) => {
    it.each(wrongMessages)("a message with %j", (changes, field, reason) => {
      const { id, type } = received;
      const raw = wrap(withData(received, changes));
      const whole = { kind: "malformed", index: 1, schema, id, type, field };
      expect(between(raw)).toStrictEqual({ ...whole, reason: `Expected \`${field}\` to be ${reason}.`, raw });
    });

    it.each(wrongReports)("a report with %j", (changes, field, reason) => {
      const { id, type } = report;
      const raw = wrap(withData(report, changes));
      const whole = { kind: "malformed", index: 1, schema, id, type, field };
      expect(between(raw)).toStrictEqual({ ...whole, reason: `Expected \`${field}\` to be ${reason}.`, raw });
    });
  });

  it.each(wrongEnvelopes)("the event %j", (raw, field, reason) => {
    expect(between(raw)).toMatchObject({
      kind: "malformed",
      index: 1,
      field,
      reason: `Expected \`${field}\` to be ${reason}.`,
      raw,
    });
  });

  it("has of the envelope what could be read", () => {
    expect(
      parseSmsEvents([{}, { id: 1, eventType: {} }, { id: "1" }, { specversion: "1.0", type: "t" }]),
    ).toStrictEqual([
      expect.not.objectContaining({ id: expect.anything() as unknown }),
      expect.not.objectContaining({ schema: expect.anything() as unknown }),
      expect.objectContaining({ id: "1", field: "eventType" }),
      expect.objectContaining({ schema: "cloud-events", type: "t", field: "id" }),
    ]);
  });
});

describe("parseSmsEvents: bodies", () => {
  it.each([
    [undefined, "undefined"],
    [null, "null"],
    [true, "a boolean"],
    [number, "a number"],
    ["", "an empty string"],
    [JSON.stringify(eventGrid(received)), /^a string of \d+ characters$/],
    [Buffer.from("[]"), "an object"],
    [() => [], "a function"],
  ])("%j is one malformed event", (body, got) => {
    const [read, ...others] = parseSmsEvents(body);
    expect(others).toHaveLength(0);
    expect(read).toStrictEqual({
      kind: "malformed",
      index: 0,
      field: "body",
      reason: expect.stringMatching(
        /^Expected `body` to be an event or an array of events, got .*\.$/,
      ) as unknown,
      raw: body,
    });
    const shown = read?.kind === "malformed" ? read.reason.replace(/^.* got (.*)\.$/, "$1") : "";
    expect(shown).toMatch(got);
  });

  it("an empty array has no events", () => {
    expect(parseSmsEvents([])).toStrictEqual([]);
  });

  it("one event needs no array", () => {
    for (const [, wrap] of schemas) {
      const event = wrap(received);
      expect(parseSmsEvents(event)).toStrictEqual(parseSmsEvents([event]));
    }
  });

  it("both schemas may come together, with types that are not about SMS", () => {
    const other = { ...received, type: "Microsoft.Communication.EmailDeliveryReportReceived", data: {} };
    const deleted = { ...validation, type: "Microsoft.EventGrid.SubscriptionDeletedEvent" };
    const events = [
      cloudEvent(other),
      eventGrid(received),
      eventGrid(deleted),
      cloudEvent(report),
      { ...eventGrid(other), data: null },
    ];
    expect(parseSmsEvents(events)).toMatchObject([
      { kind: "other", index: 0, schema: "cloud-events", id: other.id, type: other.type, raw: events[0] },
      { kind: "message", index: 1, schema: "event-grid" },
      { kind: "other", index: 2, schema: "event-grid", type: deleted.type },
      { kind: "delivery-report", index: 3, schema: "cloud-events" },
      { kind: "other", index: 4, type: other.type },
    ]);
  });
});
