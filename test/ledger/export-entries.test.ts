import { beforeEach, describe, expect, it } from "vitest";

import { exportEntries } from "../../src/ledger/export-entries.js";
import { guardFormula, unguardFormula } from "../../src/ledger/formula-guard.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { people, rejection } from "../support/clients.js";
import { collect, fact, minute } from "../support/stores.js";
import { wrong } from "../support/wrong.js";
import { whole } from "./files.js";

const header = "recipient,sender,state,at,recordedAt,source,keyword,messageId,note\r\n";
const noon = "2026-03-02T12:00:00.000Z";
let ledger: MemorySuppressionStore;

beforeEach(() => {
  ledger = new MemorySuppressionStore();
});

describe("exportEntries", () => {
  it("writes CSV as RFC 4180 has it", async () => {
    await ledger.record([
      fact({ recipient: "+14255550001", keyword: 'Stop, "now"\nplease', messageId: "m", note: "ARRÊT 🛑" }),
      fact({ recipient: "+14255550002", sender: "*", state: "opted-in", at: minute(1), source: "manual" }),
    ]);
    expect(await whole(exportEntries(ledger, { format: "csv" }))).toBe(
      `${header}+14255550001,+18005551234,opted-out,${noon},${noon},keyword,"Stop, ""now""\nplease",m,ARRÊT 🛑\r\n` +
        "+14255550002,*,opted-in,2026-03-02T12:01:00.000Z,2026-03-02T12:01:00.000Z,manual,,,\r\n",
    );
  });

  it("writes JSON lines", async () => {
    await ledger.record([fact({ recipient: "+14255550001", keyword: 'Stop, "now"\nplease' })]);
    expect(await whole(exportEntries(ledger, { format: "jsonl" }))).toBe(
      `{"recipient":"+14255550001","sender":"+18005551234","state":"opted-out","at":"${noon}",` +
        `"recordedAt":"${noon}","source":"keyword","keyword":"Stop, \\"now\\"\\nplease"}\n`,
    );
  });

  it("writes a header where there is nothing else, and no line of JSON", async () => {
    expect(await whole(exportEntries(ledger, { format: "csv" }))).toBe(header);
    expect(await whole(exportEntries(ledger, { format: "jsonl" }))).toBe("");
  });

  it("has both the newest opt-out and the newest opt-in, and of the history everything", async () => {
    await ledger.record([1, 2].map((time) => fact({ at: minute(time) })));
    await ledger.record([3, 4].map((time) => fact({ state: "opted-in", at: minute(time) })));
    const mark = fact({ sender: "confirmation:m", at: new Date(0) });
    await ledger.record([mark, fact({ recipient: "+14255550002", sender: "*" })]);
    const lines = async (options: object) =>
      (await whole(exportEntries(ledger, { format: "jsonl", ...options }))).split("\n").length - 1;
    expect(await lines({})).toBe(3);
    expect(await lines({ includeMarks: true })).toBe(4);
    expect(await lines({ history: true })).toBe(5);
    expect(await lines({ history: true, includeMarks: true })).toBe(6);
    expect(await lines({ history: true, sender: "*" })).toBe(1);
    expect(await lines({ history: true, state: "opted-in" })).toBe(2);
  });

  it("gives the text in chunks, as it reads, with one header", async () => {
    await ledger.record(people(1201).map((recipient) => fact({ recipient })));
    const chunks = await collect(exportEntries(ledger, { format: "csv" }));
    expect(chunks.map((chunk) => chunk.split("\r\n").length - 1)).toEqual([501, 500, 201]);
    expect(chunks.join("").split(header)).toHaveLength(2);
  });

  it.each([[{}], [{ format: "xml" }], [undefined], [{ format: "csv", history: 1 }]])(
    "refuses %j",
    async (options) => {
      expect(await rejection(collect(exportEntries(ledger, wrong(options))))).toBeInstanceOf(TypeError);
    },
  );

  it.each([false, true])("ends with the signal (history: %j)", async (history) => {
    await ledger.record([fact()]);
    const abortSignal = AbortSignal.abort();
    const call = collect(exportEntries(ledger, { format: "csv", history, abortSignal }));
    expect((await rejection(call)).name).toBe("AbortError");
  });
});

describe("the guard against formulas", () => {
  it.each([
    ["=HYPERLINK(0)", "'=HYPERLINK(0)"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
    ["\t=1", "'\t=1"],
    ["＝1", "'＝1"],
    ["'=1", "''=1"],
  ])("puts an apostrophe before %j, and takes it off", (text, guarded) => {
    expect(guardFormula(text)).toBe(guarded);
    expect(unguardFormula(guarded)).toBe(text);
  });

  it.each(["", "Stop", "it's = 1", "'quoted'", "+14255550101"])("leaves %j as it is", (text) => {
    expect(guardFormula(text)).toBe(text);
    expect(unguardFormula(text)).toBe(text);
  });
});
