import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseSmsEvents } from "../../src/events/parse-sms-events.js";
import type { SmsEvent } from "../../src/events/sms-event.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { canary } from "../support/canary.js";
import {
  casings,
  cloudEvent,
  eventGrid,
  received,
  report,
  respelled,
  schemas,
  validation,
  withData,
} from "./samples.js";

/*
 * Whatever comes, there is one result for each event, in order, and neighbours are read (promises 4 and 6 of the
 * design). Every body here has been through JSON, as a webhook's has.
 */

const samples = [received, report, validation].flatMap((sample) => schemas.map(([, wrap]) => wrap(sample)));

const namesOfMembers = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "toJSON",
  "length",
  "",
];
const otherNames = ["data_base64", "Tag", "FROM", "timestamp", "segmentsFailed"];
const names = [
  ...namesOfMembers,
  ...otherNames,
  ...samples.flatMap((sample) => [...Object.keys(sample), ...Object.keys(sample["data"] as object)]),
];

const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "",
    "*",
    "1.0",
    "0001-01-01T00:00:00Z",
    "2020-09-18T00:22:20.2855749Z",
    "Delivered",
    canary.text,
  ),
  fc.constantFrom(
    "4007: x",
    "STOP",
    "e30=",
    ...canary.numbers,
    ...samples.map((sample) => String(sample["eventType"])),
  ),
);

