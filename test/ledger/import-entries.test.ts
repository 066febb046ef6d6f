import { describe, expect, it } from "vitest";

import type { ImportOptions } from "../../src/ledger/import-options.js";
import { importEntries } from "../../src/ledger/import-entries.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { canary } from "../support/canary.js";
import { rejection } from "../support/clients.js";
import { fact, minute } from "../support/stores.js";
import { wrong } from "../support/wrong.js";
import { cut, file, imported } from "./files.js";

const [person, other] = canary.numbers;
const noon = "2026-03-02T12:00:00.000Z";
const base = { sender: "+18005551234", state: "opted-out", asOf: minute(0) } as const;
const header = "recipient,sender,state,at,recordedAt,source,keyword,messageId,note";

/** The refusals without their lines. */
async function reasons(source: string, options: ImportOptions): Promise<string[]> {
  const { report } = await imported(source, options);
  return report.refusals.map(({ field, reason }) => `${field ?? "row"} ${reason}`);
}

describe("a list from elsewhere", () => {
  it("is read by its own names of columns", async () => {
    const source = file(
      "Phone Number;Status;Opted out on;Reason",
      `${person};STOP;2026-03-02T12:00:00Z;"Stop, please"`,
      `+1 425 555-0188;start;2026-03-02 13:00:00.5+01:00;`,
    );
    const { entries, report } = await imported(source, {
      columns: { recipient: "phone number", state: "STATUS", at: "optedOutOn", keyword: "Reason" },
      states: { STOP: "opted-out", START: "opted-in" },
      sender: "+18005551234",
      note: "from elsewhere",
      allowOptIns: true,
    });
    const recordedAt = expect.any(Date);
    const shared = { source: "import", note: "from elsewhere", recordedAt } as const;
    expect(entries).toEqual([
      fact({ ...shared, keyword: "Stop, please", at: minute(0) }),
      fact({ ...shared, recipient: other, state: "opted-in", at: new Date("2026-03-02T12:00:00.500Z") }),
    ]);
    expect(report).toMatchObject({ rows: 2, recorded: 2, unchanged: 0, refused: 0, lifted: 0, refusals: [] });
  });

  it("may be one column of numbers, with or without a name", async () => {
    const numbers = ["(425) 555-0123", "'+14255550188", ""];
    const options = { ...base, defaultCountry: "US" };
    const named = await imported(file("recipient", ...numbers), options);
    const bare = await imported(file(...numbers), { ...options, header: false, columns: { recipient: 1 } });
    for (const { entries } of [named, bare]) {
      expect(entries.map(({ recipient, at }) => [recipient, at])).toEqual([
        [person, minute(0)],
        [other, minute(0)],
      ]);
    }
  });

  it("may be JSON lines, with any other properties", async () => {
    const source = file(
      JSON.stringify({ OptedOutNumber: person, OptedOutTimestamp: 1772452800.25, EndUserOptedOut: true }),
      "",
      JSON.stringify({ OptedOutNumber: other, OptedOutTimestamp: "1772452800", EndUserOptedOut: "TRUE" }),
    );
    const { entries } = await imported(source, {
      format: "jsonl",
      columns: { recipient: "OptedOutNumber", at: "OptedOutTimestamp", state: "EndUserOptedOut" },
      states: { true: "opted-out" },
      times: "epoch-seconds",
      sender: "*",
    });
    expect(entries.map(({ recipient, sender, at }) => [recipient, sender, at.toISOString()])).toEqual([
      [person, "*", "2026-03-02T12:00:00.250Z"],
      [other, "*", noon],
    ]);
  });

  it.each([
    ["text", (text: string) => text],
    ["bytes", (text: string) => Buffer.from(`\uFEFF${text}`)],
    ["a list of texts", (text: string) => `\uFEFF${text}`.split("")],
    ["a stream of bytes", (text: string) => cut(`\uFEFF${text}`, 1)],
    ["a Response's body", (text: string) => new Response(text).body ?? ""],
  ])("comes as %s", async (_, source) => {
    const text = file("Recipient\tnote", `${person}\tARRÊT 🛑`);
    const { entries, report } = await imported(source(text), base);
    expect(entries).toMatchObject([{ recipient: person, note: "ARRÊT 🛑" }]);
    expect(report.bytes).toBeGreaterThanOrEqual(Buffer.byteLength(text));
  });

  it("may begin with a byte order mark, in JSON too", async () => {
    const source = `\uFEFF{"recipient":"${person}"}`;
    expect((await imported(source, { ...base, format: "jsonl" })).report).toMatchObject({ recorded: 1 });
  });

  it("comes in another encoding, where that is said", async () => {
    const utf16 = Buffer.from(`\uFEFF${file("recipient,note", `${person},ARRÊT`)}`, "utf16le");
    const latin = Buffer.from(file("recipient,note", `${person},ARRÊT`), "latin1");
    const first = await imported(utf16, { ...base, encoding: "utf-16le" });
    const second = await imported(latin, { ...base, encoding: "windows-1252" });
    for (const { entries } of [first, second]) expect(entries).toMatchObject([{ note: "ARRÊT" }]);
  });

  it("is an import, whatever it says of itself", async () => {
    const source = file(header, `${person},*,opted-out,${noon},${noon},keyword,STOP,m,'=1`);
    const { entries } = await imported(source);
    expect(entries).toMatchObject([{ source: "import", keyword: "STOP", messageId: "m", note: "'=1" }]);
    expect(entries[0]?.recordedAt.toISOString()).not.toBe(noon);
  });

  it("may hold the same row twice", async () => {
    const { report } = await imported(file("recipient", person, person, person), base);
    expect(report).toMatchObject({ rows: 3, recorded: 1, unchanged: 2, refused: 0 });
  });

  it("is stored as text that every database takes", async () => {
    const line = String.raw`{"recipient":"+14255550101","keyword":"half \ud83d of it"}`;
    const { entries } = await imported(line, { ...base, format: "jsonl" });
    expect(entries).toMatchObject([{ keyword: "half \uFFFD of it" }]);
  });
});

