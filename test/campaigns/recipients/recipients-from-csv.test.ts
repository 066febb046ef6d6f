import { getEventListeners } from "node:events";
import { createReadStream } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";

import type {
  CsvRecipient,
  CsvRecipientOptions,
  CsvSource,
} from "../../../src/campaigns/recipients/csv-recipient.js";
import { recipientsFromCsv } from "../../../src/campaigns/recipients/recipients-from-csv.js";
import { canary, leakWatch } from "../../support/canary.js";
import { rejection } from "../../support/clients.js";
import { collect, hang } from "../../support/stores.js";
import { wrong } from "../../support/wrong.js";

const [ann, bob] = canary.numbers;

function read(source: CsvSource, options?: CsvRecipientOptions): Promise<CsvRecipient[]> {
  return collect(recipientsFromCsv(source, options));
}

/** What reading rejected with, looked at for leaks. */
async function failure(source: CsvSource, options?: CsvRecipientOptions): Promise<Error> {
  const error = await rejection(read(source, options));
  leakWatch.error("the list", error);
  return error;
}

/** What is wrong with each row, looked at for leaks. */
async function problems(source: CsvSource, options?: CsvRecipientOptions): Promise<unknown[]> {
  const rows = await read(source, options);
  leakWatch.line("a problem", JSON.stringify(rows.map(({ problem }) => problem)));
  return rows.map(({ to, key, problem }) => [to, key, problem]);
}

