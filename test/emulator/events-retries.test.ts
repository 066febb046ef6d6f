import { describe, expect, it } from "vitest";
import type { Emulator, EventOptions } from "../../src/emulator/index.js";
import {
  holdClock,
  isDelivery,
  received,
  receiving,
  until,
  validationIn,
  type Receiver,
  type Reply,
} from "./receiver.js";
import { ann, emulated, sender } from "./wire.js";

const [second, minute, hour] = [1000, 60_000, 3_600_000];

/** A webhook that answers each delivery as told, the last reply for all the rest. */
async function answering(
  replies: readonly Reply[],
  events: EventOptions = {},
): Promise<{ emulator: Emulator; receiver: Receiver }> {
  let next = 0;
  const receiver = await receiving(() => replies[Math.min(next++, replies.length - 1)] ?? {});
  const emulator = await emulated({ events, webhooks: [{ url: receiver.url }] });
  await emulator.eventsSettled();
  return { emulator, receiver };
}

function outcomes(emulator: Emulator): readonly unknown[] {
  return emulator.deliveries().map(({ attempt, status, error }) => [attempt, status ?? error]);
}

describe("an answer", () => {
  it.each([200, 201, 202, 203, 204])("of %i is a success", async (status) => {
    const { emulator } = await answering([{ status }]);
    emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(outcomes(emulator)).toEqual([[1, status]]);
    expect(emulator.deadLetters()).toEqual([]);
  });

  it.each([400, 401, 403, 413])("of %i is never tried again", async (status) => {
    const { emulator, receiver } = await answering([{ status }]);
    const { messageId } = emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(outcomes(emulator)).toEqual([[1, status]]);
    const [event] = receiver.events();
    expect(emulator.deadLetters()).toEqual([
      {
        webhookId: emulator.webhooks()[0]?.id,
        eventId: messageId,
        eventType: "Microsoft.Communication.SMSReceived",
        reason: "NonRetriableStatus",
        deliveryAttempts: 1,
        lastDeliveryOutcome: String(status),
        publishedAt: expect.any(Date),
        lastAttemptAt: emulator.deliveries()[0]?.at,
        event,
      },
    ]);
  });

  it.each([205, 206, 301, 404, 408, 429, 500, 503])("of %i is tried again", async (status) => {
    const { emulator, receiver } = await answering([{ status }, {}], { speed: 100_000 });
    emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(outcomes(emulator)).toEqual([
      [1, status],
      [2, 200],
    ]);
    const [first, again] = receiver.events();
    expect(again).toEqual(first);
    const counts = receiver.requests.filter(isDelivery).map(({ headers }) => headers["aeg-delivery-count"]);
    expect(counts).toEqual(["0", "1"]);
  });

  it("that does not come, or breaks off, is tried again", async () => {
    const pass = holdClock();
    const { emulator, receiver } = await answering([{ hang: true }, { drop: true }, {}], {
      responseTimeoutInMs: 400,
    });
    emulator.phone(ann).send("Hi", { to: sender });
    await until(() => receiver.events().length === 1);
    pass(400);
    await until(() => emulator.deliveries().length === 1);
    pass(10 * second);
    await until(() => emulator.deliveries().length === 2);
    pass(30 * second);
    await emulator.eventsSettled();
    expect(outcomes(emulator)).toEqual([
      [1, "no answer within 400 ms"],
      [2, "ECONNRESET"],
      [3, 200],
    ]);
  });
});

it("waits 30 s for an answer", async () => {
  const pass = holdClock();
  const { emulator, receiver } = await answering([{ hang: true }]);
  emulator.phone(ann).send("Hi", { to: sender });
  await until(() => receiver.events().length === 1);
  pass(30 * second - 1);
  expect(outcomes(emulator)).toEqual([]);
  pass(1);
  await until(() => emulator.deliveries().length === 1);
  expect(outcomes(emulator)).toEqual([[1, "no answer within 30000 ms"]]);
});

