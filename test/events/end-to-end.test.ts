import { afterEach, describe, expect, it } from "vitest";

import { SmsClient } from "../../src/client/sms-client.js";
import { startEmulator, type Emulator } from "../../src/emulator/emulator.js";
import type { InboundMessage } from "../../src/emulator/phones/inbound-message.js";
import type { EmulatorOptions } from "../../src/emulator/settings/options.js";
import { sharedSecret } from "../../src/events/authorize.js";
import { createSmsEventHandler, type SmsEventHandlerOptions } from "../../src/events/event-handler.js";
import { createSmsWebhook } from "../../src/events/webhook.js";
import { people, person, sender, testSuppression } from "../support/clients.js";
import { randomFrom } from "../support/random.js";
import { eventGrid, received, type Json } from "./samples.js";
import { malformedEvent, serve } from "./support.js";

/*
 * Over real sockets: phones text the emulator, it (or the test, as Event Grid would) delivers to a real server, whose
 * handler answers through the emulator to the phones.
 */

const secret = "a secret of the webhook";
const open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

type OnMessage = NonNullable<SmsEventHandlerOptions["onMessage"]>;

/** An emulator, and a service of ours that listens to it. */
async function start(
  onMessage: OnMessage,
  options: EmulatorOptions = {},
  onMalformed?: SmsEventHandlerOptions["onMalformed"],
) {
  const emulator = await startEmulator(options);
  open.push(emulator);
  const suppression = testSuppression();
  const sms = new SmsClient(emulator.connectionString, { suppression, allowInsecureConnection: true });
  const handler = createSmsEventHandler({ sms, suppression, onMessage, onMalformed });
  const server = await serve(createSmsWebhook(handler, { authorize: sharedSecret(secret) }));
  open.push(server);
  const url = `${server.url}/sms?code=${encodeURIComponent(secret)}`;
  return { emulator, suppression, sms, url };
}

/** Replies to each message, and fails one time in four: before the reply, or after it. */
function flakyAnswerer(seed: number) {
  const random = randomFrom(seed);
  const completed = new Map<string, number>();
  let failures = 0;
  const fail = (): void => {
    if (random() >= 0.125) return;
    failures += 1;
    throw new Error("the database is down");
  };
  const onMessage: OnMessage = async ({ messageId }, { reply }) => {
    fail();
    await reply(`re: ${messageId}`);
    fail();
    completed.set(messageId, (completed.get(messageId) ?? 0) + 1);
  };
  return { onMessage, completed, failures: () => failures };
}

const words = ["Hello", "STOP", "Can I come at five?", "START", "QUIT", "Thanks", "Hello?", "unsubscribe"];
const stopWords = new Set(["STOP", "QUIT", "unsubscribe"]);

/** Sixty texts of twenty people. Half of them never speak of stopping. */
function textAway(emulator: Emulator, seed: number): InboundMessage[] {
  const random = randomFrom(seed);
  return people(20).flatMap((number, index) =>
    Array.from({ length: 3 }, () => {
      const word = index % 2 === 0 ? "Hello" : (words[Math.floor(random() * words.length)] ?? "Hello");
      return emulator.phone(number).send(word, { to: sender });
    }),
  );
}

/** By the rules, computed apart: the newest word counts, and at equal times the opt-out. */
function isStopped(messages: readonly InboundMessage[]): boolean {
  const newest = (isWord: (word: string) => boolean): number =>
    Math.max(
      -1,
      ...messages.filter(({ message }) => isWord(message)).map(({ receivedAt }) => Number(receivedAt)),
    );
  const stop = newest((word) => stopWords.has(word));
  return stop >= 0 && stop >= newest((word) => word === "START");
}

type Started = Awaited<ReturnType<typeof start>>;

async function expectAllDone(
  { emulator, suppression }: Started,
  messages: readonly InboundMessage[],
  completed: ReadonlyMap<string, number>,
): Promise<void> {
  const once = new Map(messages.map(({ messageId }) => [messageId, 1]));
  expect(completed).toEqual(once);
  for (const number of people(20)) {
    const own = messages.filter(({ from }) => from === number);
    const [decision] = await suppression.check(sender, [number]);
    expect(decision?.suppressed, JSON.stringify(own)).toBe(isStopped(own));
    const answers = emulator
      .phone(number)
      .messages()
      .filter(({ message }) => message.startsWith("re: "))
      .map(({ message }) => message);
    expect(new Set(answers).size, "an answer came twice").toBe(answers.length);
    // Who said STOP may have had an answer to what came before it.
    const isWilling = own.every(({ message }) => !stopWords.has(message));
    const due = own.map(({ messageId }) => `re: ${messageId}`);
    expect(due).toEqual(expect.arrayContaining(answers));
    expect(answers.length).toBeGreaterThanOrEqual(isWilling ? due.length : 0);
  }
}

