import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import type { RevealingReport } from "../../src/suppression/revealed-opt-out.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { rejection } from "../support/clients.js";
import { collect, fact, hang, minute, ScriptedStore } from "../support/stores.js";
import { wrong } from "../support/wrong.js";

const sender = "+18005551234";
const [person, other] = canary.numbers;
const now = minute(0);

let store: MemorySuppressionStore;
let list: SuppressionList;

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ["Date"] });
  store = new MemorySuppressionStore();
  list = new SuppressionList(store);
});
afterEach(() => vi.useRealTimers());

const allowed = { suppressed: false };

const say = (message: string, receivedAt?: Date, messageId?: string) =>
  list.handleMessage({ from: person, to: sender, message, receivedAt, messageId });

async function decision(from = sender, to = person) {
  const [answer, ...more] = await list.check(from, [to]);
  expect(more).toEqual([]);
  return answer;
}

async function entryAfter(act: () => Promise<unknown>): Promise<SuppressionEntry | undefined> {
  await act();
  return (await collect(store.entries())).at(-1);
}

describe("handleMessage", () => {
  it.each(["STOP", " “Stop!” ", "opt-out", "Arrêt", "UNSUBSCRIBE"])(
    "records %j as an opt-out, verbatim",
    async (message) => {
      expect(await say(message, minute(-3), "m1")).toMatchObject({
        intent: "opt-out",
        possibleOptOut: false,
        changed: true,
      });
      const keyword = {
        keyword: message,
        messageId: "m1",
        source: "keyword",
        at: minute(-3),
        recordedAt: now,
      } as const;
      const entry = fact({ recipient: person, sender, ...keyword });
      expect(await decision()).toEqual({ suppressed: true, entry });
      expect(await collect(store.history(person))).toEqual([entry]);
    },
  );

  it.each(["START", "unstop."])("records %j as an opt-in", async (message) => {
    await say("STOP", minute(-3));
    expect(await say(message, minute(-2), "m2")).toMatchObject({
      intent: "opt-in",
      changed: true,
      possibleOptOut: false,
    });
    expect(await decision()).toEqual(allowed);
    const [, entry] = await collect(store.history(person));
    expect(entry).toEqual(
      fact({ state: "opted-in", keyword: message, messageId: "m2", at: minute(-2), recordedAt: now }),
    );
  });

  it.each([
    ["HELP", { intent: "help", keyword: "HELP", possibleOptOut: false }],
    ["See you at 5!", { intent: "none", possibleOptOut: false }],
    ["please stop texting me", { intent: "none", possibleOptOut: true }],
    ["", { intent: "none", possibleOptOut: false }],
  ])("records nothing at %j, and does not ask the store", async (message, outcome) => {
    list = new SuppressionList(new ScriptedStore({ find: hang, record: hang }));
    expect(await say(message)).toEqual({ ...outcome, changed: false });
  });

  it("says once that something changed", async () => {
    expect(await say("STOP", minute(-1), "m")).toMatchObject({ changed: true });
    expect(await say("STOP", minute(-1), "m")).toMatchObject({ changed: false, intent: "opt-out" });
    expect(await say("STOP", minute(-2), "older")).toMatchObject({ changed: false });
    expect(await say("START", minute(-1), "other state")).toMatchObject({ changed: true });
  });

  it("has its time from `receivedAt`, else from the clock", async () => {
    expect(await entryAfter(() => say("STOP", minute(-9)))).toMatchObject({
      at: minute(-9),
      recordedAt: now,
    });
    expect(await entryAfter(() => say("STOP"))).toMatchObject({ at: now, recordedAt: now });
  });

  it("copies the time it is given", async () => {
    const receivedAt = minute(-9);
    await say("STOP", receivedAt);
    receivedAt.setTime(0);
    expect(await decision()).toMatchObject({ entry: { at: minute(-9) } });
    const scripted = new ScriptedStore({ record: async () => [true] });
    list = new SuppressionList(scripted);
    await say("STOP", receivedAt);
    await list.optOut(sender, [person], { at: receivedAt });
    await list.optIn(sender, [person], { at: receivedAt });
    receivedAt.setTime(1);
    expect(scripted.recorded.map(({ at }) => at.getTime())).toEqual([0, 0, 0]);
  });

  it("goes by time and not by arrival", async () => {
    await say("STOP", minute(-1));
    expect(await say("START", minute(-2))).toMatchObject({ intent: "opt-in" });
    expect(await decision()).toMatchObject({ suppressed: true, entry: { at: minute(-1) } });
    await say("START", minute(-1));
    expect(await decision(), "a tie is an opt-out").toMatchObject({ suppressed: true });
    await say("START", new Date(minute(-1).getTime() + 1));
    expect(await decision()).toEqual(allowed);
    await say("STOP", minute(-1), "late and repeated");
    expect(await decision()).toEqual(allowed);
  });

  it("takes an opt-out from the future as of now, so that the next START counts", async () => {
    expect(await entryAfter(() => say("STOP", minute(5)))).toMatchObject({ at: minute(5) });
    expect(await entryAfter(() => say("STOP", new Date(minute(5).getTime() + 1)))).toMatchObject({
      at: minute(5),
    });
    expect((await collect(store.history(person))).at(-1)).toMatchObject({ at: now });
    vi.setSystemTime(minute(7));
    await say("START", minute(6));
    expect(await decision()).toEqual(allowed);
  });

  it("refuses an opt-in from the future", async () => {
    await say("STOP", now);
    await say("START", minute(5));
    expect(await decision()).toEqual(allowed);
    const error = await rejection(say("START", new Date(minute(5).getTime() + 1)));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(
      /^Expected `receivedAt` to be at most five minutes in the future, got 2026-03-02/,
    );
    expect(await collect(store.history(person))).toHaveLength(2);
  });

  it("reads words by the settings of the texted sender", async () => {
    const exclude = [{ word: "cancel", sender, reason: "appointments", excludeFccKeyword: true }] as const;
    list = new SuppressionList(store, { keywords: { add: [{ word: "basta", intent: "opt-out" }], exclude } });
    expect(await say("Cancel")).toMatchObject({ intent: "none", possibleOptOut: true, changed: false });
    expect(await decision()).toEqual(allowed);
    expect(await say("Basta")).toMatchObject({ intent: "opt-out", keyword: "BASTA", changed: true });
    const elsewhere = { from: person, to: "+18335551234", message: "cancel" };
    expect(await list.handleMessage(elsewhere)).toMatchObject({ intent: "opt-out" });
  });
});

