import { EventGridDeserializer } from "@azure/eventgrid";
import { describe, expect, it } from "vitest";
import { startEmulator, type Emulator, type EventOptions } from "../../src/emulator/index.js";
import {
  agree,
  eventsIn,
  isDelivery,
  received,
  receiving,
  type Received,
  type Receiver,
} from "./receiver.js";
import { ann, bob, emulated, sender, sendItems } from "./wire.js";

const deserializer = new EventGridDeserializer();
const wanted = { enableDeliveryReport: true };
const sevenDigits = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/;
const topic = expect.stringMatching(/^\/subscriptions\/.+\/communicationservices\/emulator$/) as string;

async function connected(
  schema: "event-grid" | "cloud-events" = "event-grid",
  events: EventOptions = {},
): Promise<{ emulator: Emulator; receiver: Receiver }> {
  const receiver = await receiving();
  const emulator = await emulated({ events, webhooks: [{ url: receiver.url, schema }] });
  await emulator.eventsSettled();
  return { emulator, receiver };
}

function deliveriesTo({ requests }: Receiver): readonly Received[] {
  return requests.filter(isDelivery);
}

describe("SMSReceived", () => {
  it("is delivered in the Event Grid schema, key by key", async () => {
    const { emulator, receiver } = await connected();
    const sent = emulator.phone(ann).send("Hi there", { to: sender });
    await emulator.eventsSettled();
    const [request] = deliveriesTo(receiver) as [Received];
    expect(request).toMatchObject({ method: "POST", url: "/hook?code=secret" });
    expect(request.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "aeg-event-type": "Notification",
      "aeg-subscription-name": "WEBHOOK-1",
      "aeg-delivery-count": "0",
      "aeg-metadata-version": "1",
      "aeg-data-version": "1.0",
      "aeg-output-event-id": sent.messageId,
    });
    const receivedTimestamp = sent.receivedAt.toISOString().replace("Z", "0000Z");
    const events = [
      {
        id: sent.messageId,
        topic,
        subject: "/phonenumber/18005551234",
        data: {
          messageId: sent.messageId,
          from: "14255550101",
          to: "18005551234",
          message: "Hi there",
          receivedTimestamp,
          segmentCount: 1,
        },
        eventType: "Microsoft.Communication.SMSReceived",
        dataVersion: "1.0",
        metadataVersion: "1",
        eventTime: expect.stringMatching(sevenDigits) as string,
      },
    ];
    expect(JSON.parse(request.body)).toEqual(events);
    expect(Object.keys(eventsIn(request)[0] ?? {})).toEqual(Object.keys(events[0] ?? {}));
    expect(Object.keys(eventsIn(request)[0]?.data ?? {})).toEqual(Object.keys(events[0]?.data ?? {}));
  });

  it("is delivered as a CloudEvent", async () => {
    const { emulator, receiver } = await connected("cloud-events");
    const sent = emulator.phone(ann).send("Hi there", { to: sender });
    await emulator.eventsSettled();
    const [request] = deliveriesTo(receiver) as [Received];
    expect(request.headers).toMatchObject({
      "content-type": "application/cloudevents+json; charset=utf-8",
      "aeg-event-type": "Notification",
      "aeg-metadata-version": "1.0",
      "aeg-output-event-id": sent.messageId,
      origin: "eventgrid.azure.net",
    });
    expect(request.headers).not.toHaveProperty("aeg-data-version");
    expect(JSON.parse(request.body)).toEqual({
      specversion: "1.0",
      type: "Microsoft.Communication.SMSReceived",
      source: topic,
      id: sent.messageId,
      time: expect.stringMatching(sevenDigits),
      subject: "/phonenumber/18005551234",
      data: expect.objectContaining({ message: "Hi there", from: "14255550101" }),
    });
  });

  it("counts segments, and is sent for the words that a carrier acts on too", async () => {
    const { emulator, receiver } = await connected();
    emulator.phone(ann).send("x".repeat(161), { to: sender });
    emulator.phone(ann).send("STOP", { to: sender });
    await emulator.eventsSettled();
    expect(receiver.events()).toMatchObject([
      { data: { segmentCount: 2 } },
      { data: { segmentCount: 1, message: "STOP" } },
    ]);
  });
});

