import { beforeEach, describe, expect, it } from "vitest";

import { readEntries, readHistory } from "../../src/ledger/read-entries.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { canary } from "../support/canary.js";
import { rejection } from "../support/clients.js";
import { collect, fact, minute } from "../support/stores.js";
import { wrong } from "../support/wrong.js";

const [person, other] = canary.numbers;
const mark = fact({ sender: "confirmation:m", at: new Date(0) });
let ledger: MemorySuppressionStore;

beforeEach(() => {
  ledger = new MemorySuppressionStore();
});

describe("readEntries", () => {
  it("gives the fact that stands for each sender and recipient, and no marks", async () => {
    const standing = [
      fact({ at: minute(2) }),
      fact({ sender: "*", state: "opted-in", at: minute(2) }),
      fact({ recipient: other, at: minute(1) }),
    ];
    const outdated = [
      fact({ state: "opted-in", at: minute(1) }),
      fact({ sender: "*", at: minute(1) }),
      // At equal times the opt-out stands.
      fact({ recipient: other, state: "opted-in", at: minute(1) }),
    ];
    await ledger.record([mark, ...outdated, ...standing]);
    const entries = await collect(readEntries(ledger));
    expect(entries).toHaveLength(standing.length);
    expect(entries).toEqual(expect.arrayContaining(standing));
    const all = await collect(readEntries(ledger, { includeOutdated: true, includeMarks: true }));
    expect(all).toHaveLength(1 + standing.length + outdated.length);
    expect(await collect(readEntries(ledger, { includeMarks: true }))).toContainEqual(mark);
  });

  it("gives only what concerns a sender, however it is written, or what has a state", async () => {
    const entries = [
      fact({ sender: "FABRIKAM" }),
      fact({ sender: "*", state: "opted-in" }),
      fact({ recipient: other }),
    ];
    await ledger.record(entries);
    expect(await collect(readEntries(ledger, { sender: "Fabrikam" }))).toEqual([entries[0]]);
    expect(await collect(readEntries(ledger, { sender: "1 800 555 1234" }))).toEqual([entries[2]]);
    expect(await collect(readEntries(ledger, { sender: "*" }))).toEqual([entries[1]]);
    expect(await collect(readEntries(ledger, { state: "opted-in" }))).toEqual([entries[1]]);
  });

  it("leaves out an opt-out that was lifted, where opt-outs are asked for", async () => {
    await ledger.record([fact({ at: minute(1) }), fact({ state: "opted-in", at: minute(2) })]);
    expect(await collect(readEntries(ledger, { state: "opted-out" }))).toEqual([]);
  });

  it.each([
    [{ sender: "" }, "sender"],
    [{ state: "STOP" }, "state"],
    [{ includeMarks: "yes" }, "includeMarks"],
    [{ includeOutdated: "yes" }, "includeOutdated"],
  ])("refuses %j", async (options, name) => {
    const error = await rejection(collect(readEntries(ledger, wrong(options))));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`\`${name}\``);
  });

  it("ends with the signal", async () => {
    await ledger.record([fact()]);
    const abortSignal = AbortSignal.abort();
    expect((await rejection(collect(readEntries(ledger, { abortSignal })))).name).toBe("AbortError");
  });
});

describe("readHistory", () => {
  it("gives everything about a recipient, however the number is written", async () => {
    const history = [
      fact({ at: minute(2), keyword: "Stop!", messageId: "m" }),
      fact({ at: minute(1), recordedAt: minute(9) }),
      fact({ state: "opted-in", at: minute(3), source: "manual", note: "asked on the phone" }),
      mark,
    ];
    await ledger.record([...history, fact({ recipient: other })]);
    expect(await collect(readHistory(ledger, person))).toEqual(history);
    expect(await collect(readHistory(ledger, " +1 (425) 555-0123 "))).toEqual(history);
    expect(await collect(readHistory(ledger, "14255550123"))).toEqual(history);
  });

  it("refuses what is no number, and ends with the signal", async () => {
    expect(await rejection(collect(readHistory(ledger, "*")))).toBeInstanceOf(TypeError);
    const abortSignal = AbortSignal.abort();
    expect((await rejection(collect(readHistory(ledger, person, { abortSignal })))).name).toBe("AbortError");
  });
});