describe("recipientsFromCsv", () => {
  it("gives each row below the header, with its cells as fields", async () => {
    const source = `name,phone, day \nAnn,${ann},Monday\n"Bob ""B"", jr.", ${bob} ,\n`;
    expect(await read(source)).toEqual([
      { to: ann, fields: { name: "Ann", phone: ann, day: "Monday" } },
      { to: bob, fields: { name: 'Bob "B", jr.', phone: ` ${bob} `, day: "" } },
    ]);
  });

  it.each(["to", "Phone", "PHONE NUMBER", "phone_number", "phoneNumber", "Number", "mobile", " recipient "])(
    "finds the numbers in a column named %j",
    async (name) => {
      expect((await read(`x,${name}\n1,${ann}\n`)).map(({ to }) => to)).toEqual([ann]);
    },
  );

  it.each([
    ["its name", { to: "cell_phone", key: "customer id" }],
    ["its place", { to: 3, key: 1 }],
  ])("takes a column by %s", async (_, columns) => {
    const [row] = await read(`Customer ID,Phone,Cell Phone\n4711,1,${ann}\n`, { columns });
    expect(row).toMatchObject({ to: ann, key: "4711" });
  });

  it("takes a column by a name with a date in it", async () => {
    const [row] = await read(`Phone 2026-11,x\n${ann},\n`, { columns: { to: "Phone 2026-11" } });
    expect(row?.to).toBe(ann);
  });

  it("takes off the apostrophe that a spreadsheet keeps before a plus", async () => {
    expect((await read(`to\n'${ann}\n"' x"\n`)).map(({ to }) => to)).toEqual([ann, "' x"]);
  });

  it.each([
    ["a semicolon", `name;phone\nAnn;${ann}\n`, {}],
    ["a tab", `name\tphone\nAnn\t${ann}\n`, {}],
    ["what is given", `name|phone\nAnn|${ann}\n`, { delimiter: "|" }],
    ["a comma behind a byte order mark", `\uFEFFname,phone\r\nAnn,${ann}\r\n`, {}],
    ["a comma in UTF-16", Buffer.from(`\uFEFFname,phone\nAnn,${ann}`, "utf16le"), { encoding: "utf-16le" }],
  ])("reads cells between %s", async (_, source, options) => {
    expect(await read(source, options)).toEqual([{ to: ann, fields: { name: "Ann", phone: ann } }]);
  });

  it("reads back what another program has written, in chunks of any size", async () => {
    const cell = fc.string({
      unit: fc.constantFrom(..."ab,;\"'\r\n \té=+1{}".split(""), "🎉"),
      maxLength: 6,
    });
    const row = fc.record({ name: cell, note: cell, to: fc.stringMatching(/^\+[1-9]\d{6,14}$/), last: cell });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          const columns = ["name", "note", "to", "last"];
          const bytes = Buffer.from(
            stringify(rows, { header: true, columns, quoted: true, quoted_empty: true }),
          );
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          expect(await read(chunks)).toEqual(rows.map((fields) => ({ to: fields.to, fields })));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("has no field for a column without a name, nor one that changes what an object is", async () => {
    const [row] = await read(`to,,__proto__,toString\n${ann},a,b,c\n`);
    expect(Object.entries(row?.fields ?? {})).toEqual([
      ["to", ann],
      ["toString", "c"],
    ]);
    expect(Object.getPrototypeOf(row?.fields)).toBe(Object.prototype);
  });

  it("reads a long list in flat memory", async () => {
    const count = 300_000;
    function* lines() {
      yield "name,phone,day\n";
      for (let index = 0; index < count; index += 100) yield `Ann ${index},${ann},Monday\n`.repeat(100);
    }
    const sizes: number[] = [];
    let rows = 0;
    for await (const _ of recipientsFromCsv(lines)) {
      if (++rows % 10_000 === 0) sizes.push(process.memoryUsage().heapUsed);
    }
    expect(rows).toBe(count);
    // All of them take some 60 MB; garbage that is not yet collected comes and goes.
    const lowest = (some: readonly number[]): number => Math.min(...some);
    expect(lowest(sizes.slice(-10)) - lowest(sizes.slice(0, 10))).toBeLessThan(20_000_000);
  });
});

describe("a row that cannot be texted", () => {
  it("is neither lost nor the end of the list", async () => {
    const source = [
      "phone,name",
      `${ann},Ann`,
      `${ann},${canary.text},x`,
      `${ann},An"n"`,
      `,${canary.text}`,
      ",",
      `${ann},"${canary.text}`,
      `${bob},Bob`,
    ];
    expect(await problems(source.join("\n"))).toEqual([
      [ann, undefined, undefined],
      ["", "line 3", "has 3 cells where the first line has 2"],
      ["", "line 4", expect.stringContaining("is broken")],
      ["", "line 5", "has no number"],
      ["", "line 7", "has a quotation mark that is never closed"],
      [bob, undefined, undefined],
    ]);
  });

  it("is named by its key where it has one", async () => {
    const columns = { key: "id" };
    expect(await problems(`id,phone\n a1 ,${ann}\n ,${bob}\na3, \n`, { columns })).toEqual([
      [ann, "a1", undefined],
      [bob, "line 3", "has no key"],
      ["", "a3", "has no number"],
    ]);
  });
});

describe("a header", () => {
  it.each<[string, string, CsvRecipientOptions["columns"], string]>([
    [
      "no usual name",
      "name,telephone",
      {},
      'one column named to, phone, phone number, number, mobile, recipient (or give `columns.to`), got the columns "name", "telephone".',
    ],
    ["two usual names", "phone,mobile", {}, "one column named to, phone,"],
    ["no such name", "name,phone", { to: "cell" }, 'a column "cell", got the columns "name", "phone".'],
    ["no such place", "name,phone", { to: 3 }, "a column 3, got"],
    ["no such key", "name,phone", { key: "id" }, 'a column "id", got'],
    ["two of one name", "Cell phone,cell_phone", { to: "cell phone" }, 'one column "cell phone", got'],
    ["two fields of one name", "phone,name,name ", {}, "columns that differ in their names, got"],
    [
      "a number in it",
      `${bob},${canary.text}`,
      {},
      "one column named to, phone, phone number, number, mobile, recipient (or give `columns.to`), got a first line with a number in it (is there no header?).",
    ],
    [
      "a number by its place",
      `${bob},${canary.text}`,
      { to: 1 },
      "the names of the columns first, got a first line",
    ],
  ])("with %s is refused", async (_, header, columns, message) => {
    const error = await failure(`${header}\n${ann},${canary.text}\n`, { columns });
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toContain(`Expected \`source\` to have ${message}`);
  });

  it.each([
    ["", "Expected `source` to have a header, got an empty text."],
    ["\n ,\n\n", "Expected `source` to have a header, got an empty text."],
    [`"phone\n${ann}\n`, "begin with the names of the columns, got a broken row at line 1."],
    [Buffer.from([0x50, 0x4b, 0x03, 0xff]), "Expected `source` to be text in utf-8"],
  ])("is missing in %j", async (source, message) => {
    expect((await failure(source)).message).toContain(message);
  });

  it("alone is a list of nobody", async () => {
    expect(await read("phone,name\n")).toEqual([]);
  });
});

describe("a source", () => {
  const text = `phone\n${ann}\n`;

  it.each<[string, CsvSource]>([
    ["text", text],
    ["bytes", Buffer.from(text)],
    ["pieces", ["pho", `ne\n${ann}`]],
    ["what opens a stream", () => Readable.from([text])],
    ["what opens one later", async () => new Response(text).body ?? []],
  ])("can be read again where it is %s", async (_, source) => {
    const people = recipientsFromCsv(source);
    expect(await collect(people)).toHaveLength(1);
    expect(await collect(people)).toHaveLength(1);
  });

  it("is not taken for an empty list where it was read before", async () => {
    const people = recipientsFromCsv(Readable.from([text]));
    expect(await collect(people)).toHaveLength(1);
    const error = await rejection(collect(people));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain("Expected `source` to be a function that opens it anew");
  });

  it("is opened when it is read, and closed by whoever stops", async () => {
    const folder = await mkdtemp(join(tmpdir(), "recipients-"));
    const file = join(folder, "people.csv");
    await writeFile(file, `phone\n${`${ann}\n`.repeat(100_000)}`);
    const open = vi.fn<() => Readable>(() => createReadStream(file));
    const people = recipientsFromCsv(open);
    expect(open).not.toHaveBeenCalled();
    for await (const { to } of people) {
      expect(to).toBe(ann);
      break;
    }
    expect(open.mock.results[0]?.value.destroyed).toBe(true);
  });

  it.each([[3], [null], [undefined], [{}], [() => 3], [() => null]])("is not %o", async (source) => {
    expect((await failure(wrong(source))).message).toContain(
      "Expected `source` to be text, bytes, or an iterable",
    );
  });

  it("may fail, and its error stays what it is", async () => {
    const problem = new Error("disk");
    const source = async function* () {
      yield text;
      throw problem;
    };
    expect(await failure(source)).toBe(problem);
    expect(await failure(() => Promise.reject(problem))).toBe(problem);
  });
});

describe("an abort", () => {
  it.each<[string, CsvSource]>([
    ["opens", () => hang()],
    [
      "reads",
      async function* () {
        yield "phone\n";
        await hang();
      },
    ],
  ])("ends a list while its source %s", async (_, source) => {
    const controller = new AbortController();
    const error = failure(source, { abortSignal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    expect(await error).toMatchObject({ name: "AbortError", code: "aborted" });
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("before the start opens nothing", async () => {
    const open = vi.fn<() => string>(() => "phone\n");
    expect((await failure(open, { abortSignal: AbortSignal.abort() })).name).toBe("AbortError");
    expect(open).not.toHaveBeenCalled();
  });

  it("ends a list of one text between two of its chunks", async () => {
    const controller = new AbortController();
    const source = () => Array.from({ length: 10 }, (_, index) => (index === 0 ? "phone\n" : `${ann}\n`));
    const rows: CsvRecipient[] = [];
    const reading = async () => {
      for await (const row of recipientsFromCsv(source, { abortSignal: controller.signal })) {
        if (rows.push(row) === 3) controller.abort();
      }
    };
    expect((await rejection(reading())).name).toBe("AbortError");
    expect(rows).toHaveLength(3);
  });
});

describe("options", () => {
  it.each([
    [null, "Expected `options` to be an object"],
    [{ delimiter: ",," }, "Expected `delimiter` to be one character"],
    [{ encoding: 8 }, "Expected `encoding` to be a string"],
    [{ columns: "to" }, "Expected `columns` to be an object"],
    [{ columns: { phone: 1 } }, "Expected `columns` to be an object with `to` or `key`"],
    [{ columns: { to: 0 } }, "Expected `columns.to` to be a name or a place from 1"],
    [{ columns: { key: " " } }, "Expected `columns.key` to be a name or a place from 1"],
  ])("that are malformed are refused at once: %o", (options, message) => {
    expect(() => recipientsFromCsv("", wrong(options))).toThrow(message);
    expect(() => recipientsFromCsv("", wrong(options))).toThrow(TypeError);
  });

  it("are copied", async () => {
    const columns = { to: "a" };
    const people = recipientsFromCsv(`a,b\n${ann},x\n`, { columns });
    columns.to = "b";
    expect((await collect(people))[0]?.to).toBe(ann);
  });

  it("name an encoding that there is", async () => {
    expect((await failure("to\n", { encoding: "no-such" })).message).toContain("Expected `encoding`");
  });
});
