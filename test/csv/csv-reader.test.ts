import fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { describe, expect, it } from "vitest";

import { CsvFault } from "../../src/csv/csv-fault.js";
import { CsvReader } from "../../src/csv/csv-reader.js";
import { delimiterOf } from "../../src/csv/delimiter.js";
import { linesOf } from "../../src/csv/lines.js";
import { rejection } from "../support/clients.js";
import { collect } from "../support/stores.js";

async function* chunksOf(text: string, size: number): AsyncGenerator<string, void, undefined> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

/** Each record as its line and cells, or `broken`; with a `?` where it is doubtful. */
async function read(text: string, size = 1000, delimiter = ","): Promise<unknown[]> {
  const reader = new CsvReader(delimiter);
  const records = [];
  for await (const lines of linesOf(chunksOf(text, size), { bytes: 0, line: 0 })) {
    records.push(...reader.read(lines));
  }
  records.push(...reader.end());
  return records.map(({ line, cells, isDoubtful }) => [
    `${line}${isDoubtful ? "?" : ""}`,
    cells instanceof CsvFault ? "broken" : cells,
  ]);
}

describe("linesOf", () => {
  it.each([1, 2, 3, 100])("knows every kind of line break, in chunks of %i", async (size) => {
    const lines = (
      await collect(linesOf(chunksOf("a\nb\r\nc\rd\n\ne\r", size), { bytes: 0, line: 0 }))
    ).flat();
    expect(lines.map(({ number, text, end }) => [number, text, end])).toEqual([
      [1, "a", "\n"],
      [2, "b", "\r\n"],
      [3, "c", "\r"],
      [4, "d", "\n"],
      [5, "", "\n"],
      [6, "e", "\r"],
    ]);
  });

  it.each([
    ["one that goes on", "a\n", "b".repeat(1_048_577)],
    ["one that ends", `a\n${"b".repeat(1_048_577)}\n`],
  ])("refuses a line that is no line of a list: %s", async (_, ...chunks) => {
    async function* source() {
      yield* chunks;
    }
    const error = await rejection(collect(linesOf(source(), { bytes: 0, line: 0 })));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toContain("line 2");
  });
});

describe("CsvReader", () => {
  it("gives each record with the line on which it begins", async () => {
    expect(await read('a,b\r\n"1\r\n""2""",3\r\n\r\n4,5')).toEqual([
      ["1", ["a", "b"]],
      ["2", ['1\r\n"2"', "3"]],
      ["5", ["4", "5"]],
    ]);
  });

  it("refuses a broken record alone", async () => {
    expect(await read('a,b\nc"d"e,f\n"g" ,h\ni,j\n')).toEqual([
      ["1", ["a", "b"]],
      ["2", "broken"],
      ["3", "broken"],
      ["4", ["i", "j"]],
    ]);
  });

  it("loses one line to a quotation mark that is never closed, and doubts what follows", async () => {
    expect(await read('a,b\n"c,d\ne,f\ng,h\n')).toEqual([
      ["1", ["a", "b"]],
      ["2?", "broken"],
      ["3?", ["e", "f"]],
      ["4?", ["g", "h"]],
    ]);
  });

  it("loses one line to each of two stray quotation marks, and nothing between", async () => {
    expect(await read('1,"a\n2,b\n3,c"d\n4,"e\nf"\n5,g\n')).toEqual([
      ["1?", "broken"],
      ["2?", ["2", "b"]],
      ["3?", "broken"],
      ["4?", ["4", "e\nf"]],
      ["6?", ["5", "g"]],
    ]);
  });

  it("finds the broken records among many", async () => {
    const lines = Array.from({ length: 500 }, (_, index) =>
      index % 71 === 3 ? `a"${index}",b` : `${index},b`,
    );
    const records = await read(lines.join("\n"), 10_000);
    expect(records).toEqual(
      lines.map((line, index) => [`${index + 1}`, line.startsWith("a") ? "broken" : [`${index}`, "b"]]),
    );
  });

  it("does not search a whole file for the end of a cell", async () => {
    const reader = new CsvReader(",");
    const line = { text: "x".repeat(1023), end: "\n" };
    const lines = Array.from({ length: 1100 }, (_, index) => ({ ...line, number: index + 2 }));
    // Before the file has ended.
    const records = reader.read([{ number: 1, text: '"a', end: "\n" }, ...lines]);
    expect(records.map(({ line }) => line)).toEqual(Array.from({ length: 1101 }, (_, index) => index + 1));
    expect(records[0]?.cells).toBeInstanceOf(CsvFault);
  });

  it("reads what the CSV of others has, in chunks of any size", async () => {
    const cell = fc.string({ unit: fc.constantFrom(..."ab,;\"'\r\n \t".split("")), maxLength: 6 });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
        const text = stringify(rows, { quoted: true, quoted_empty: true });
        const read = await records(text, size);
        expect(read).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });
});

async function records(text: string, size: number): Promise<unknown[]> {
  return (await read(text, size)).map((record) => (record as unknown[])[1]);
}

describe("delimiterOf", () => {
  it.each([
    ["a,b", ","],
    ["a;b;c,d", ";"],
    ["a\tb", "\t"],
    ['"a;b;c",d', ","],
    ["Phone", ","],
  ])("of %j is %j", (line, delimiter) => {
    expect(delimiterOf(line)).toBe(delimiter);
  });

  it("is not guessed", () => {
    expect(() => delimiterOf("a,b;c")).toThrow("Expected `delimiter` to be given");
  });
});
