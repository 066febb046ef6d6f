import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { AbortError, SmsError } from "../../src/errors/sms-error.js";
import type { SuppressionListOptions } from "../../src/suppression/list-options.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import type { SuppressionEntry, SuppressionStore } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { rejection } from "../support/clients.js";
import { fact, hang, minute, ScriptedStore, type Answer } from "../support/stores.js";
import { wrong } from "../support/wrong.js";

const sender = "+18005551234";
const [person, other] = canary.numbers;
const secondInMs = 1000;

type Call = (list: SuppressionList, options?: { abortSignal?: AbortSignal }) => Promise<unknown>;

const find: Call = (list, options) => list.check(sender, [person, other], options);
/** Every way to the store's `record`. */
const record: readonly (readonly [string, Call])[] = [
  [
    "handleMessage",
    (list, options) => list.handleMessage({ from: person, to: sender, message: "STOP" }, options),
  ],
  [
    "handleDeliveryReport",
    (list, options) =>
      list.handleDeliveryReport({ from: sender, to: person, status: "failed", code: 4007 }, options),
  ],
  ["optOut", (list, options) => list.optOut(sender, [person], options)],
  ["optIn", (list, options) => list.optIn(sender, [person], { ...options, at: new Date(0) })],
  [
    "claimConfirmation",
    (list, options) => {
      const expiresAt = new Date(Date.now() + 60 * secondInMs);
      const grant = { messageId: "m", sender, recipient: person, receivedAt: new Date(), expiresAt };
      return list.claimConfirmation({ ...grant, intent: "help" }, fact(), options);
    },
  ],
];
const calls: readonly (readonly [string, Call])[] = [["check", find], ...record];

const unavailable = { name: "SmsError", code: "suppression-unavailable" };

/** A list whose store gives this answer to whatever it is asked. */
function listWith(answer: Answer, options?: SuppressionListOptions): SuppressionList {
  return new SuppressionList(new ScriptedStore({ find: answer, record: answer }), options);
}

const failures: readonly (readonly [string, Answer])[] = [
  ["rejects", async () => Promise.reject(new Error("connection lost"))],
  [
    "throws at once",
    () => {
      throw new Error("connection lost");
    },
  ],
  ["rejects with nothing", async () => Promise.reject()],
  ["rejects with a text", async () => Promise.reject(`no row for ${person}`)],
  ["rejects with an object of no kind", async () => Promise.reject(Object.create(null))],
  ["rejects with an error that causes itself", async () => Promise.reject(selfCaused())],
  ["rejects with an abort of its own", async () => Promise.reject(new AbortError())],
  ["rejects with an error of ours", async () => Promise.reject(new SmsError("outcome-unknown", "who knows"))],
  ["rejects with an error of ours about a person", async () => Promise.reject(ownErrorAbout(person))],
  [
    "rejects with an abort of the platform",
    async () => Promise.reject(new DOMException("stop", "AbortError")),
  ],
];