describe("a row that is refused", () => {
  it("is told with its line, and spoils no other", async () => {
    const told: unknown[] = [];
    const source = file(
      "recipient,note",
      `${person},"a`,
      'b"',
      "no number,",
      "",
      `${other},a,b`,
      `${other},`,
    );
    const { report, entries } = await imported(source, { ...base, onRefused: (row) => told.push(row) });
    expect(report.refusals).toEqual([
      {
        line: 4,
        field: "recipient",
        reason: "is no phone number with its country code (or give `defaultCountry`): ***",
      },
      { line: 6, reason: "has 3 cells where the first line has 2" },
    ]);
    expect(told).toEqual(report.refusals);
    expect(entries.map(({ recipient }) => recipient)).toEqual([person, other]);
    expect(report).toMatchObject({ rows: 4, recorded: 2, refused: 2 });
  });

  it("is listed among the first hundred, and told in any case", async () => {
    let told = 0;
    const source = file("recipient", ...Array.from({ length: 250 }, (_, index) => `${index}`));
    const { report } = await imported(source, { ...base, onRefused: () => told++ });
    expect(report).toMatchObject({ rows: 250, refused: 250 });
    expect(report.refusals).toHaveLength(100);
    expect(told).toBe(250);
  });

  it.each([
    ["", "recipient is missing"],
    ["4255550123", "recipient is no phone number with its country code"],
    ["1.42556E+10", "recipient is no phone number"],
    [`${person} or ${other}`, "recipient is no phone number"],
  ])("has the recipient %j", async (recipient, reason) => {
    expect(await reasons(file("recipient,note", `${recipient},x`), base)).toEqual([
      expect.stringContaining(reason),
    ]);
  });

  it.each(["8005551234", "MG0123456789abcdef0123456789abcdef", "confirmation:m", "a@b", ""])(
    "has the sender %j",
    async (sender) => {
      const source = file("recipient,sender,state,at", `${person},${sender},opted-out,${noon}`);
      expect(await reasons(source, {})).toEqual([expect.stringMatching(/^sender is (?:no|missing)/)]);
    },
  );

  it("has a state that nobody explained", async () => {
    const source = file(
      "recipient,sender,state,at",
      ...["STOP", "", "OUT"].map((state) => `${person},*,${state},${noon}`),
    );
    expect(await reasons(source, { states: { stop: "opted-out" } })).toEqual([
      "state is missing",
      "state is none of those that `states` names",
    ]);
    expect(await reasons(source, {})).toHaveLength(3);
  });

  it.each([
    "03/04/2026",
    "2026-03-04",
    "2026-03-04T10:00:00",
    "2026-02-30T10:00:00Z",
    "2026-03-04T25:00:00Z",
    "1772452800",
    "March 4",
  ])("has the time %j", async (at) => {
    const source = file("recipient,at", `${person},${at}`);
    const { asOf: _, ...dated } = base;
    expect(await reasons(source, dated)).toEqual([expect.stringMatching(/^at is (?:no|a time that)/)]);
  });

  it.each(["epoch-seconds", "epoch-milliseconds"] as const)(
    "has a time that is none in %s",
    async (times) => {
      const one = times === "epoch-seconds" ? "1772452800000" : "1772452800";
      const { asOf: _, ...dated } = base;
      const source = file("recipient,at", `${person},${one}`, `${person},-1`, `${person},${noon}`);
      expect(await reasons(source, { ...dated, times })).toHaveLength(3);
    },
  );

  it("has no JSON, or other things in it", async () => {
    const lines = ["{", "[]", "null", '{"recipient":{}}', '{"note":"a","Note":"b"}', '{"state":"opted-in"}'];
    expect(await reasons(file(...lines), { ...base, format: "jsonl" })).toEqual([
      "row is no JSON",
      "row is no JSON object",
      "row is no JSON object",
      "recipient is neither text nor a number",
      "note is there twice",
      "state is in the row and in the option `state`",
    ]);
  });

  it("shows nothing of itself", async () => {
    const cells = [canary.text, person.slice(1), `"${canary.text}`];
    const source = file(
      "recipient,sender,state,at",
      ...cells.map((cell) => `${cell},${cell},${cell},${cell}`),
    );
    const { report } = await imported(source, {});
    expect(report.refused).toBe(3);
    expect(JSON.stringify(report)).not.toContain("canary");
  });
});

