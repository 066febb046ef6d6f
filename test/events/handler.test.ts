import { afterEach, describe, expect, it, vi } from "vitest";

import { createSmsEventHandler, type SmsEventHandlerOptions } from "../../src/events/event-handler.js";
import type { EventInbox } from "../../src/events/event-inbox.js";
import { MemoryEventInbox } from "../../src/events/memory-event-inbox.js";
import type { SmsObservation } from "../../src/observers/observer.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { people, person, sender, testSuppression, text } from "../support/clients.js";
import { ScriptedStore } from "../support/stores.js";
import { wrong } from "../support/wrong.js";
import { eventGrid, report, validation, type Json } from "./samples.js";
import {
  blockedReport,
  gate,
  handle,
  inboundEvent,
  malformedEvent,
  noSms,
  reportEvent,
  statuses,
} from "./support.js";

afterEach(() => {
  vi.useRealTimers();
});

function setUp(options: Partial<SmsEventHandlerOptions> = {}) {
  const suppression = testSuppression();
  const handler = createSmsEventHandler({ sms: noSms, suppression, ...options });
  return { handler, suppression };
}

async function isSuppressed(suppression: SuppressionList, who = person): Promise<boolean | undefined> {
  const [decision] = await suppression.check(sender, [who]);
  return decision?.suppressed;
}

const down = (): Promise<never> => Promise.reject(new Error("the inbox is down"));

/** An inbox of which one method, or all, is something else. */
function brokenInbox(changes: Partial<EventInbox>): EventInbox {
  const inbox = new MemoryEventInbox();
  return {
    claim: (key, leaseInMs) => inbox.claim(key, leaseInMs),
    complete: (key, token) => inbox.complete(key, token),
    release: (key, token) => inbox.release(key, token),
    beginReply: (key, at) => inbox.beginReply(key, at),
    completeReply: (key, id) => inbox.completeReply(key, id),
    cancelReply: (key) => inbox.cancelReply(key),
    ...changes,
  };
}

describe("an opt-out in an event", () => {
  it("is recorded before `onMessage` sees the message", async () => {
    const seen: unknown[] = [];
    const suppression = testSuppression();
    const { handler } = setUp({
      suppression,
      onMessage: async (message, { outcome }) => {
        seen.push(message.message, outcome.intent, outcome.changed, await isSuppressed(suppression));
      },
    });
    expect(await statuses(handler, [inboundEvent({ message: "stop!" })])).toEqual(["handled"]);
    expect(seen).toEqual(["stop!", "opt-out", true, true]);
  });

  it.each([
    ["is down", { claim: down }],
    ["says that somebody is at it", { claim: async () => ({ state: "busy" as const }) }],
    ["says that it is done", { claim: async () => ({ state: "done" as const }) }],
    ["cannot complete", { complete: down }],
  ])("is recorded also where the inbox %s", async (_, changes) => {
    const { handler, suppression } = setUp({ inbox: brokenInbox(changes) });
    await handle(handler, inboundEvent({ message: "STOP" }));
    expect(await isSuppressed(suppression)).toBe(true);
  });

  it("is recorded where `onMessage` fails, or is not there", async () => {
    const onMessage = () => Promise.reject(new Error("no"));
    for (const options of [{ onMessage }, {}]) {
      const { handler, suppression } = setUp(options);
      await handle(handler, inboundEvent({ message: "STOP" }));
      expect(await isSuppressed(suppression)).toBe(true);
    }
  });

  it("fails the event, unseen by anybody, where the store fails", async () => {
    const onMessage = vi.fn(() => {});
    const claim = vi.fn(down);
    const store = new ScriptedStore({ record: () => Promise.reject(new Error(`no ${person}`)) });
    const suppression = new SuppressionList(store);
    const { handler } = setUp({ suppression, onMessage, inbox: brokenInbox({ claim }) });
    const [outcome] = await handle(handler, inboundEvent({ message: "STOP" }));
    expect(outcome).toMatchObject({ status: "failed", error: { code: "suppression-unavailable" } });
    expect(onMessage).not.toHaveBeenCalled();
    expect(claim).not.toHaveBeenCalled();
  });

  it("stands against an older START that arrives later, and that arrives again", async () => {
    const { handler, suppression } = setUp();
    const noon = Date.parse("2026-03-02T12:00:00Z");
    const start = inboundEvent({ id: "Incoming_start", message: "START", receivedAt: new Date(noon) });
    const stop = inboundEvent({ id: "Incoming_stop", message: "STOP", receivedAt: new Date(noon + 1) });
    for (const event of [stop, start, start, stop, start]) await handle(handler, event);
    expect(await isSuppressed(suppression)).toBe(true);
  });

  it("stands at equal times, in any order", async () => {
    const receivedAt = new Date("2026-03-02T12:00:00Z");
    const start = inboundEvent({ id: "Incoming_start", message: "START", receivedAt });
    const stop = inboundEvent({ id: "Incoming_stop", message: "STOP", receivedAt });
    for (const order of [
      [start, stop],
      [stop, start],
    ]) {
      const { handler, suppression } = setUp();
      await handle(handler, order);
      expect(await isSuppressed(suppression)).toBe(true);
    }
  });
});