describe.each(calls)("%s, where the store fails", (name, call) => {
  it.each(failures)("%s", async (_failure, answer) => {
    const error = await rejection(call(listWith(answer)));
    expect(error).toMatchObject(unavailable);
    const consequence =
      name === "check"
        ? "Nothing is sent without its word."
        : "It may lack what it was given: repeat the call.";
    expect(error.message).toBe(`The suppression store (ScriptedStore) failed. ${consequence}`);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it("keeps a harmless error as the cause", async () => {
    const cause = Object.assign(new Error("connection lost"), { code: "ECONNRESET" });
    expect((await rejection(call(listWith(() => Promise.reject(cause))))).cause).toBe(cause);
  });

  it("shows nothing private of one that is not", async () => {
    const cause = Object.assign(new Error(`no row for ${person}`), { code: "XX000", parameters: [person] });
    const error = await rejection(call(listWith(() => Promise.reject(cause))));
    expect(error.cause).toMatchObject({ message: "no row for +***0123", code: "XX000" });
    expect(error.cause).not.toHaveProperty("parameters");
  });
});

describe("an answer of the wrong shape", () => {
  const mine = fact({ recipient: person });
  const theirs = fact({ recipient: other });
  const withChange = (change: Record<string, unknown>): unknown => [[{ ...mine, ...change }], []];

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["false", false],
    ["an object", { length: 2 }],
    ["a text", "no"],
    ["no lists", []],
    ["a list too few", [[]]],
    ["a list too many", [[], [], []]],
    ["holes in place of lists", holes(2)],
    ["one hole", Object.assign(holes(2), { 0: [mine] })],
    ["undefined in place of a list", [[], undefined]],
    ["null in place of a list", [null, []]],
    ["an entry in place of a list", [mine, theirs]],
    ["a map in place of a list", [new Map(), []]],
    ["decisions", [{ suppressed: false }, { suppressed: false }]],
    ["nothing in place of an entry", [[undefined], []]],
    ["null in place of an entry", [[null], []]],
    ["a hole in place of an entry", [Object.assign(holes(2), { 0: mine }), []]],
    ["a text in place of an entry", [["STOP"], []]],
    ["an empty object in place of an entry", [[{}], []]],
    ["lists in another order", [[theirs], [mine]]],
    ["a list at the wrong place", [[], [mine]]],
    ["somebody else's entry among others", [[mine, theirs], []]],
    ["an entry without a recipient", withChange({ recipient: undefined })],
    ["an entry without a sender", withChange({ sender: undefined })],
    ["a state of its own", withChange({ state: "blocked" })],
    ["no state", withChange({ state: undefined })],
    ["no date", withChange({ at: undefined })],
    ["an invalid date", withChange({ at: new Date(Number.NaN) })],
    ["a date as a text", withChange({ at: "2026-11-23T12:00:00.000Z" })],
    ["a date as a number", withChange({ at: 0 })],
  ])("of find: %s", async (_name, answer) => {
    const error = await rejection(find(listWith(async () => answer)));
    expect(error).toMatchObject(unavailable);
    expect(error.message).toContain("gave a wrong answer: expected");
  });

  it("of find is no harm where the store sorts the question itself, and answers in that order", async () => {
    const sorting = listWith(async (asked) => {
      wrong<string[]>(asked).sort();
      return asked.map((recipient) => [recipient === person ? mine : theirs]);
    });
    expect(person < other).toBe(true);
    expect(await rejection(sorting.check(sender, [other, person]))).toMatchObject(unavailable);
    expect(await sorting.check(sender, [person, other])).toMatchObject([
      { entry: { recipient: person } },
      { entry: { recipient: other } },
    ]);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["true", true],
    ["no booleans", []],
    ["a boolean too many", [true, true]],
    ["a hole", holes(1)],
    ["undefined", [undefined]],
    ["a number", [1]],
    ["a text", ["true"]],
    ["entries", [[mine]]],
  ])("of record: %s", async (_name, answer) => {
    for (const [, call] of record) {
      const error = await rejection(call(listWith(async () => answer)));
      expect(error).toMatchObject(unavailable);
      expect(error.message).toContain("gave a wrong answer: expected 1 booleans");
    }
  });
});

