import { beforeEach, describe, expect, it } from "vitest";

import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { collect, fact, minute } from "../support/stores.js";

const [person, other] = canary.numbers;
let store: MemorySuppressionStore;

beforeEach(() => {
  store = new MemorySuppressionStore();
});

describe("find", () => {
  it("has an empty list for whom nothing was ever recorded, and keeps the order of the question", async () => {
    await store.record([fact({ recipient: person })]);
    const found = await store.find([other, person, other]);
    expect(found.map((entries) => entries.length)).toEqual([0, 1, 0]);
    expect(await store.find([])).toEqual([]);
  });

  it("has the newest entry of every sender and state, and nothing else", async () => {
    const kept = [
      fact({ at: minute(3) }),
      fact({ state: "opted-in", at: minute(2) }),
      fact({ sender: "12345", at: minute(1) }),
      fact({ sender: "*", at: minute(1) }),
    ];
    const superseded = [
      fact({ at: minute(1) }),
      fact({ at: minute(2) }),
      fact({ state: "opted-in", at: minute(1) }),
    ];
    await store.record([...superseded, ...kept, ...superseded]);
    const [found] = await store.find([person]);
    expect(found).toHaveLength(kept.length);
    expect(found).toEqual(expect.arrayContaining(kept));
  });

  it("is a matter of each recipient alone", async () => {
    await store.record([
      fact({ recipient: person, at: minute(1) }),
      fact({ recipient: other, at: minute(2) }),
    ]);
    const [of, ofOther] = await store.find([person, other]);
    expect(of).toEqual([fact({ recipient: person, at: minute(1) })]);
    expect(ofOther).toEqual([fact({ recipient: other, at: minute(2) })]);
  });
});

describe("record", () => {
  it("says whether each became the newest", async () => {
    expect(await store.record([fact({ at: minute(1) })])).toEqual([true]);
    expect(await store.record([fact({ at: minute(1) })])).toEqual([false]);
    expect(await store.record([fact({ at: minute(0) })])).toEqual([false]);
    expect(await store.record([fact({ at: minute(2) })])).toEqual([true]);
    expect(await store.record([fact({ at: minute(1), state: "opted-in" })])).toEqual([true]);
    expect(await store.record([])).toEqual([]);
  });

  it("says so of one fact twice in one batch, in their order", async () => {
    expect(await store.record([fact(), fact()])).toEqual([true, false]);
    const [newer, newest] = [fact({ at: minute(1) }), fact({ at: minute(2) })];
    expect(await store.record([newer, newest])).toEqual([true, true]);
    expect(await store.record([fact({ at: minute(4) }), fact({ at: minute(3) })])).toEqual([true, false]);
  });

  it("settles ties the same way in either order of arrival", async () => {
    const [low, high] = [fact({ source: "import" }), fact({ source: "keyword" })];
    expect(await store.record([low, high])).toEqual([true, true]);
    const reversed = new MemorySuppressionStore();
    expect(await reversed.record([high, low])).toEqual([true, false]);
    expect(await reversed.find([person])).toEqual(await store.find([person]));
    expect((await store.find([person]))[0]).toEqual([high]);
  });

  it("takes copies: what the caller does to an entry later changes nothing", async () => {
    const at = minute(1);
    const recordedAt = minute(1);
    const entry = { ...fact(), at, recordedAt };
    await store.record([entry]);
    entry.sender = "changed";
    at.setTime(0);
    recordedAt.setTime(0);
    const expected = [fact({ at: minute(1), recordedAt: minute(1) })];
    expect((await store.find([person]))[0]).toEqual(expected);
    expect(await collect(store.history(person))).toEqual(expected);
  });

  it("does not change an answer that was given out", async () => {
    await store.record([fact({ at: minute(1) })]);
    const [before] = await store.find([person]);
    await store.record([fact({ at: minute(2) }), fact({ at: minute(2), state: "opted-in" })]);
    expect(before).toEqual([fact({ at: minute(1) })]);
  });

  it("gives out entries that cannot be changed", async () => {
    await store.record([fact()]);
    const [entries] = await store.find([person]);
    expect(() => Object.assign(entries?.[0] ?? {}, { state: "opted-in" })).toThrow(TypeError);
  });
});

describe("history", () => {
  it("has every fact once, in the order of arrival, superseded and late ones too", async () => {
    const facts = [
      fact({ at: minute(2) }),
      fact({ at: minute(1) }),
      fact({ at: minute(2), state: "opted-in" }),
      fact({ at: minute(2), sender: "12345" }),
      fact({ at: minute(2), messageId: "m" }),
      fact({ at: minute(3) }),
    ];
    await store.record(facts);
    await store.record(facts.toReversed());
    await store.record([fact({ at: minute(2), recordedAt: minute(50) })]);
    expect(await collect(store.history(person))).toEqual(facts);
    expect(await collect(store.history(other))).toEqual([]);
  });

  it("does not change under its reader", async () => {
    await store.record([fact({ at: minute(1) }), fact({ at: minute(2) })]);
    const seen: SuppressionEntry[] = [];
    for await (const entry of store.history(person)) {
      seen.push(entry);
      if (seen.length < 5) await store.record([fact({ at: minute(10 + seen.length) })]);
    }
    expect(seen).toEqual([fact({ at: minute(1) }), fact({ at: minute(2) })]);
    expect(await collect(store.history(person))).toHaveLength(4);
  });
});

describe("entries", () => {
  it("is what `find` answers, for everybody", async () => {
    expect(await collect(store.entries())).toEqual([]);
    const now = [
      fact({ at: minute(3) }),
      fact({ at: minute(1), state: "opted-in" }),
      fact({ recipient: other, at: minute(2) }),
    ];
    await store.record([fact({ at: minute(1) }), ...now]);
    const entries = await collect(store.entries());
    expect(entries).toHaveLength(now.length);
    expect(entries).toEqual(expect.arrayContaining(now));
    expect((await store.find([person, other])).flat()).toEqual(entries);
  });
});
