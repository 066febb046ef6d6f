import { expect, test } from "vitest";
import { conversationLimit } from "../../src/emulator/page/conversations.js";
import { applyChanges, logLimit, modelOf, pairKey, type Model } from "../../src/emulator/page/model.js";
import type { Delivery, Message } from "../../src/emulator/page/records.js";
import { ann, bob, liveState, message, sender } from "./samples.js";

const changesOf = (...messages: Message[]) => messages.map((value) => ({ topic: "message" as const, value }));

const texts = (model: Model, phone: string, from = sender) =>
  model.phones
    .get(phone)
    ?.conversations.find((one) => one.sender === from)
    ?.messages.map(({ id, state }) => `${id} ${state}`);

test("sorts what it meets into phones and conversations, in the order of their first message", () => {
  const messages = [
    message("one", { phone: bob }),
    message("two"),
    message("three", { phone: bob, sender: "24680" }),
    message("four", { phone: bob }),
  ];
  const { phones } = modelOf(liveState({ messages }), [ann, "+14255550000"]);
  expect([...phones.keys()]).toEqual([bob, ann, "+14255550000"]);
  expect(phones.get(bob)?.conversations.map((one) => [one.sender, one.messages.length])).toEqual([
    [sender, 2],
    ["24680", 1],
  ]);
});

test("replaces a message that takes a step where it stands", () => {
  const before = modelOf(
    liveState({ messages: [message("one", { state: "under-way" }), message("two")] }),
    [],
  );
  const after = applyChanges(before, changesOf(message("one"), message("three")));
  expect(texts(after, ann)).toEqual(["one delivered", "two delivered", "three delivered"]);
  expect(texts(before, ann)).toEqual(["one under-way", "two delivered"]);
});

test("leaves what nothing happened to the same object, so that it is not drawn again", () => {
  const before = modelOf(liveState({ messages: [message("one"), message("two", { phone: bob })] }), []);
  const after = applyChanges(before, changesOf(message("three")));
  expect(after.phones.get(bob)).toBe(before.phones.get(bob));
  expect(after.phones.get(ann)).not.toBe(before.phones.get(ann));
  expect(after.requests).toBe(before.requests);
  expect(applyChanges(after, []).phones).toBe(after.phones);
});

test("keeps the newest of a conversation and of a log", () => {
  const messages = Array.from({ length: conversationLimit + 1 }, (_, index) => message(`m${index}`));
  const filled = applyChanges(modelOf(liveState(), []), changesOf(...messages));
  expect(texts(filled, ann)?.length).toBe(conversationLimit);
  expect(texts(filled, ann)?.at(-1)).toBe(`m${conversationLimit} delivered`);
  const delivery = (number: number): Delivery => ({
    number,
    webhookId: "w",
    eventId: "e",
    eventType: "Microsoft.Communication.SMSReceived",
    attempt: 1,
    at: "2026-08-04T12:00:00.000Z",
    status: 200,
    event: {},
    answer: "",
  });
  const deliveries = Array.from({ length: logLimit + 5 }, (_, index) => delivery(index));
  const changes = deliveries.map((value) => ({ topic: "delivery" as const, value }));
  expect(applyChanges(filled, changes).deliveries).toEqual(deliveries.slice(5));
});

test("takes settings whole, the last of several, and opt-outs by pair", () => {
  const optOut = { sender, phone: ann, isBlockedByCarrier: true, isInServiceList: true };
  const lifted = { ...optOut, isBlockedByCarrier: false, isInServiceList: false };
  const clock = { now: "2026-08-04T13:00:00.000Z", speed: 60 };
  const after = applyChanges(modelOf(liveState({ optOuts: [optOut] }), []), [
    { topic: "clock", value: { ...clock, speed: 0 } },
    { topic: "senders", value: [] },
    { topic: "opt-out", value: lifted },
    { topic: "clock", value: clock },
  ]);
  expect(after).toMatchObject({ clock, senders: [] });
  expect([...after.optOuts]).toEqual([[pairKey(optOut), lifted]]);
});