describe("the schedule", () => {
  it("is Event Grid's, and ends after a day", async () => {
    const pass = holdClock();
    const { emulator } = await answering([{ status: 500 }]);
    emulator.phone(ann).send("Hi", { to: sender });
    const minutes = [5 * minute, 10 * minute, 30 * minute];
    const delays = [10 * second, 30 * second, minute, ...minutes, hour, 3 * hour, 6 * hour, 12 * hour];
    let attempts = 1;
    for (const delay of delays) {
      await until(() => emulator.deliveries().length === attempts);
      pass(delay - 1);
      await new Promise(setImmediate);
      expect(emulator.deliveries()).toHaveLength(attempts);
      pass(1);
      attempts += 1;
    }
    await until(() => emulator.deliveries().length === attempts);
    // The time to live is looked at when the next attempt is due, which is after 34 hours.
    pass(12 * hour - 1);
    expect(emulator.deadLetters()).toEqual([]);
    pass(1);
    await emulator.eventsSettled();
    expect(emulator.deliveries()).toHaveLength(11);
    expect(emulator.deadLetters()).toMatchObject([
      { reason: "TimeToLiveExceeded", deliveryAttempts: 11, lastDeliveryOutcome: "500" },
    ]);
  });

  it("can be another, and faster", async () => {
    const pass = holdClock();
    const { emulator } = await answering([{ status: 500 }], {
      retryDelaysInMs: [5000, 7000],
      speed: 10,
      maxDeliveryAttempts: 4,
    });
    emulator.phone(ann).send("Hi", { to: sender });
    for (const [attempts, delay] of [500, 700, 700].entries()) {
      await until(() => emulator.deliveries().length === attempts + 1);
      pass(delay - 1);
      await new Promise(setImmediate);
      expect(emulator.deliveries()).toHaveLength(attempts + 1);
      pass(1);
    }
    await emulator.eventsSettled();
    expect(emulator.deadLetters()).toMatchObject([
      { reason: "MaxDeliveryAttemptsExceeded", deliveryAttempts: 4 },
    ]);
  });

  it("ends after 30 attempts", async () => {
    const { emulator } = await answering([{ status: 500 }], { retryDelaysInMs: [0] });
    emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(emulator.deliveries()).toHaveLength(30);
    expect(emulator.deadLetters()).toMatchObject([
      { reason: "MaxDeliveryAttemptsExceeded", deliveryAttempts: 30 },
    ]);
  });

  it("ends an event that was kept for too long before its first attempt", async () => {
    const pass = holdClock();
    const receiver = await received(() => ({}));
    const emulator = await emulated({ events: { timeToLiveInMinutes: 1 } });
    await emulator.addWebhook({ url: receiver.url });
    emulator.phone(ann).send("Hi", { to: sender });
    pass(minute);
    for (const request of receiver.requests) await fetch(validationIn(request).validationUrl);
    await emulator.eventsSettled();
    expect(receiver.events()).toEqual([]);
    const [letter] = emulator.deadLetters();
    expect(letter).toMatchObject({ reason: "TimeToLiveExceeded", deliveryAttempts: 0 });
    expect(letter).not.toHaveProperty("lastDeliveryOutcome");
    expect(letter).not.toHaveProperty("lastAttemptAt");
  });
});

describe("an event that waits for a retry", () => {
  it("lets the others pass", async () => {
    const { emulator, receiver } = await answering([{ status: 503 }, {}], { speed: 100 });
    for (const message of ["one", "two", "three"]) emulator.phone(ann).send(message, { to: sender });
    await emulator.eventsSettled();
    expect(receiver.events().map(({ data }) => data["message"])).toEqual(["one", "two", "three", "one"]);
  });

  it("keeps its batch, which is acknowledged as a whole", async () => {
    const pass = holdClock();
    const { emulator, receiver } = await answering([{ status: 503 }, { status: 503 }, {}], {
      maxEventsPerBatch: 2,
    });
    for (const message of ["one", "two", "three"]) emulator.phone(ann).send(message, { to: sender });
    await until(() => emulator.deliveries().length === 3);
    emulator.phone(ann).send("four", { to: sender });
    await until(() => emulator.deliveries().length === 4);
    pass(10 * second);
    await emulator.eventsSettled();
    const batches = receiver.requests
      .filter(isDelivery)
      .map(({ body }) =>
        (JSON.parse(body) as { data: { message: string } }[]).map(({ data }) => data.message),
      );
    expect(batches).toEqual([["one"], ["two", "three"], ["four"], ["one"], ["two", "three"]]);
    expect(outcomes(emulator).slice(0, 3)).toEqual([
      [1, 503],
      [1, 503],
      [1, 503],
    ]);
  });

  it("is forgotten with its webhook", async () => {
    const { emulator, receiver } = await answering([{ status: 503 }]);
    emulator.phone(ann).send("Hi", { to: sender });
    await until(() => emulator.deliveries().length === 1);
    const settled = emulator.eventsSettled();
    emulator.removeWebhook(emulator.webhooks()[0]?.id ?? "");
    await settled;
    expect(receiver.events()).toHaveLength(1);
    expect(emulator.deadLetters()).toEqual([]);
  });
});