/** Any JSON, with the names that matter in it more often than chance would have it. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    texts,
    fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 14255550123),
    fc.array(tie("json"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), tie("json")), { maxLength: 6 })
      .map((fields) => parsedObject(fields)),
  ),
}));

/** What `JSON.parse` gives, where `__proto__` is a name like any other. */
function parsedObject(fields: readonly (readonly [string, unknown])[]): unknown {
  return JSON.parse(
    `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
  );
}

/** A sample with some of its fields, at any depth, replaced, removed, respelt or joined by others. */
const mutated = fc
  .record({
    sample: fc.constantFrom(...samples),
    edits: fc.array(
      fc.tuple(fc.nat(), fc.constantFrom("set", "delete", "add"), fc.constantFrom(...names), json),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    spell: fc.constantFrom(...casings.map(([, spell]) => spell)),
  })
  .map(({ sample, edits, spell }) => {
    const event = respelled(sample, spell);
    // Of each value a copy: two edits may have drawn the very same one, which would then hold itself.
    for (const [at, edit, name, value] of edits) mutate(event, at, edit, name, structuredClone(value));
    return JSON.parse(JSON.stringify(event)) as unknown;
  });

function mutate(event: unknown, at: number, edit: string, name: string, value: unknown): void {
  const places = placesIn(event);
  const place = places[at % places.length];
  if (place === undefined) return;
  const [holder, key] = place;
  if (Array.isArray(holder) && name === "length") return;
  if (edit === "delete") Reflect.deleteProperty(holder, key);
  else Object.defineProperty(holder, edit === "set" ? key : name, { value, ...ordinary });
}

const ordinary = { enumerable: true, writable: true, configurable: true };

function placesIn(value: unknown): (readonly [object, string])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[value, key] as const, ...placesIn(item)]);
}

/** What is wrong with results, of which each must be in its place and show nothing that it should not. */
function faultsOf(read: readonly SmsEvent[], raws: readonly unknown[]): string[] {
  const faults = read.flatMap((event, index) => {
    if (event.index !== index || event.raw !== raws[index]) return [`${index} is not in its place`];
    if (event.kind !== "malformed") return event.id === "" ? [`${index} has no id`] : [];
    return isSilent(event.field, event.reason) ? [] : [`${index}: ${event.field}: ${event.reason}`];
  });
  return read.length === raws.length ? faults : [...faults, `${read.length} results of ${raws.length}`];
}

const field = /^(event|body|[a-zA-Z_\d]+|data\.\w+(\[\d+\](\.\w+)?)?)$/;
const something = "null|undefined|an? \\w+|an empty \\w+|a string of \\d+ characters|an array of \\d+";
const reason = new RegExp(`^Expected \`[\\w.[\\]]+\` to be [\\w "'.-]+, got (${something})\\.$`);

function isSilent(shownField: string, shown: string): boolean {
  return field.test(shownField) && reason.test(shown) && !/canary|1425555/.test(shown);
}

describe("parseSmsEvents never throws, and gives one result per event in order", () => {
  it("for any JSON", () => {
    fc.assert(
      fc.property(fc.oneof(json, fc.jsonValue()), (body) => {
        expect(faultsOf(parseSmsEvents(body), Array.isArray(body) ? body : [body])).toStrictEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("for samples that were changed, among whole ones", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(mutated, json, fc.constantFrom(...samples)), { maxLength: 5 }),
        (events) => {
          const body = events.flatMap((event) => [event, eventGrid(received)]);
          const read = parseSmsEvents(body);
          expect(faultsOf(read, body)).toStrictEqual([]);
          const neighbours = read.filter((_, index) => index % 2 === 1);
          expect(neighbours.map(({ kind }) => kind)).toStrictEqual(events.map(() => "message"));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("for samples cut off anywhere, where that is still JSON", () => {
    for (const sample of samples) {
      const text = JSON.stringify(sample);
      for (let end = 1; end < text.length; end += 1) {
        const body: unknown = closed(text.slice(0, end));
        expect(faultsOf(parseSmsEvents([body]), [body])).toStrictEqual([]);
      }
    }
  });

  it("for values that are neither text nor a number to anyone who asks, in any field", () => {
    const noPrimitive = { toString: null, valueOf: null };
    for (const value of [noPrimitive, { length: noPrimitive }, [noPrimitive]])
      for (const sample of samples)
        for (let at = 0; at < placesIn(sample).length; at += 1) {
          const event = structuredClone(sample);
          mutate(event, at, "set", "", value);
          expect(faultsOf(parseSmsEvents([event]), [event])).toStrictEqual([]);
        }
  });

  it("and what it gives, the suppression list takes", async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (event) => {
        const suppression = new SuppressionList(new MemorySuppressionStore());
        const read = parseSmsEvents([event, eventGrid(report)]);
        await expect(Promise.all(read.map((one) => handOver(one, suppression)))).resolves.toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });
});

async function handOver(event: SmsEvent, suppression: SuppressionList): Promise<void> {
  if (event.kind === "message") await suppression.handleMessage(event.message);
  if (event.kind === "delivery-report") await suppression.handleDeliveryReport(event.report);
}

/** The beginning of some JSON with its open brackets closed, or `undefined` where that makes none. */
function closed(text: string): unknown {
  for (const end of ["", "}", '"}', "}}", '"}}', "}]}}", '"}]}}', ":1}", '":1}', "1}}"]) {
    try {
      return JSON.parse(text + end);
    } catch {
      // Another end may do.
    }
  }
  return undefined;
}

describe("parseSmsEvents and names of prototypes", () => {
  const inherited = { from: "+15555555555", messageId: "x", tag: "x", id: "x", data: {}, eventType: "x" };

  it("reads nothing through `__proto__`, and changes no prototype", () => {
    const event = parsedObject([["__proto__", { ...inherited, ...eventGrid(received) }]]);
    expect(parseSmsEvents(event)).toMatchObject([{ kind: "malformed", field: "eventType" }]);
    const { from: _, ...data } = received.data;
    const within = parsedObject([...Object.entries(data), ["__proto__", inherited]]);
    for (const respelt of [
      within,
      parsedObject([...Object.entries(within as object), ["FROM_", 1], ["Message", ""]]),
    ]) {
      expect(parseSmsEvents({ ...eventGrid(received), data: respelt })).toMatchObject([
        { kind: "malformed", field: "data.from" },
      ]);
    }
    expect(Object.keys(Object.prototype)).toHaveLength(0);
    expect(Reflect.get({}, "messageId")).toBeUndefined();
  });

  it("takes fields named like members for unknown ones", () => {
    const members = { constructor: null, toString: 1, hasOwnProperty: "x", valueOf: {}, toJSON: [] };
    const event = { ...eventGrid(withData(received, members)), ...members };
    expect(parseSmsEvents(event)).toMatchObject([{ kind: "message" }]);
    for (const type of ["constructor", "__proto__", "toString"])
      expect(parseSmsEvents({ ...eventGrid(received), eventType: type })).toMatchObject([
        { kind: "other", type },
      ]);
  });
});

describe("parseSmsEvents and much", () => {
  it("reads 5000 events, the most that Event Grid batches", () => {
    const body = Array.from({ length: 5000 }, (_, index) => {
      if (index % 3 === 0) return eventGrid({ ...received, id: `id-${index}` });
      return index % 3 === 1 ? { ...cloudEvent(report), id: `id-${index}` } : { id: `id-${index}` };
    });
    const read = parseSmsEvents(JSON.parse(JSON.stringify(body)));
    expect(read.map(({ kind }) => kind)).toStrictEqual(
      body.map((_, index) => ["message", "delivery-report", "malformed"][index % 3]),
    );
    expect(read.map(({ id }) => id)).toStrictEqual(body.map((_, index) => `id-${index}`));
  });

  it("does not follow what is nested deep", () => {
    const depth = 100_000;
    const deep: unknown = JSON.parse("[".repeat(depth) + "]".repeat(depth));
    let deeper: unknown = {};
    for (let index = 0; index < depth; index += 1) deeper = { data: deeper };
    const kinds = (body: unknown): string[] => parseSmsEvents(body).map(({ kind }) => kind);
    expect(kinds(deep)).toStrictEqual(["malformed"]);
    expect(kinds(deeper)).toStrictEqual(["malformed"]);
    for (const inside of [deep, deeper]) {
      const unknown = { ...received.data, unknown: inside };
      expect(kinds({ ...eventGrid(received), data: unknown, extra: inside })).toStrictEqual(["message"]);
      expect(kinds({ ...eventGrid(received), data: { ...received.data, from: inside } })).toStrictEqual([
        "malformed",
      ]);
      expect(kinds({ ...eventGrid(received), data: inside })).toStrictEqual(["malformed"]);
    }
  });

  it("takes huge strings, names, and lists for what they are", () => {
    const huge = "7".repeat(2_000_000);
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`Key${index}`, index]));
    const bodies = [
      eventGrid(withData(received, { message: huge, [huge]: 1, ...wide })),
      eventGrid(withData(received, { from: huge })),
      eventGrid(withData(received, { receivedTimestamp: huge })),
      eventGrid(withData(report, { deliveryStatusDetails: huge })),
      eventGrid(withData(report, { deliveryAttempts: Array.from({ length: 100_000 }, () => 0) })),
      { ...eventGrid(received), eventType: huge },
    ];
    expect(parseSmsEvents(bodies)).toMatchObject([
      { kind: "message" },
      { kind: "malformed", field: "data.from" },
      { kind: "malformed", field: "data.receivedTimestamp" },
      { kind: "delivery-report" },
      { kind: "malformed", field: "data.deliveryAttempts[0]" },
      { kind: "other" },
    ]);
  });
});