describe("SMSDeliveryReportReceived", () => {
  it("is delivered for those who asked for a report, and for nobody else", async () => {
    const { emulator, receiver } = await connected();
    const [item] = await sendItems(emulator, { smsSendOptions: { ...wanted, tag: "campaign-1" } });
    await sendItems(emulator);
    await emulator.eventsSettled();
    expect(receiver.events()).toEqual([
      {
        id: item?.["messageId"],
        topic,
        subject: "/phonenumber/18005551234",
        data: {
          messageId: item?.["messageId"],
          from: "18005551234",
          to: ann,
          deliveryStatus: "Delivered",
          deliveryStatusDetails: "No error.",
          receivedTimestamp: expect.stringMatching(sevenDigits) as string,
          deliveryAttempts: [
            {
              timestamp: expect.stringMatching(sevenDigits) as string,
              segmentsSucceeded: 1,
              segmentsFailed: 0,
            },
          ],
          tag: "campaign-1",
        },
        eventType: "Microsoft.Communication.SMSDeliveryReportReceived",
        dataVersion: "1.0",
        metadataVersion: "1",
        eventTime: expect.stringMatching(sevenDigits) as string,
      },
    ]);
  });

  it("waits for the message to arrive", async () => {
    const receiver = await receiving();
    const emulator = await emulated({ webhooks: [{ url: receiver.url }], deliveryDelayInMs: 20 });
    await sendItems(emulator, { smsSendOptions: wanted });
    expect(receiver.events()).toEqual([]);
    await emulator.eventsSettled();
    expect(receiver.events()).toHaveLength(1);
  });

  it.each(["Sender blocked for given recipient.", "4007: The Destination/To number opted out."])(
    "tells of a block with %j",
    async (blockedReportText) => {
      const receiver = await receiving();
      const emulator = await emulated({ webhooks: [{ url: receiver.url }], blockedReportText });
      emulator.phone(ann).send("STOP", { to: sender });
      await sendItems(emulator, { smsSendOptions: wanted });
      await emulator.eventsSettled();
      expect(receiver.events()[1]).toMatchObject({
        data: {
          deliveryStatus: "Failed",
          deliveryStatusDetails: blockedReportText,
          deliveryAttempts: [{ segmentsSucceeded: 0, segmentsFailed: 1 }],
        },
      });
      expect(receiver.events()[1]?.data).not.toHaveProperty("tag");
    },
  );
});

/** One event of each kind. */
async function both(emulator: Emulator): Promise<void> {
  emulator.phone(ann).send("Hi", { to: sender });
  await sendItems(emulator, { smsSendOptions: { ...wanted, tag: "t" } });
  await emulator.eventsSettled();
}

describe("what the contract does not tell", () => {
  it("can have the plus everywhere", async () => {
    const { emulator, receiver } = await connected("event-grid", { plusInEvents: true });
    await both(emulator);
    expect(receiver.events()).toMatchObject([
      { subject: "/phonenumber/18005551234", data: { from: ann, to: sender } },
      { data: { from: sender, to: ann } },
    ]);
  });

  it("can be in Pascal case, have another subject, topic and wording", async () => {
    const { emulator, receiver } = await connected("event-grid", {
      dataCase: "pascal",
      reportSubject: "recipient",
      topic: "/subscriptions/1",
      deliveredReportText: "2000: No Error",
    });
    await both(emulator);
    expect(receiver.events()).toMatchObject([
      { topic: "/subscriptions/1", data: { MessageId: expect.any(String), From: "14255550101" } },
      {
        subject: "/phonenumber/14255550101",
        data: {
          DeliveryStatusDetails: "2000: No Error",
          DeliveryAttempts: [{ SegmentsSucceeded: 1 }],
          Tag: "t",
        },
      },
    ]);
  });

  it("has short codes and alphanumeric senders as they are", async () => {
    const receiver = await receiving();
    const senders = [
      { number: "12345", kind: "short-code" },
      { number: "CONTOSO", kind: "alphanumeric" },
    ] as const;
    const emulator = await emulated({ senders, webhooks: [{ url: receiver.url }] });
    emulator.phone(ann).send("Hi", { to: "12345" });
    await sendItems(emulator, { from: "CONTOSO", smsSendOptions: wanted });
    await emulator.eventsSettled();
    expect(receiver.events()).toMatchObject([
      { subject: "/phonenumber/12345", data: { to: "12345" } },
      { subject: "/phonenumber/CONTOSO", data: { from: "CONTOSO" } },
    ]);
  });
});