describe("a store that does not answer", () => {
  beforeEach(() => vi.useFakeTimers({ now: minute(0) }));
  afterEach(() => vi.useRealTimers());

  it.each(calls)("%s gives up after five seconds, and tells the store", async (_name, call) => {
    const store = new ScriptedStore();
    const rejected = rejection(call(new SuppressionList(store)));
    let isSettled = false;
    void rejected.then(() => (isSettled = true));
    await vi.advanceTimersByTimeAsync(4999);
    expect(isSettled).toBe(false);
    expect(store.signals.map(({ aborted }) => aborted)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(1);
    const error = await rejected;
    expect(error).toMatchObject(unavailable);
    expect(error.message).toContain("(ScriptedStore) did not answer within 5 s.");
    expect(store.signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gives up when the option says so", async () => {
    const rejected = rejection(find(listWith(hang, { storeTimeoutInSeconds: 0.25 })));
    await vi.advanceTimersByTimeAsync(250);
    expect(await rejected).toMatchObject({
      message: expect.stringContaining("did not answer within 0.25 s"),
    });
  });

  it.each(calls)("%s ends with the caller's abort, and tells the store", async (_name, call) => {
    const store = new ScriptedStore();
    const controller = new AbortController();
    const rejected = rejection(call(new SuppressionList(store), { abortSignal: controller.signal }));
    await vi.advanceTimersByTimeAsync(10);
    expect(store.signals.map(({ aborted }) => aborted)).toEqual([false]);
    controller.abort("shutting down");
    expect(await rejected).toMatchObject({ name: "AbortError", code: "aborted", cause: "shutting down" });
    expect(store.signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
  });

  it("may answer or fail too late: nobody hears it", async () => {
    for (const late of [[[], []], new Error(`too late for ${person}`)]) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const rejected = rejection(find(listWith(() => promise)));
      await vi.advanceTimersByTimeAsync(5000);
      if (late instanceof Error) reject(late);
      else resolve(late);
      expect(await rejected).toMatchObject({ message: expect.stringContaining("did not answer") });
    }
  });

  it("may have no class to be named by", async () => {
    const bare: SuppressionStore = Object.assign(Object.create(null), { find: hang, record: hang });
    const rejected = rejection(find(new SuppressionList(bare)));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await rejected).toMatchObject(unavailable);
  });
});

describe("an abort before the call", () => {
  it.each(calls)("%s does not ask the store", async (_name, call) => {
    const store = new ScriptedStore();
    const error = await rejection(call(new SuppressionList(store), { abortSignal: AbortSignal.abort("no") }));
    expect(error).toMatchObject({ name: "AbortError", code: "aborted", cause: "no" });
    expect(store.signals).toHaveLength(0);
  });
});

describe("after an answer", () => {
  it.each(calls)("%s leaves no timer and no listener", async (_name, call) => {
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const { signal } = new AbortController();
    const list = new SuppressionList(new MemorySuppressionStore());
    const before = timers();
    for (let index = 0; index < 20; index++) await call(list, { abortSignal: signal });
    await rejection(
      call(
        listWith(async () => Promise.reject(new Error("no"))),
        { abortSignal: signal },
      ),
    );
    await rejection(
      call(
        listWith(async () => "nonsense"),
        { abortSignal: signal },
      ),
    );
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it("the store's signal is not aborted, and the store was asked once with the keys", async () => {
    const entries: SuppressionEntry[] = [fact({ recipient: person })];
    const asked: unknown[] = [];
    const store = new ScriptedStore({
      find: async (recipients) => {
        asked.push([...recipients]);
        return [entries, []];
      },
    });
    const decisions = await new SuppressionList(store).check(sender, [person.slice(1), other]);
    expect(decisions).toEqual([{ suppressed: true, entry: entries[0] }, { suppressed: false }]);
    expect(asked).toEqual([[person, other]]);
    expect(store.signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});

/** A list that has a length and nothing in it, as `new Array(count)` is before a store has filled it. */
function holes(count: number): unknown[] {
  const list: unknown[] = [];
  list.length = count;
  return list;
}

function selfCaused(): Error {
  const error = new Error(`no row for ${person}`);
  error.cause = error;
  return error;
}

function ownErrorAbout(number: string): SmsError {
  return new SmsError("suppression-unavailable", `no row for ${number}`);
}

it("what a person wrote does not show in what a store says of its failure", async () => {
  const list = listWith(async () =>
    Promise.reject(new Error(`insert failed: ('${canary.text}', '${person}')`)),
  );
  const error = await rejection(list.optOut(sender, [person], { keyword: canary.text }));
  expect(error.cause).toMatchObject({ message: "insert failed: ('[redacted]', '+***0123')" });
});

describe("what a store is given", () => {
  it("is text that every database takes, whatever a phone or a service sent", async () => {
    const store = new ScriptedStore({ record: () => [true] });
    const list = new SuppressionList(store);
    await list.optOut(sender, [person], {
      keyword: "stop \ud83d",
      note: "a\0b \u{1F600}",
      messageId: "\udc00",
    });
    expect(store.recorded).toMatchObject([
      { keyword: "stop \ufffd", note: "a\ufffdb \u{1F600}", messageId: "\ufffd" },
    ]);
  });
});