describe("times", () => {
  it("are read by a function, where the caller has one", async () => {
    const source = file("recipient,at", `${person},02.03.2026`, `${other},soon`);
    const { asOf: _, ...dated } = base;
    const { entries, report } = await imported(source, {
      ...dated,
      times: (text) => {
        const [day, month, year] = text.split(".");
        return year === undefined ? undefined : new Date(`${year}-${month}-${day}T12:00:00Z`);
      },
    });
    expect(entries).toMatchObject([{ recipient: person, at: minute(0) }]);
    expect(report.refusals).toMatchObject([{ line: 3, field: "at" }]);
  });

  it.each([
    "2026-03-02T12:00Z",
    "2026-03-02t12:00:00z",
    "2026-03-02T12:00:00.0009999Z",
    "2026-03-02 14:00:00+0200",
    "2026-03-02T14:00:00 +02",
    "2026-03-02T06:30:00,000-05:30",
  ])("are ISO 8601: %s", async (at) => {
    const { asOf: _, ...dated } = base;
    const { entries } = await imported(file("recipient;at", `${person};${at}`), dated);
    expect(entries.map((entry) => entry.at)).toEqual([minute(0)]);
  });

  it("are the list's own where an opt-out has none, and refused where an opt-in has none", async () => {
    const source = file("recipient,state,at", `${person},opted-out,`, `${other},opted-in,`);
    const options = { sender: "*", asOf: minute(0), allowOptIns: true };
    const { entries, report } = await imported(source, options);
    expect(entries).toMatchObject([{ recipient: person, at: minute(0) }]);
    expect(report.refusals).toEqual([{ line: 3, field: "at", reason: "is missing, and consent has a date" }]);
    const { asOf: _, ...undated } = options;
    expect(await reasons(source, undated)).toHaveLength(2);
  });

  it("in the future count as now for an opt-out, and are refused for an opt-in", async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const source = file("recipient,state,at", `${person},opted-out,${later}`, `${other},opted-in,${later}`);
    const { entries, report } = await imported(source, { sender: "*", allowOptIns: true });
    expect(entries).toHaveLength(1);
    expect(entries[0]?.at).toEqual(entries[0]?.recordedAt);
    expect(report.refusals).toMatchObject([{ line: 3, field: "at" }]);
  });
});