describe("an address has one key, however it is written", () => {
  it.each([
    ["15555555555", "+15555555555", sender, sender],
    ["+15555555555", "15555555555", sender, sender],
    ["+1 (555) 555-5555", "+15555555555", sender, "1-800-555-1234"],
    [person, person, "18005551234", sender],
    [person, person, "12345", "12345"],
    [person, person, "Contoso", "CONTOSO"],
    [person, person, "contoso", " Contoso "],
  ])("STOP from %s stops a send to %s (to %s, from %s)", async (from, to, texted, sending) => {
    await list.handleMessage({ from, to: texted, message: "STOP" });
    expect(await decision(sending, to)).toMatchObject({ suppressed: true });
    expect(await decision("+18335551234", to)).toEqual(allowed);
    expect(await decision(sending, other)).toEqual(allowed);
    await list.optIn(sending, [to], { at: minute(1) });
    expect(await decision(texted, from)).toEqual(allowed);
  });

  it("and a short code is no number with a plus", async () => {
    await list.handleMessage({ from: person, to: "12345", message: "STOP" });
    expect(await decision("+12345")).toEqual(allowed);
  });
});

describe("check", () => {
  it("answers for each recipient, in order, with one question to the store", async () => {
    await list.optOut(sender, [person]);
    const find = vi.spyOn(store, "find");
    const decisions = await list.check(sender, [other, person, person.slice(1), other]);
    expect(decisions.map(({ suppressed }) => suppressed)).toEqual([false, true, true, false]);
    expect(find).toHaveBeenCalledTimes(1);
    expect(await list.check(sender, [])).toEqual([]);
  });

  it("groups senders as `program` has it, and calls it with keys", async () => {
    const asked = new Set<string>();
    const program = (key: string): string => {
      asked.add(key);
      return key.startsWith("+1800") ? "orders" : "news";
    };
    list = new SuppressionList(store, { program });
    await list.handleMessage({ from: person, to: "1-800-555-9999", message: "STOP" });
    await list.optOut("news Letter", [other]);
    expect(await decision(sender, person)).toMatchObject({
      suppressed: true,
      entry: { sender: "+18005559999" },
    });
    expect(await decision("12345", person)).toEqual(allowed);
    expect(await decision("12345", other)).toMatchObject({ suppressed: true });
    expect(asked).toEqual(new Set([sender, "+18005559999", "12345", "NEWS LETTER"]));
  });

  it("stops every sender with `revokeAll`", async () => {
    await list.optOut("12345", [person]);
    expect(await decision(sender)).toEqual(allowed);
    list = new SuppressionList(store, { revokeAll: true });
    expect(await decision(sender)).toMatchObject({ suppressed: true, entry: { sender: "12345" } });
    expect(await decision(sender, other)).toEqual(allowed);
  });

  it("fails where `program` gives no name, rather than put every sender into one", async () => {
    await list.optOut(sender, [person]);
    list = new SuppressionList(store, { program: wrong(() => undefined) });
    const error = await rejection(list.check("12345", [person]));
    expect(error).toMatchObject({
      name: "TypeError",
      message: expect.stringContaining("`program(sender)` to be a string"),
    });
  });
});