describe("a delivery report", () => {
  const attemptedAt = "2026-03-02T12:00:00.000Z";

  it.each([
    ["the wording", {}],
    ["the code", { deliveryStatusDetails: "4007: The Destination/To number opted out." }],
  ])("that reveals a block by %s is recorded, dated by its attempt", async (_, data) => {
    const recorded: SuppressionEntry[] = [];
    const store = new MemorySuppressionStore();
    const suppression = new SuppressionList({
      find: (recipients) => store.find(recipients),
      record: (entries) => {
        recorded.push(...entries);
        return store.record(entries);
      },
    });
    const onDeliveryReport = vi.fn<NonNullable<SmsEventHandlerOptions["onDeliveryReport"]>>();
    const { handler } = setUp({ suppression, onDeliveryReport });
    expect(await statuses(handler, [blockedReport(attemptedAt, data)])).toEqual(["handled"]);
    expect(recorded).toMatchObject([
      { sender, recipient: person, state: "opted-out", source: "delivery-report", at: new Date(attemptedAt) },
    ]);
    expect(onDeliveryReport).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ to: person, status: "failed" }),
      expect.objectContaining({ revealedOptOut: true }),
    );
    expect(await isSuppressed(suppression)).toBe(true);
  });

  it("that reveals a block does not beat a START between the attempt and the report", async () => {
    const { handler, suppression } = setUp();
    const receivedAt = new Date("2026-03-02T12:00:01Z");
    await handle(handler, [
      inboundEvent({ message: "START", receivedAt }),
      blockedReport(attemptedAt, { receivedTimestamp: "2026-03-02T13:00:00Z" }),
    ]);
    expect(await isSuppressed(suppression)).toBe(false);
  });

  it("that reveals a block is recorded also where the inbox is down", async () => {
    const { handler, suppression } = setUp({ inbox: brokenInbox({ claim: down }) });
    expect(await statuses(handler, blockedReport(attemptedAt))).toEqual(["failed"]);
    expect(await isSuppressed(suppression)).toBe(true);
  });

  it("of another kind reveals nothing, and its code is explained", async () => {
    const told = vi.fn<NonNullable<SmsEventHandlerOptions["onDeliveryReport"]>>();
    const { handler, suppression } = setUp({ onDeliveryReport: told });
    const failed = { deliveryStatus: "Failed", deliveryStatusDetails: "4005: blocked" };
    expect(await statuses(handler, reportEvent(failed))).toEqual(["handled"]);
    expect(told.mock.calls[0]?.[1]).toEqual({
      revealedOptOut: false,
      codeMeaning: "The message was blocked by the recipient's carrier.",
    });
    expect(await isSuppressed(suppression)).toBe(false);
  });

  it("is told apart from another report on the same message", async () => {
    const told = vi.fn<NonNullable<SmsEventHandlerOptions["onDeliveryReport"]>>();
    const { handler } = setUp({ onDeliveryReport: told });
    const both = [reportEvent(), blockedReport(attemptedAt)];
    expect(await statuses(handler, both)).toEqual(["handled", "handled"]);
    expect(await statuses(handler, both)).toEqual(["skipped", "skipped"]);
    expect(told.mock.calls.map(([{ status }]) => status)).toEqual(["delivered", "failed"]);
  });
});