describe("an opt-out", () => {
  it("never becomes an opt-in by a slip", async () => {
    const source = file("recipient,status,at", `${person},opted-out,${noon}`);
    const columns = { recipient: "recipient", at: "at" };
    const slip = imported(source, { columns, sender: "*", state: "opted-in" });
    expect((await rejection(slip)).message).toContain("Expected `allowOptIns` to be true");
    const unmapped = imported(source, { columns, sender: "*" });
    expect((await rejection(unmapped)).message).toContain("Expected `source` to have a column for `state`");
    const both = imported(source, {
      columns: { ...columns, state: "status" },
      sender: "*",
      state: "opted-out",
    });
    expect((await rejection(both)).message).toContain("Expected `state` to be left out, as a column has it");
  });

  it("is lifted only with leave, and only by what is newer, and the report says how many were", async () => {
    const source = file(
      "recipient,state,at",
      `${person},opted-in,${minute(2).toISOString()}`,
      `${other},opted-in,${minute(0).toISOString()}`,
    );
    const store = new MemorySuppressionStore();
    await store.record([fact({ at: minute(1) }), fact({ recipient: other, at: minute(1) })]);
    const without = await importEntries(store, source, { sender: base.sender });
    expect(without).toMatchObject({ refused: 2, lifted: 0, recorded: 0 });
    const options = { sender: base.sender, allowOptIns: true };
    const dry = await importEntries(store, source, { ...options, dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, recorded: 2, lifted: 1 });
    expect((await store.find([person]))[0]).toHaveLength(1);
    expect(await importEntries(store, source, options)).toMatchObject({ recorded: 2, lifted: 1 });
    expect(await importEntries(store, source, options)).toMatchObject({ unchanged: 2, lifted: 0 });
  });

  it("is not lifted by what somebody wrote into a note of a broken file", async () => {
    const injected = `${person},*,opted-in,${noon},${noon},keyword,,,`;
    const note = file(header, `${other},*,opted-out,${noon},${noon},keyword,"hello`, injected);
    const { report } = await imported(note, { restore: true, allowOptIns: true });
    expect(report.recorded).toBe(0);
    expect(report.refusals).toMatchObject([{ line: 2 }, { line: 3, field: "state" }]);
  });
});

describe("a dry run", () => {
  it("says what the import would say, and writes nothing", async () => {
    const source = file(
      "recipient,state,at",
      ...[2, 1, 2, 3].map((time) => `${person},opted-out,${minute(time).toISOString()}`),
      ...[4, 5, 5].map((time) => `${person},opted-in,${minute(time).toISOString()}`),
      "nobody,opted-out,",
    );
    const options = { sender: "*", allowOptIns: true } as const;
    const dry = await imported(source, { ...options, dryRun: true });
    const real = await imported(source, options);
    expect(dry.entries).toEqual([]);
    expect(dry.report).toEqual({ ...real.report, dryRun: true });
    expect(real.report).toMatchObject({ rows: 8, recorded: 4, unchanged: 3, refused: 1, lifted: 1 });
  });
});

describe("our own export", () => {
  const row = `${person},+18005551234,opted-out,${noon},2026-03-02T12:00:01.000Z,keyword,'=STOP,m,`;

  it("keeps its proof where it is restored", async () => {
    const { entries } = await imported(file(header, row), { restore: true });
    const recordedAt = new Date("2026-03-02T12:00:01.000Z");
    expect(entries).toEqual([fact({ recordedAt, keyword: "=STOP", messageId: "m" })]);
  });

  it("has its marks only then", async () => {
    const mark = `${person},confirmation:m,opted-out,1970-01-01T00:00:00.000Z,${noon},keyword,,m,`;
    expect((await imported(file(header, mark), { restore: true })).entries).toHaveLength(1);
    expect((await imported(file(header, mark))).entries).toEqual([]);
  });

  it("needs leave for its opt-ins all the same", async () => {
    const source = file(header, row.replace("opted-out", "opted-in"));
    expect((await imported(source, { restore: true })).report).toMatchObject({ refused: 1 });
    expect((await imported(source, { restore: true, allowOptIns: true })).report).toMatchObject({
      recorded: 1,
    });
  });

  it.each([
    ["recipient", row.replace(person, "(425) 555-0123")],
    ["recipient", row.replace(person, "")],
    ["sender", row.replace("+18005551234", "Contoso")],
    ["state", row.replace("opted-out", "STOP")],
    ["at", row.replace(noon, "2026-03-02T12:00:00Z")],
    ["recordedAt", row.replace("12:00:01.000Z", "12:00:01")],
    ["source", row.replace("keyword", "forged")],
  ])("is refused where its %s is none", async (field, line) => {
    const { report } = await imported(file(header, line), { restore: true });
    expect(report.refusals).toMatchObject([{ line: 2, field }]);
  });

  it("is to be whole", async () => {
    const source = file("recipient,sender,state,at", `${person},*,opted-out,${noon}`);
    expect((await rejection(imported(source, { restore: true }))).message).toContain("`recordedAt`");
  });
});