describe.each<EventOptions>([{}, { plusInEvents: true }, { maxEventsPerBatch: 10 }])(
  "the official deserializer, with %j",
  (events) => {
    it("takes every event of the Event Grid schema", async () => {
      const { emulator, receiver } = await connected("event-grid", events);
      await both(emulator);
      const read = deliveriesTo(receiver).map(({ body }) => deserializer.deserializeEventGridEvents(body));
      expect((await Promise.all(read)).flat()).toMatchObject([
        {
          eventType: "Microsoft.Communication.SMSReceived",
          eventTime: expect.any(Date),
          data: { message: "Hi" },
        },
        { eventType: "Microsoft.Communication.SMSDeliveryReportReceived", data: { tag: "t" } },
      ]);
    });

    it("takes every CloudEvent", async () => {
      const { emulator, receiver } = await connected("cloud-events", events);
      await both(emulator);
      const read = deliveriesTo(receiver).map(({ body }) => deserializer.deserializeCloudEvents(body));
      expect((await Promise.all(read)).flat()).toMatchObject([
        { type: "Microsoft.Communication.SMSReceived", time: expect.any(Date), data: { message: "Hi" } },
        { type: "Microsoft.Communication.SMSDeliveryReportReceived", data: { tag: "t" } },
      ]);
    });
  },
);

describe("batches", () => {
  const eight = Array.from("12345678");

  /** Holds the first delivery until the test lets it go, so that the others gather behind it. */
  async function gathering(schema: "event-grid" | "cloud-events", events: EventOptions, messages: string[]) {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const receiver = await receiving(async () => {
      await gate;
      return {};
    });
    const emulator = await emulated({ events, webhooks: [{ url: receiver.url, schema }] });
    await emulator.eventsSettled();
    for (const message of messages) emulator.phone(ann).send(message, { to: sender });
    release();
    await emulator.eventsSettled();
    const sizes = deliveriesTo(receiver).map(({ body }) => [JSON.parse(body)].flat().length);
    return { emulator, receiver, sizes };
  }

  it("hold up to so many events", async () => {
    const { emulator, receiver, sizes } = await gathering("event-grid", { maxEventsPerBatch: 3 }, eight);
    expect(sizes).toEqual([1, 3, 3, 1]);
    expect(receiver.events().map(({ data }) => data["message"])).toEqual(eight);
    expect(emulator.deliveries()).toHaveLength(8);
    const ids = deliveriesTo(receiver).map(({ headers }) => headers["aeg-output-event-id"]);
    expect(ids.map((id) => typeof id)).toEqual(["string", "undefined", "undefined", "string"]);
  });

  it("hold up to so many bytes, yet at least one event", async () => {
    const events = { maxEventsPerBatch: 10, preferredBatchSizeInKilobytes: 2 };
    const messages = ["x", "x".repeat(2000), "1", "2"];
    expect((await gathering("event-grid", events, messages)).sizes).toEqual([1, 1, 2]);
  });

  it("are arrays with a content type of their own as CloudEvents", async () => {
    const { receiver, sizes } = await gathering("cloud-events", { maxEventsPerBatch: 2 }, ["1", "2", "3"]);
    expect(sizes).toEqual([1, 2]);
    for (const { headers, body } of deliveriesTo(receiver)) {
      expect(headers["content-type"]).toBe("application/cloudevents-batch+json; charset=utf-8");
      expect(JSON.parse(body)).toBeInstanceOf(Array);
    }
  });
});

describe("webhooks", () => {
  it("get what they want, each with its own headers", async () => {
    const [reports, all] = [await receiving(), await receiving()];
    const emulator = await emulated({
      webhooks: [
        {
          url: reports.url,
          eventTypes: ["Microsoft.Communication.SMSDeliveryReportReceived"],
          headers: { "X-Secret": "one", Authorization: "Bearer two" },
        },
        { url: all.url, schema: "cloud-events" },
      ],
    });
    await both(emulator);
    expect(reports.events()).toMatchObject([{ data: { deliveryStatus: "Delivered" } }]);
    expect(deliveriesTo(reports)[0]?.headers).toMatchObject({
      "x-secret": "one",
      authorization: "Bearer two",
    });
    expect(all.events()).toHaveLength(2);
    expect(deliveriesTo(all)[0]?.headers).not.toHaveProperty("x-secret");
    expect(deliveriesTo(all)[0]?.headers).toMatchObject({ "aeg-subscription-name": "WEBHOOK-2" });
  });

  it("get nothing of the time before them or after them", async () => {
    const receiver = await receiving();
    const emulator = await emulated();
    emulator.phone(ann).send("before", { to: sender });
    const { id } = await emulator.addWebhook({ url: receiver.url });
    emulator.phone(ann).send("meanwhile", { to: sender });
    await emulator.eventsSettled();
    expect(emulator.removeWebhook(id)).toBe(true);
    emulator.phone(ann).send("after", { to: sender });
    await emulator.eventsSettled();
    expect(receiver.events()).toMatchObject([{ data: { message: "meanwhile" } }]);
    expect(emulator.webhooks()).toEqual([]);
    expect(emulator.removeWebhook(id)).toBe(false);
  });

  it("get several requests at the same time if told so, else one after the other", async () => {
    for (const maxConcurrentDeliveries of [1, 3]) {
      let [now, most] = [0, 0];
      const receiver = await receiving(async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setTimeout(resolve, 20));
        now -= 1;
        return {};
      });
      const emulator = await emulated({
        events: { maxConcurrentDeliveries },
        webhooks: [{ url: receiver.url }],
      });
      for (const message of "123456") emulator.phone(ann).send(message, { to: sender });
      await emulator.eventsSettled();
      expect(most).toBe(maxConcurrentDeliveries);
      expect(receiver.events()).toHaveLength(6);
    }
  });

  it("can be removed while they think, and take nothing more", async () => {
    const receiver = await received((request) => (isDelivery(request) ? { hang: true } : agree(request)));
    const emulator = await emulated();
    const { id } = await emulator.addWebhook({ url: receiver.url });
    for (const phone of [ann, bob]) emulator.phone(phone).send("Hi", { to: sender });
    const settled = emulator.eventsSettled();
    emulator.removeWebhook(id);
    await settled;
    expect(emulator.deliveries()).toEqual([]);
  });
});