describe("handleDeliveryReport", () => {
  const report: RevealingReport = {
    from: sender,
    to: person,
    status: "failed",
    code: 4007,
    messageId: "sent",
  };
  const attempts = [{ at: minute(-8) }, { at: minute(-6) }, { at: minute(-7) }];

  it.each<[string, RevealingReport]>([
    ["by its code", report],
    ["by its sentence", { ...report, code: undefined, details: "Sender blocked for given recipient." }],
    [
      "by its sentence in other case",
      { ...report, code: 9999, details: "4007: sender BLOCKED for given recipient" },
    ],
    ["with numbers without plus", { ...report, from: sender.slice(1), to: person.slice(1) }],
  ])("records a revealed opt-out: %s", async (_name, revealing) => {
    expect(await list.handleDeliveryReport({ ...revealing, attempts })).toEqual({
      revealed: true,
      changed: true,
    });
    const { details: note } = revealing;
    expect(await decision()).toEqual({
      suppressed: true,
      entry: fact({
        source: "delivery-report",
        messageId: "sent",
        at: minute(-6),
        recordedAt: now,
        ...(note !== undefined && { note }),
      }),
    });
    expect(await list.handleDeliveryReport({ ...revealing, attempts })).toMatchObject({ changed: false });
  });

  it.each<[string, Partial<RevealingReport>]>([
    ["was delivered", { status: "delivered" }],
    [
      "was delivered, whatever its details",
      { status: "delivered", details: "Sender blocked for given recipient." },
    ],
    ["failed otherwise", { code: 4001, details: "4001: The destination number is not reachable." }],
    ["failed for a blocked sender, but not by this recipient", { code: 4006, details: "Sender blocked." }],
    ["failed without a reason", { code: undefined }],
  ])("changes nothing for a message that %s", async (_name, change) => {
    list = new SuppressionList(new ScriptedStore({ find: hang, record: hang }));
    expect(await list.handleDeliveryReport({ ...report, ...change })).toMatchObject({ changed: false });
  });

  it("is dated by the newest attempt, so a late one does not beat a newer START", async () => {
    await say("START", minute(-5));
    await list.handleDeliveryReport({ ...report, attempts, receivedAt: minute(-1) });
    expect(await decision()).toEqual(allowed);
    await list.handleDeliveryReport({ ...report, attempts: [...attempts, { at: minute(-5) }] });
    expect(await decision(), "a tie is an opt-out").toMatchObject({ suppressed: true });
  });

  it("has its own time without attempts, and the clock's without any; never one from the future", async () => {
    const timeOf = async (times: Partial<RevealingReport>) => {
      const entry = await entryAfter(() => list.handleDeliveryReport({ ...report, ...times }));
      return entry?.at;
    };
    expect(await timeOf({ receivedAt: minute(-4), attempts: [] })).toEqual(minute(-4));
    expect(await timeOf({})).toEqual(now);
    vi.setSystemTime(minute(1));
    expect(await timeOf({ receivedAt: minute(60) })).toEqual(minute(1));
    vi.setSystemTime(minute(2));
    expect(await timeOf({ attempts: [{ at: minute(60) }] })).toEqual(minute(2));
  });

  it.each<[string, Partial<RevealingReport>]>([
    ["`from`", { from: " " }],
    ["`to`", { to: wrong(undefined) }],
    ["`receivedAt`", { receivedAt: new Date(Number.NaN) }],
    ["`attempts[].at`", { attempts: [{ at: new Date(Number.NaN) }] }],
  ])("refuses a malformed %s", async (name, change) => {
    const error = await rejection(list.handleDeliveryReport({ ...report, ...change }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`Expected ${name} to be`);
    expect(await collect(store.entries())).toEqual([]);
  });
});

describe("optOut and optIn", () => {
  it("record what was said, for each recipient", async () => {
    const said = { at: minute(-2), keyword: "on the phone", messageId: "call 7", note: "spoke to Ada" };
    expect(await list.optOut(sender, [person, other, person], said)).toEqual([true, true, false]);
    const entry = fact({ ...said, source: "manual", recordedAt: now });
    expect(await list.check(sender, [person, other])).toEqual([
      { suppressed: true, entry },
      { suppressed: true, entry: { ...entry, recipient: other } },
    ]);
    expect(await list.optIn(sender, [other, person], { at: minute(-1), source: "import" })).toEqual([
      true,
      true,
    ]);
    expect(await list.check(sender, [person, other])).toEqual([allowed, allowed]);
    expect((await collect(store.history(other)))[1]).toEqual(
      fact({ recipient: other, state: "opted-in", source: "import", at: minute(-1), recordedAt: now }),
    );
  });

  it("have a time: an opt-out's is now, an opt-in's must be said", async () => {
    expect(await entryAfter(() => list.optOut(sender, [person]))).toMatchObject({ at: now });
    for (const options of [undefined, {}, { at: undefined }]) {
      const error = await rejection(list.optIn(sender, [person], wrong(options)));
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toBe("Expected `at` to be the time consent was given, got undefined.");
    }
    expect(await decision()).toMatchObject({ suppressed: true });
  });

  it("do not let consent from before the opt-out count, nor of its time", async () => {
    await list.optOut(sender, [person], { at: minute(-2) });
    expect(await list.optIn(sender, [person], { at: minute(-3) })).toEqual([true]);
    expect(await decision()).toMatchObject({ suppressed: true });
    await list.optIn(sender, [person], { at: minute(-2) });
    expect(await decision()).toMatchObject({ suppressed: true });
  });

  it("take an opt-out from the future as of now, and refuse an opt-in from it", async () => {
    expect(await entryAfter(() => list.optOut(sender, [person], { at: minute(6) }))).toMatchObject({
      at: now,
    });
    const error = await rejection(list.optIn(sender, [person, other], { at: minute(6) }));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toContain("`at` to be at most five minutes in the future");
    expect(await collect(store.history(other))).toEqual([]);
  });

  it("under * concern every sender, and only each other", async () => {
    await list.optOut("*", [person], { at: minute(-4) });
    for (const from of [sender, "12345", "Contoso"])
      expect(await decision(from)).toMatchObject({ suppressed: true });
    expect(await decision(sender, other)).toEqual(allowed);
    await say("START", minute(-3));
    await list.optIn(sender, [person], { at: minute(-2) });
    expect(await decision()).toMatchObject({ suppressed: true, entry: { sender: "*", at: minute(-4) } });
    await list.optOut("12345", [person], { at: minute(-2) });
    await list.optIn("*", [person], { at: minute(-1) });
    expect(await decision()).toEqual(allowed);
    expect(await decision("12345")).toMatchObject({ suppressed: true, entry: { sender: "12345" } });
  });
});

describe("malformed arguments", () => {
  const secret = "private content";
  const object = { secret };

  it.each<[string, () => unknown]>([
    ["store", () => new SuppressionList(wrong(undefined))],
    ["store", () => new SuppressionList(wrong({ find: async () => [] }))],
    ["store", () => new SuppressionList(wrong(secret))],
    ["program", () => new SuppressionList(store, { program: wrong(secret) })],
    ["revokeAll", () => new SuppressionList(store, { revokeAll: wrong("yes") })],
    ["storeTimeoutInSeconds", () => new SuppressionList(store, { storeTimeoutInSeconds: 0 })],
    ["storeTimeoutInSeconds", () => new SuppressionList(store, { storeTimeoutInSeconds: Number.NaN })],
    ["storeTimeoutInSeconds", () => new SuppressionList(store, { storeTimeoutInSeconds: Infinity })],
    ["storeTimeoutInSeconds", () => new SuppressionList(store, { storeTimeoutInSeconds: 3601 })],
    ["storeTimeoutInSeconds", () => new SuppressionList(store, { storeTimeoutInSeconds: wrong(secret) })],
    ["keywords", () => new SuppressionList(store, { keywords: wrong(secret) })],
  ])("of the list: %s (%#)", (name, create) => {
    expect(create).toThrow(new RegExp(`^Expected \`${name}\` to be .+, got .+\\.$`, "u"));
    expect(create).not.toThrow(secret);
  });

  const inbound = { from: person, to: sender, message: "STOP" };
  it.each<[string, () => Promise<unknown>]>([
    ["sender", () => list.check("", [person])],
    ["sender", () => list.check(wrong(object), [person])],
    ["recipients[1]", () => list.check(sender, [person, " "])],
    ["recipients[0]", () => list.check(sender, [wrong(object)])],
    ["message", () => list.handleMessage({ ...inbound, message: wrong(object) })],
    ["message", () => list.handleMessage({ ...inbound, message: wrong(undefined) })],
    ["from", () => list.handleMessage({ ...inbound, from: "" })],
    ["from", () => list.handleMessage({ ...inbound, from: wrong(object) })],
    ["to", () => list.handleMessage({ ...inbound, to: wrong(undefined) })],
    ["receivedAt", () => list.handleMessage({ ...inbound, receivedAt: wrong(secret) })],
    ["receivedAt", () => list.handleMessage({ ...inbound, receivedAt: new Date(Number.NaN) })],
    ["receivedAt", () => list.handleMessage({ ...inbound, message: "HELP", receivedAt: wrong(null) })],
    ["sender", () => list.optOut(wrong(null), [person])],
    ["recipients[1]", () => list.optOut(sender, [person, wrong(undefined)])],
    ["recipients[0]", () => list.optOut(sender, ["(425) 555-0188"])],
    ["recipients[0]", () => list.optOut(sender, ["*"])],
    ["recipients[0]", () => list.optOut(sender, ["Ada"])],
    ["recipients[0]", () => list.optOut(sender, Array.from<string>({ length: 1 }))],
    ["to", () => list.handleMessage({ ...inbound, to: "*" })],
    ["from", () => list.handleMessage({ ...inbound, from: " * " })],
    ["from", () => list.handleDeliveryReport({ from: "*", to: person, status: "failed", code: 4007 })],
    ["source", () => list.optOut(sender, [person], { source: wrong(secret) })],
    ["at", () => list.optOut(sender, [person], { at: wrong(secret) })],
    ["at", () => list.optOut(sender, [person], { at: new Date(Number.NaN) })],
    ["sender", () => list.optIn(" ", [person], { at: now })],
    ["recipients[0]", () => list.optIn(sender, [wrong(object)], { at: now })],
    ["at", () => list.optIn(sender, [person], { at: wrong(object) })],
  ])("of a call: %s (%#)", async (name, call) => {
    const error = await rejection(call());
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(
      new RegExp(`^Expected \`${name.replace(/[[\]]/g, "\\$&")}\` to be .+, got .+\\.$`, "u"),
    );
    expect(error.message).not.toContain(secret);
    expect(await collect(store.entries()), "nothing is recorded, not even for the others").toEqual([]);
  });

  it("of the list: senderCountry", () => {
    expect(() => new SuppressionList(store, { senderCountry: wrong("US") })).toThrow("`senderCountry`");
  });

  it.each<[string, () => Promise<unknown>]>([
    ["check", () => list.check(sender, wrong(person))],
    ["optOut", () => list.optOut(sender, wrong(person))],
    ["optIn", () => list.optIn(sender, wrong(person), { at: now })],
  ])("%s takes no single number in place of a list", async (_name, call) => {
    expect((await rejection(call())).message).toContain("Expected `recipients` to be a list");
  });
});
