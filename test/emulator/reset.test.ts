import { expect, it } from "vitest";
import { Feed } from "../../src/emulator/phones/feed.js";
import { isDelivery, receiving, until, type Reply } from "./receiver.js";
import { ann, bob, call, emulated, reportOf, sendBody, sender, sendItems, texts } from "./wire.js";

const still = { speed: 0 };

it("forgets what has happened", async () => {
  const receiver = await receiving(() => ({ status: 400 }));
  const emulator = await emulated({
    webhooks: [{ url: receiver.url }],
    rateLimits: { units: { "toll-free": 1 } },
    clock: still,
  });
  const smsRecipients = [
    {
      to: ann,
      repeatabilityRequestId: "8aa7a4a6-0c2a-4b8e-9a1c-2f5d1f0b7c11",
      repeatabilityFirstSent: new Date().toUTCString(),
    },
  ];
  const smsSendOptions = { enableDeliveryReport: true };
  const [first] = await sendItems(emulator, { smsRecipients, smsSendOptions });
  emulator.phone(bob).send("STOP", { to: sender });
  await emulator.eventsSettled();
  emulator.reset();
  expect(emulator.messages()).toEqual([]);
  expect(emulator.requests()).toEqual([]);
  expect(emulator.deliveries()).toEqual([]);
  expect(emulator.deadLetters()).toEqual([]);
  expect([...texts(emulator, ann), ...texts(emulator, bob)]).toEqual([]);
  expect(await reportOf(emulator, first?.["messageId"])).toMatchObject({ status: 404 });
  // Neither the rate limit nor the memory of request ids is in the way.
  const [again] = await sendItems(emulator, { smsRecipients });
  expect(again?.["messageId"]).not.toBe(first?.["messageId"]);
  emulator.clock.advance(60_000);
  await sendItems(emulator, { smsRecipients: [{ to: bob }] });
  expect(texts(emulator, bob)).toEqual(["Hello"]);
});

it("leaves senders, webhooks, faults and the clock as they are", async () => {
  const receiver = await receiving();
  const emulator = await emulated({
    webhooks: [{ url: receiver.url }],
    faults: { serverError: { next: 2 } },
  });
  await emulator.eventsSettled();
  emulator.putSender({ number: "12345", kind: "short-code" });
  emulator.setEventFaults({ duplicate: 1 });
  emulator.clock.setSpeed(0);
  emulator.clock.advance(3_600_000);
  const before = { senders: emulator.senders, webhooks: emulator.webhooks(), now: emulator.clock.now() };
  emulator.reset();
  expect({ senders: emulator.senders, webhooks: emulator.webhooks(), now: emulator.clock.now() }).toEqual(
    before,
  );
  expect(emulator.clock.speed).toBe(0);
  const post = () => call(emulator, { target: "/sms?api-version=2026-01-23", body: sendBody() });
  for (const status of [503, 503, 202]) expect(await post()).toMatchObject({ status });
  emulator.phone(ann).send("Hi", { to: sender });
  await emulator.eventsSettled();
  expect(receiver.events()).toHaveLength(2);
});

it("forgets messages and notices under way, and what was to be reported of them", async () => {
  const recipients = [{ number: bob, deliveryStatus: "none" }] as const;
  const receiver = await receiving();
  const emulator = await emulated({
    clock: still,
    deliveryDelayInMs: 1000,
    recipients,
    webhooks: [{ url: receiver.url, eventTypes: ["Microsoft.Communication.SMSDeliveryReportReceived"] }],
  });
  await emulator.eventsSettled();
  await sendItems(emulator, {
    smsRecipients: [{ to: ann }, { to: bob }],
    smsSendOptions: { enableDeliveryReport: true },
  });
  emulator.phone(ann).send("HELP", { to: sender });
  emulator.reset();
  // Nothing is under way any more, although the clock stands still.
  await emulator.eventsSettled();
  emulator.clock.advance(43_200_000);
  await emulator.eventsSettled();
  expect(texts(emulator, ann)).toEqual([]);
  expect(emulator.messages()).toEqual([]);
  expect(receiver.events()).toEqual([]);
});