describe("deliveries()", () => {
  it("lists attempts, and answers a copy", async () => {
    const { emulator } = await connected();
    const before = emulator.deliveries();
    await both(emulator);
    const [webhook] = emulator.webhooks();
    expect(before).toEqual([]);
    expect(emulator.deliveries()).toEqual([
      {
        webhookId: webhook?.id,
        eventId: expect.stringMatching(/^Incoming_/),
        eventType: "Microsoft.Communication.SMSReceived",
        attempt: 1,
        at: expect.any(Date),
        status: 200,
      },
      {
        webhookId: webhook?.id,
        eventId: expect.stringMatching(/^Outgoing_/),
        eventType: "Microsoft.Communication.SMSDeliveryReportReceived",
        attempt: 1,
        at: expect.any(Date),
        status: 200,
      },
    ]);
  });
});

describe("eventsSettled()", () => {
  it("resolves at once when nobody is told of what happens", async () => {
    const emulator = await emulated();
    emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(emulator.deliveries()).toEqual([]);
  });
});

describe("startEmulator({ webhooks, events })", () => {
  it.each<[unknown, string]>([
    [
      { webhooks: { url: "http://localhost" } },
      "Expected `webhooks` to be an array of { url }, got a value of type object",
    ],
    [
      { webhooks: [{ url: "http://localhost" }, { url: 5 }] },
      "Expected `webhooks[1].url` to be an http or https URL, got 5",
    ],
    [{ events: null }, "Expected `events` to be an object, got null"],
    [
      { events: { timescale: 2 } },
      "Expected `events` to be an object without timescale, got a value of type object",
    ],
    [
      { events: { speed: 0 } },
      "Expected `events.speed` to be a number more than 0 and at most 10000000, got 0",
    ],
    [
      { events: { retryDelaysInMs: [] } },
      "Expected `events.retryDelaysInMs` to be an array of one delay or more, got an empty array",
    ],
    [
      { events: { retryDelaysInMs: [1, -1] } },
      "Expected `events.retryDelaysInMs[1]` to be a number from 0 to 86400000, got -1",
    ],
    [
      { events: { maxDeliveryAttempts: 1.5 } },
      "Expected `events.maxDeliveryAttempts` to be an integer from 1 to 30, got 1.5",
    ],
    [{ events: { dataCase: "snake" } }, 'Expected `events.dataCase` to be one of camel, pascal, got "snake"'],
    [{ events: { topic: "" } }, 'Expected `events.topic` to be a string that is not empty, got ""'],
    [
      { events: { faults: { reorder: "often" } } },
      'Expected `events.faults.reorder` to be a number from 0 to 1, got "often"',
    ],
    [{ events: { seed: -1 } }, "Expected `events.seed` to be an integer from 0 to 4294967295, got -1"],
  ])("refuses %j", async (options, message) => {
    // @ts-expect-error -- A caller without types.
    const starting = startEmulator(options);
    await expect(starting).rejects.toMatchObject({
      name: expect.stringMatching(/^(Type|Range)Error$/),
      message,
    });
  });

  it("takes undefined for the default, and copies what it is given", async () => {
    const receiver = await receiving();
    const headers = { "x-secret": "one" };
    const emulator = await emulated({
      events: { speed: undefined, retryDelaysInMs: undefined, faults: { lose: undefined } },
      webhooks: [{ url: receiver.url, headers, eventTypes: undefined }],
    });
    headers["x-secret"] = "two";
    emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(deliveriesTo(receiver)[0]?.headers).toMatchObject({ "x-secret": "one" });
  });
});