describe("an event that comes again", () => {
  it("is handled once", async () => {
    const onMessage = vi.fn(() => {});
    const { handler } = setUp({ onMessage });
    const event = inboundEvent();
    expect(await statuses(handler, event)).toEqual(["handled"]);
    expect(await statuses(handler, [event, event])).toEqual(["skipped", "skipped"]);
    expect(onMessage).toHaveBeenCalledTimes(1);
  });

  it("twice in one body is handled once, and the other is not acknowledged", async () => {
    const entered = gate();
    const onMessage = vi.fn(() => entered.opened);
    const { handler } = setUp({ onMessage });
    const event = inboundEvent();
    const handling = statuses(handler, [event, event]);
    await vi.waitFor(() => expect(onMessage).toHaveBeenCalled());
    entered.open();
    expect((await handling).toSorted()).not.toEqual(["handled", "handled"]);
    expect(onMessage).toHaveBeenCalledTimes(1);
  });

  it("at two workers at once is handled by one; the other is busy", async () => {
    const finish = gate();
    const onMessage = vi.fn(() => finish.opened);
    const inbox = new MemoryEventInbox();
    const one = setUp({ onMessage, inbox }).handler;
    const other = setUp({ onMessage, inbox }).handler;
    const event = inboundEvent();
    const first = statuses(one, event);
    await vi.waitFor(() => expect(onMessage).toHaveBeenCalledTimes(1));
    expect(await statuses(other, event)).toEqual(["busy"]);
    finish.open();
    expect(await first).toEqual(["handled"]);
    expect(await statuses(other, event)).toEqual(["skipped"]);
    expect(onMessage).toHaveBeenCalledTimes(1);
  });

  it("of many at once is handled by exactly one", async () => {
    const onMessage = vi.fn(() => new Promise<void>((resolve) => setImmediate(resolve)));
    const { handler } = setUp({ onMessage });
    const event = inboundEvent();
    const all = await Promise.all(Array.from({ length: 50 }, () => statuses(handler, event)));
    expect(all.flat().filter((status) => status === "handled")).toHaveLength(1);
    expect(onMessage).toHaveBeenCalledTimes(1);
  });

  it("after it failed is handled, and not a third time", async () => {
    const onMessage = vi.fn(() => {});
    onMessage.mockImplementationOnce(() => {
      throw new Error("not now");
    });
    const { handler } = setUp({ onMessage });
    const event = inboundEvent();
    expect(await statuses(handler, event)).toEqual(["failed"]);
    expect(await statuses(handler, event)).toEqual(["handled"]);
    expect(await statuses(handler, event)).toEqual(["skipped"]);
    expect(onMessage).toHaveBeenCalledTimes(2);
  });

  it("after its worker died is busy for the lease, then handled", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const onMessage = vi.fn<() => Promise<void>>().mockImplementationOnce(() => new Promise(() => {}));
    const { handler } = setUp({ onMessage, leaseInSeconds: 60 });
    const event = inboundEvent();
    void handler.handle(event);
    await vi.waitFor(() => expect(onMessage).toHaveBeenCalledTimes(1));
    vi.setSystemTime(Date.now() + 59_000);
    expect(await statuses(handler, event)).toEqual(["busy"]);
    vi.setSystemTime(Date.now() + 2000);
    expect(await statuses(handler, event)).toEqual(["handled"]);
  });

  it("is the same event in either schema and in either spelling", async () => {
    const { handler } = setUp();
    const event = inboundEvent();
    const { id, data, subject, eventTime } = event as Record<string, Json>;
    const { from, ...rest } = data as Json & { from: string };
    const cloud = {
      specversion: "1.0",
      type: "Microsoft.Communication.SMSReceived",
      source: "/somewhere",
      id,
      time: eventTime,
      subject,
      data: { ...rest, From: `+${from}` },
    };
    expect(await statuses(handler, event)).toEqual(["handled"]);
    expect(await statuses(handler, cloud)).toEqual(["skipped"]);
  });

  it("fails where the inbox cannot note that it is done, or give it back", async () => {
    const completeDown = setUp({ inbox: brokenInbox({ complete: down }) }).handler;
    expect(await statuses(completeDown, inboundEvent())).toEqual(["failed"]);
    const onMessage = () => Promise.reject(new Error("no"));
    const releaseDown = setUp({ inbox: brokenInbox({ release: down }), onMessage }).handler;
    expect(await statuses(releaseDown, inboundEvent())).toEqual(["failed"]);
  });
});