describe("options that are wrong", () => {
  it.each([
    [null, "options"],
    [{ format: "xml" }, "format"],
    [{ columns: { phone: "a" } }, "columns"],
    [{ columns: { recipient: 0 } }, "columns.recipient"],
    [{ columns: "recipient" }, "columns"],
    [{ columns: { recipient: "a" }, header: false }, "columns.recipient"],
    [{ columns: { recipient: 1 }, format: "jsonl" }, "columns.recipient"],
    [{ header: false }, "columns"],
    [{ delimiter: ",," }, "delimiter"],
    [{ delimiter: '"' }, "delimiter"],
    [{ encoding: "ebcdic-of-1964" }, "encoding"],
    [{ sender: "" }, "sender"],
    [{ state: "STOP" }, "state"],
    [{ states: { STOP: "out" } }, "states"],
    [{ times: "rfc-2822" }, "times"],
    [{ asOf: "2026-03-02" }, "asOf"],
    [{ defaultCountry: "usa" }, "defaultCountry"],
    [{ allowOptIns: "yes" }, "allowOptIns"],
    [{ dryRun: 1 }, "dryRun"],
    [{ onRefused: {} }, "onRefused"],
    [{ note: 1 }, "note"],
    [{ restore: true, asOf: minute(0) }, "asOf"],
    [{ storeTimeoutInSeconds: 0 }, "storeTimeoutInSeconds"],
  ])("are refused before anything is read: %j", async (options, name) => {
    const error = await rejection(imported(file("a,b"), wrong(options)));
    expect(error.message).toMatch(new RegExp(`^Expected \`${name.replace(".", "\\.")}`));
  });

  it.each([[undefined], [1], [null], [{}], [[1]]])("are refused: the source %j", async (source) => {
    expect((await rejection(imported(wrong(source), base))).message).toContain("Expected `source`");
  });

  it("are refused: a store that is none", async () => {
    const error = await rejection(importEntries(wrong({ find: 1 }), "", base));
    expect(error.message).toContain("Expected `store`");
  });
});

describe("a header", () => {
  it("that lacks a column is shown", async () => {
    const { message } = await rejection(imported(file("Phone,Status", `${person},STOP`), {}));
    expect(message).toContain('for `recipient` (see `columns`, `header`), got the columns "Phone", "Status"');
  });

  it("that is missing is not shown, as it is somebody's row", async () => {
    const { message } = await rejection(imported(file(`${person},${canary.text}`), base));
    expect(message).toContain("a first line with a number in it (is there no header?)");
  });

  it("that has a column twice is refused where the column matters", async () => {
    expect((await rejection(imported("Note,NOTE,recipient\n", base))).message).toContain('one column "note"');
    const { report } = await imported(file("x,x,recipient", `,,${person}`), base);
    expect(report).toMatchObject({ recorded: 1 });
  });

  it("that is broken is refused", async () => {
    expect((await rejection(imported(file('a"b,c', person), base))).message).toContain("line 1");
  });

  it("has as many columns as `columns` has places for", async () => {
    const options = { ...base, header: false, columns: { recipient: 3 } };
    expect((await rejection(imported(",,\na,b\n", options))).message).toContain("have a column 3, got");
  });

  it("may be all there is, or not even that", async () => {
    for (const source of ["", "\n\n", "recipient\n", "\uFEFF", ",,\n"]) {
      expect((await imported(source, base)).report).toMatchObject({ rows: 0, refusals: [] });
    }
  });
});