describe("two-way messages over real sockets", () => {
  it.each([1, 2, 3])(
    "are each handled and answered once, by a handler that fails often, at the emulator's hands (seed %i)",
    async (seed) => {
      const answerer = flakyAnswerer(seed);
      const service = await start(answerer.onMessage, {
        events: {
          retryDelaysInMs: [20],
          maxEventsPerBatch: 5,
          maxConcurrentDeliveries: 4,
          faults: { duplicate: 0.5, reorder: 0.3 },
          seed,
          speed: 20,
        },
      });
      const { emulator, url } = service;
      const schema = seed % 2 === 0 ? "cloud-events" : "event-grid";
      expect(await emulator.addWebhook({ url, schema })).toMatchObject({ state: "validated" });
      const messages = textAway(emulator, seed);
      await emulator.eventsSettled();
      expect(emulator.deadLetters()).toEqual([]);
      expect(answerer.failures()).toBeGreaterThan(5);
      await expectAllDone(service, messages, answerer.completed);
    },
  );

  it.each([11, 12, 13])(
    "are so when each is delivered up to three times, in any order, in batches (seed %i)",
    async (seed) => {
      const random = randomFrom(seed);
      const answerer = flakyAnswerer(seed);
      const service = await start(answerer.onMessage);
      const messages = textAway(service.emulator, seed);
      const deliveries = messages
        .flatMap((message) => Array.from({ length: 1 + Math.floor(random() * 3) }, () => eventOf(message)))
        .map((event) => ({ event, order: random() }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ event }) => event);
      const batches: Json[][] = [];
      while (deliveries.length > 0) batches.push(deliveries.splice(0, 1 + Math.floor(random() * 8)));
      const left = await deliverUntilTaken(service.url, batches);
      expect(left).toEqual([]);
      await expectAllDone(service, messages, answerer.completed);
    },
  );

  it("in a batch with one that cannot be read and one that fails are handled and answered once", async () => {
    const unread: string[] = [];
    const answered: string[] = [];
    let failures = 2;
    const service = await start(
      async ({ messageId }, { reply }) => {
        await reply(`re: ${messageId}`);
        if (failures-- > 0) throw new Error("the database is down");
        answered.push(messageId);
      },
      {},
      (event) => void unread.push(event.field),
    );
    const { emulator, url, suppression } = service;
    const [first, second] = people(2) as [string, string];
    const good = emulator.phone(first).send("Hello", { to: sender });
    const bad = emulator.phone(second).send("Can I come at five?", { to: sender });
    const batch = [eventOf(good), malformedEvent(), eventOf(bad)];
    expect(await deliverUntilTaken(url, [batch, batch])).toEqual([]);

    expect(answered.toSorted()).toEqual([good.messageId, bad.messageId].toSorted());
    expect(new Set(unread)).toEqual(new Set(["data.message"]));
    for (const { from, messageId } of [good, bad]) {
      expect(
        emulator
          .phone(from)
          .messages()
          .map(({ message }) => message),
      ).toEqual([`re: ${messageId}`]);
    }
    expect(await suppression.check(sender, [first, second])).toEqual([
      { suppressed: false },
      { suppressed: false },
    ]);
  });

  it("need the secret: a webhook without it gets nothing", async () => {
    const { emulator, url } = await start(() => {});
    const { state } = await emulator.addWebhook({ url: url.replace("code=", "code=not-") });
    expect(state).not.toBe("validated");
    const headers = { "x-sms-webhook-secret": secret };
    const bare = url.slice(0, url.indexOf("?"));
    expect(await emulator.addWebhook({ url: bare, headers })).toMatchObject({ state: "validated" });
  });
});

function eventOf({ messageId, from, to, message, receivedAt }: InboundMessage): Json {
  const time = receivedAt.toISOString();
  const data = {
    messageId,
    from: from.slice(1),
    to: to.slice(1),
    message,
    receivedTimestamp: time,
    segmentCount: 1,
  };
  return eventGrid({ ...received, id: messageId, time, data });
}

/** As Event Grid: a few at a time, and whole batches again after a 5xx, up to 20 times. What is left was never taken. */
async function deliverUntilTaken(url: string, batches: readonly Json[][]): Promise<readonly Json[][]> {
  let open = batches;
  for (let round = 0; round < 20 && open.length > 0; round += 1) {
    const failed: Json[][] = [];
    const queue = open.values();
    const work = async (): Promise<void> => {
      for (const batch of queue) {
        const init = { method: "POST", headers: { "Content-Type": "application/json; charset=utf-8" } };
        const { status } = await fetch(url, { ...init, body: JSON.stringify(batch) });
        expect([200, 500, 503]).toContain(status);
        if (status !== 200) failed.push(batch);
      }
    };
    await Promise.all(Array.from({ length: 6 }, work));
    open = failed;
  }
  return open;
}

describe("an opt-out over real sockets", () => {
  it.each([
    ["STOP from a number that events write without +", "+15555555555", "STOP"],
    ["QUIT, of which a toll-free carrier knows nothing", person, "QUIT"],
  ])("stops the next send: %s", async (_, who, word) => {
    const { emulator, suppression, sms, url } = await start(() => {});
    await emulator.addWebhook({ url });
    emulator.phone(who).send(word, { to: sender });
    await emulator.eventsSettled();
    const sent = (): number =>
      emulator.requests().filter((request) => request.path.startsWith("/sms")).length;
    const before = sent();
    const [result] = await sms.send({ from: sender, to: [who], message: "Hello again" });
    expect(result).toMatchObject({ status: "suppressed", to: who });
    expect(sent()).toBe(before);
    expect((await suppression.check(sender, [who]))[0]?.suppressed).toBe(true);
  });

  it("that only the carrier knew is learnt from the report of a blocked send", async () => {
    const { emulator, suppression, sms, url } = await start(() => {});
    emulator.phone(person).send("STOP", { to: sender });
    await emulator.addWebhook({ url });
    expect((await suppression.check(sender, [person]))[0]?.suppressed).toBe(false);
    const request = { from: sender, to: [person], message: "Hello" };
    expect(await sms.send(request, { enableDeliveryReport: true })).toMatchObject([{ status: "accepted" }]);
    await emulator.eventsSettled();
    expect(await sms.send(request)).toMatchObject([{ status: "suppressed" }]);
  });
});