describe("the events of one body", () => {
  it("are handled each on its own, in order", async () => {
    const seen: string[] = [];
    const { handler, suppression } = setUp({
      onMessage: ({ messageId }) => {
        seen.push(messageId);
        if (messageId === "Incoming_failing") throw new Error("no");
      },
    });
    const body = [
      inboundEvent({ id: "Incoming_failing" }),
      malformedEvent(),
      inboundEvent({ id: "Incoming_stop", message: "STOP" }),
      reportEvent(),
      null,
    ];
    const outcomes = await handle(handler, body);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "failed",
      "failed",
      "handled",
      "handled",
      "failed",
    ]);
    expect(outcomes.map(({ event }) => event.index)).toEqual([0, 1, 2, 3, 4]);
    expect(seen.toSorted()).toEqual(["Incoming_failing", "Incoming_stop"]);
    expect(await isSuppressed(suppression)).toBe(true);
  });

  it("are worked on ten at a time, and all come out in order", async () => {
    let atWork = 0;
    let most = 0;
    const { handler } = setUp({
      onMessage: async () => {
        most = Math.max(most, ++atWork);
        await new Promise((resolve) => setImmediate(resolve));
        atWork -= 1;
      },
    });
    const body = people(300).map((from, index) => inboundEvent({ id: `Incoming_${index}`, from }));
    const outcomes = await handle(handler, body);
    expect(outcomes.every(({ status }) => status === "handled")).toBe(true);
    expect(outcomes.map(({ event }) => event.index)).toEqual(body.map((_, index) => index));
    expect(most).toBe(10);
  });

  it("may be none", async () => {
    expect(await statuses(setUp().handler, [])).toEqual([]);
  });
});

describe("what is no SMS event", () => {
  const other = eventGrid({ ...report, type: "Microsoft.Communication.ChatMessageReceived" });

  it("comes again where nobody takes it", async () => {
    const { handler } = setUp();
    const outcomes = await handle(handler, [malformedEvent(), other, "STOP"]);
    expect(outcomes.map(({ status }) => status)).toEqual(["failed", "failed", "failed"]);
    expect(outcomes.map(({ error }) => error?.name)).toEqual(["TypeError", "TypeError", "TypeError"]);
  });

  it("is handled where somebody does", async () => {
    const onMalformed = vi.fn<NonNullable<SmsEventHandlerOptions["onMalformed"]>>();
    const onOther = vi.fn<NonNullable<SmsEventHandlerOptions["onOther"]>>();
    const { handler } = setUp({ onMalformed, onOther });
    expect(await statuses(handler, [malformedEvent("bad"), other])).toEqual(["handled", "handled"]);
    expect(onMalformed).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ kind: "malformed", id: "bad", field: "data.message" }),
    );
    expect(onOther).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ kind: "other" }));
  });

  it("comes again where taking it fails", async () => {
    const fail = () => Promise.reject(new Error("the disk is full"));
    const { handler } = setUp({ onMalformed: fail, onOther: fail });
    expect(await statuses(handler, [malformedEvent(), other])).toEqual(["failed", "failed"]);
  });

  it("is handled where Event Grid speaks of the subscription itself", async () => {
    const deleted = eventGrid({ ...validation, type: "Microsoft.EventGrid.SubscriptionDeletedEvent" });
    expect(await statuses(setUp().handler, [deleted, eventGrid(validation)])).toEqual(["handled", "handled"]);
  });
});

