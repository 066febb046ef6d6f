import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { allowUnauthenticated } from "../../src/events/authorize.js";
import { createSmsEventHandler } from "../../src/events/event-handler.js";
import { createSmsWebhook } from "../../src/events/webhook.js";
import { canary } from "../support/canary.js";
import { testSuppression } from "../support/clients.js";
import { casings, cloudEvent, eventGrid, received, report, schemas, spelt, validation } from "./samples.js";
import { delivery, noSms } from "./support.js";

/*
 * Promise 6: a body is hostile. Whatever comes is answered, and nothing is acknowledged that was not handled. What may be
 * acknowledged is computed here from the wire contract alone, not with the parser under test.
 */

const samples = [received, report, validation].flatMap((sample) =>
  casings.flatMap(([, spell]) => schemas.map(([, wrap]) => wrap(spelt(sample, spell)))),
);

const handledTypes = [
  "microsoft.communication.smsreceived",
  "microsoft.communication.smsdeliveryreportreceived",
  "microsoft.eventgrid.subscriptionvalidationevent",
];

const keys = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "toJSON",
  "then",
  "length",
  "",
  "data_base64",
  "data",
  "Data",
  "id",
  "eventType",
  "type",
  "specversion",
  "eventTime",
  "time",
  "subject",
  "messageId",
  "from",
  "to",
  "message",
  "receivedTimestamp",
  "deliveryStatus",
  "deliveryAttempts",
  "validationCode",
  "validationUrl",
];

const values = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>("STOP", "", "*", "1.0", "0001-01-01T00:00:00Z", -1, 1e308, null, [], {}),
  fc.constantFrom<unknown>(canary.text, ...canary.numbers, "4007: opted out", "Failed", received.type),
  fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 1 })),
);