it("forgets an event that waits for its retry, or for the end of a delay", async () => {
  const receiver = await receiving(() => ({ status: 503 }));
  const emulator = await emulated({ clock: still, webhooks: [{ url: receiver.url }] });
  await emulator.eventsSettled();
  emulator.phone(ann).send("retry", { to: sender });
  await until(() => emulator.deliveries().length === 1);
  emulator.setEventFaults({ delayInMs: 5000 });
  emulator.phone(ann).send("delay", { to: sender });
  emulator.reset();
  await emulator.eventsSettled();
  emulator.clock.advance(86_400_000);
  await emulator.eventsSettled();
  expect(receiver.events()).toHaveLength(1);
  expect(emulator.deliveries()).toEqual([]);
  expect(emulator.deadLetters()).toEqual([]);
});

it.each<Reply>([{}, { status: 503 }, { status: 400 }])(
  "forgets an event that is just being delivered, whatever the receiver answers: %j",
  async (reply) => {
    let answer: (reply: Reply) => void = () => undefined;
    let isFirst = true;
    const receiver = await receiving(() => {
      if (!isFirst) return {};
      isFirst = false;
      return new Promise((resolve) => (answer = resolve));
    });
    const emulator = await emulated({ clock: still, webhooks: [{ url: receiver.url }] });
    await emulator.eventsSettled();
    emulator.phone(ann).send("before", { to: sender });
    await until(() => receiver.events().length === 1);
    emulator.reset();
    await emulator.eventsSettled();
    const { messageId } = emulator.phone(ann).send("after", { to: sender });
    answer(reply);
    await emulator.eventsSettled();
    expect(emulator.deliveries()).toMatchObject([{ eventId: messageId, attempt: 1, status: 200 }]);
    expect(emulator.deadLetters()).toEqual([]);
    emulator.clock.advance(86_400_000);
    expect(receiver.requests.filter(isDelivery)).toHaveLength(2);
  },
);

it("leaves nothing behind that a later event could overtake", async () => {
  const receiver = await receiving();
  const events = { faults: { reorder: 1 } };
  const emulator = await emulated({ clock: still, events, webhooks: [{ url: receiver.url }] });
  await emulator.eventsSettled();
  emulator.phone(ann).send("held back", { to: sender });
  emulator.reset();
  emulator.phone(ann).send("one", { to: sender });
  emulator.phone(ann).send("two", { to: sender });
  await emulator.eventsSettled();
  expect(receiver.events().map(({ data }) => data["message"])).toEqual(["two", "one"]);
});

it("lets the readers of inbound() go on with what comes", async () => {
  const emulator = await emulated();
  const phone = emulator.phone(ann);
  const [behind, waiting] = [emulator.inbound(), emulator.inbound()];
  for (const text of ["one", "two"]) phone.send(text, { to: sender });
  await waiting.next();
  await waiting.next();
  const next = waiting.next();
  emulator.reset();
  phone.send("three", { to: sender });
  expect(await next).toMatchObject({ value: { message: "three" } });
  expect(await behind.next()).toMatchObject({ value: { message: "three" } });
  expect(await emulator.inbound().next()).toMatchObject({ value: { message: "three" } });
});

it("lets a reader go on that was behind by more than a stack is deep", async () => {
  const feed = new Feed<{ readonly number: number }>();
  const reader = feed.read();
  for (let number = 0; number < 100_000; number += 1) feed.push({ number });
  feed.clear();
  feed.push({ number: -1 });
  expect(await reader.next()).toEqual({ done: false, value: { number: -1 } });
});

it("lets a reader wait on when what it was woken for is forgotten at once", async () => {
  const emulator = await emulated();
  const next = emulator.inbound().next();
  emulator.phone(ann).send("forgotten", { to: sender });
  emulator.reset();
  emulator.phone(ann).send("kept", { to: sender });
  expect(await next).toMatchObject({ value: { message: "kept" } });
});

it("lets who waits for a message wait on, for the next one", async () => {
  const emulator = await emulated({ clock: still, deliveryDelayInMs: 1000 });
  const waiting = emulator.waitForMessage({ to: ann });
  await sendItems(emulator, { message: "forgotten" });
  emulator.reset();
  await sendItems(emulator, { message: "kept" });
  emulator.clock.advance(1000);
  expect(await waiting).toMatchObject({ message: "kept" });
  expect(texts(emulator, ann)).toEqual(["kept"]);
});