describe("observers of a handler", () => {
  it("are told of messages and reports", async () => {
    const seen: SmsObservation[] = [];
    const { handler } = setUp({ observers: [{ observe: (what) => void seen.push(what) }] });
    await handle(handler, [inboundEvent({ message: "STOP" }), reportEvent({ tag: "campaign" })]);
    const said = seen.toSorted((a, b) => a.type.localeCompare(b.type));
    expect(said).toMatchObject([
      {
        type: "delivery",
        from: sender,
        to: person,
        status: "delivered",
        tag: "campaign",
        lastAttemptAt: new Date("2020-09-18T00:22:14.931Z"),
      },
      { type: "inbound", from: person, to: sender, messageId: "Incoming_1", intent: "opt-out" },
    ]);
    expect(said.map((what) => "text" in what && what.text?.())).toEqual([false, "STOP"]);
    expect(said.some((what) => "attempts" in what || "details" in what || "message" in what)).toBe(false);
  });

  it("are not told of what is skipped, and harm nothing when they throw", async () => {
    const observe = vi.fn(() => {
      throw new Error("a bad observer");
    });
    const { handler } = setUp({ observers: [{ observe }] });
    expect(await statuses(handler, inboundEvent())).toEqual(["handled"]);
    expect(await statuses(handler, inboundEvent({ receivedAt: new Date(0) }))).toEqual(["handled"]);
    expect(await statuses(handler, inboundEvent({ receivedAt: new Date(0) }))).toEqual(["skipped"]);
    expect(observe).toHaveBeenCalledTimes(2);
  });
});

describe("the errors of a handler", () => {
  it("show nothing private of what was thrown, whatever it is", async () => {
    const leaky = [
      new Error(`could not store "${text}" of ${person}`, { cause: new Error(person) }),
      Object.assign(new Error("no"), { row: { from: person, text } }),
      text,
      { message: text },
      undefined,
      new AggregateError([new Error(text)], "many"),
    ];
    for (const [index, thrown] of leaky.entries()) {
      const onMessage = () => Promise.reject(wrong<Error>(thrown));
      const [outcome] = await handle(setUp({ onMessage }).handler, inboundEvent({ id: `Incoming_${index}` }));
      expect(outcome?.status).toBe("failed");
      expect(outcome?.error).toBeInstanceOf(Error);
    }
  });

  it("show nothing private of what could not be read", async () => {
    const events = [
      { ...inboundEvent(), data: { message: canary.text, from: canary.numbers[0], [canary.text]: 1 } },
      { ...inboundEvent(), data: canary.text },
      canary.text,
      [canary.numbers[1]],
    ];
    const outcomes = await handle(setUp().handler, events);
    expect(outcomes.every(({ status, error }) => status === "failed" && error !== undefined)).toBe(true);
  });
});

describe("the options of a handler", () => {
  const suppression = testSuppression();
  it.each([
    ["sms", { suppression }],
    ["sms", { sms: {}, suppression }],
    ["suppression", { sms: noSms }],
    ["inbox", { sms: noSms, suppression, inbox: {} }],
    ["leaseInSeconds", { sms: noSms, suppression, leaseInSeconds: 0 }],
    ["leaseInSeconds", { sms: noSms, suppression, leaseInSeconds: Number.NaN }],
    ["leaseInSeconds", { sms: noSms, suppression, leaseInSeconds: "5" }],
  ])("are refused for a bad `%s`", (name, options) => {
    expect(() => createSmsEventHandler(wrong(options))).toThrow(`\`${name}\``);
  });
});