/** A sample with a field or two of it, at the top or in its data, taken away or put in another's place. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean(), fc.option(values)), { maxLength: 3 }),
  )
  .map(([sample, changes]) => {
    const copy = structuredClone(sample) as Record<string, unknown>;
    for (const [key, isInside, generated] of changes) {
      // Changed below where it becomes the data, and the generator gives some values out more than once.
      const value = structuredClone(generated);
      const { data } = copy;
      const target = isInside && typeof data === "object" && data !== null ? data : copy;
      // An array takes no length but a length.
      if (Array.isArray(target) && key === "length") continue;
      if (value === null) Reflect.deleteProperty(target, key);
      else
        Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
    }
    return copy;
  });

const element = fc.oneof({ weight: 4, arbitrary: mutated }, { weight: 1, arbitrary: values });
const body = fc.oneof(fc.array(element, { maxLength: 6 }), element);

/** Delivers to a fresh webhook, and tells how often which of a caller's functions was called. */
async function deliver(text: string | object, takesAll = false) {
  let handled = 0;
  const count = (): void => void (handled += 1);
  const take = takesAll ? { onMalformed: () => {}, onOther: () => {} } : {};
  const suppression = testSuppression();
  const handler = createSmsEventHandler({
    sms: noSms,
    suppression,
    onMessage: count,
    onDeliveryReport: count,
    ...take,
  });
  const webhook = createSmsWebhook(handler, { authorize: allowUnauthenticated });
  const response = await webhook(delivery(text));
  const answer = await response.text();
  // The handshake gives back the code that came: that is what it is for, whatever the fuzzer made the code.
  const told = answer.startsWith('{"validationResponse":') ? "" : answer;
  for (const secret of [canary.text, ...canary.numbers]) expect(told).not.toContain(secret);
  return { status: response.status, isAcknowledged: response.ok, handled, answer };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every value that goes by a name, in whatever case. */
function named(event: Record<string, unknown>, name: string): unknown[] {
  return Object.keys(event).flatMap((key) => (key.toLowerCase() === name.toLowerCase() ? [event[key]] : []));
}

const hasText = (event: Record<string, unknown>, name: string): boolean =>
  named(event, name).some((value) => typeof value === "string" && value !== "");

/** Whether an element can be one that is handled: of a known type, with an id and with what that type has to have. */
function canBeHandled(event: unknown): boolean {
  if (!isObject(event) || !hasText(event, "id")) return false;
  const types = [...named(event, "eventType"), ...named(event, "type")].flatMap((type) =>
    typeof type === "string" ? type.toLowerCase() : [],
  );
  if (types.some((type) => type.startsWith("microsoft.eventgrid.") && !handledTypes.includes(type)))
    return true;
  const data = [...named(event, "data"), ...named(event, "data_base64").map(fromBase64)].filter(isObject);
  return data.some((fields) =>
    types.some((type) => {
      const required = requiredOf(type);
      return required !== undefined && required.every((name) => hasText(fields, name));
    }),
  );
}

function requiredOf(type: string): readonly string[] | undefined {
  const [messages, reports, validations] = handledTypes;
  // A text may be empty, so it is not looked for.
  if (type === messages) return ["messageId", "from", "to"];
  if (type === reports) return ["messageId", "from", "to", "deliveryStatus"];
  return type === validations ? ["validationCode"] : undefined;
}

function fromBase64(value: unknown): unknown {
  try {
    return JSON.parse(Buffer.from(String(value), "base64").toString());
  } catch {
    return undefined;
  }
}

describe("a webhook, whatever is delivered", () => {
  it("acknowledges only bodies of which every event can be handled", async () => {
    let acknowledged = 0;
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const text = JSON.stringify(value);
        const { status, isAcknowledged } = await deliver(text);
        expect([200, 500, 503]).toContain(status);
        if (!isAcknowledged) return;
        acknowledged += 1;
        const json: unknown = JSON.parse(text);
        const events = Array.isArray(json) ? json : [json];
        expect(events.filter((event) => !canBeHandled(event))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
    expect(acknowledged).toBeGreaterThan(50);
  });

  it("acknowledges samples that are whole, and none that has a bad neighbour, whom it does not harm", async () => {
    const good = fc.constantFrom(
      ...[received, report].flatMap((sample) => [eventGrid(sample), cloudEvent(sample)]),
    );
    const bad = fc.constantFrom<unknown>(
      null,
      7,
      "x",
      [],
      {},
      { id: "1", eventType: received.type, data: {} },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(good, { minLength: 1, maxLength: 5 }),
        fc.array(bad, { maxLength: 2 }),
        fc.boolean(),
        async (goods, bads, isBadFirst) => {
          const events: object[] = goods.map((event, index) => ({ ...event, id: `Incoming_${index}` }));
          const mixed = isBadFirst ? [...bads, ...events] : [...events, ...bads];
          const { isAcknowledged, handled } = await deliver(mixed);
          expect(isAcknowledged).toBe(bads.length === 0);
          expect(handled).toBe(goods.length);
          expect((await deliver(mixed, true)).isAcknowledged).toBe(true);
        },
      ),
    );
  });

  it("answers any text that is no JSON with a 500", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
        fc.pre(!isJson(text));
        expect((await deliver(text)).status).toBe(500);
      }),
    );
  });

  it("answers a sample that was cut anywhere with a 500", async () => {
    for (const whole of [[eventGrid(received), eventGrid(report)], cloudEvent(report)]) {
      const text = JSON.stringify(whole);
      for (let length = 0; length < text.length; length += 7)
        expect((await deliver(text.slice(0, length))).status).toBe(500);
    }
  });

  it("takes bytes that were changed anywhere, whatever they make", async () => {
    const text = JSON.stringify([eventGrid(received), cloudEvent(report)]);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), async (at, instead) => {
        const changed = text.slice(0, at) + instead + text.slice(at + 1);
        const { status, handled } = await deliver(changed);
        expect([200, 413, 500]).toContain(status);
        expect(status !== 200 || handled > 0).toBe(true);
      }),
    );
  });

  it.each<[string, string]>([
    ["deep lists", "[".repeat(500_000) + "]".repeat(500_000)],
    ["deep objects", `${'{"data":'.repeat(200_000)}1${"}".repeat(200_000)}`],
    ["a long text", JSON.stringify([{ ...eventGrid(received), data: { message: "x".repeat(2_000_000) } }])],
    ["a long number", `[${"9".repeat(1_000_000)}]`],
    ["a long name", `[{"${"x".repeat(1_900_000)}":1}]`],
    ["many names", `[{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":${n}`).join(",")}}]`],
    ["5000 that are nothing", `[${Array.from({ length: 5000 }, () => "null").join(",")}]`],
    ["too many", `[${Array.from({ length: 500_000 }, () => "1").join(",")}]`],
    ["a prototype", `[{"__proto__":${JSON.stringify(eventGrid(received))}}]`],
    [
      "data in a prototype",
      `[{"id":"1","eventType":"${received.type}","data":{"__proto__":${JSON.stringify(received.data)}}}]`,
    ],
  ])("does not acknowledge %s, and survives it", async (_, text) => {
    const { isAcknowledged, handled, answer } = await deliver(text);
    expect(isAcknowledged).toBe(false);
    expect(handled).toBe(0);
    expect(answer.length).toBeLessThan(1000);
    expect(Reflect.get({}, "eventType")).toBeUndefined();
  });
});

describe("an event with deep data of no name of ours", () => {
  it("is handled, and its bad neighbour is not acknowledged", async () => {
    const deep = `"data":{"x":${"[".repeat(400_000)}${"]".repeat(400_000)},`;
    const text = JSON.stringify(eventGrid(received)).replace('"data":{', deep);
    expect(await deliver(`[${text},1]`)).toMatchObject({ isAcknowledged: false, handled: 1 });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(new TextDecoder().decode(new TextEncoder().encode(text)));
    return true;
  } catch {
    return false;
  }
}
