import { describe, expect, it } from "vitest";

import { CsvFault } from "../../src/csv/csv-fault.js";
import { csvRows } from "../../src/csv/csv-rows.js";
import { linesOf } from "../../src/csv/lines.js";
import { textOf } from "../../src/csv/text-source.js";
import { collect } from "../support/stores.js";

/** Each row as its line and cells, or what is wrong with it. */
async function rows(text: string, delimiter?: string): Promise<unknown[]> {
  const position = { bytes: 0, line: 0 };
  const lines = linesOf(textOf([text], "utf-8", position, undefined), position);
  const found = await collect(csvRows(lines, delimiter));
  return found
    .flat()
    .map(({ line, cells }) => [line, cells instanceof CsvFault ? cells.reason : cells.join(" | ")]);
}

describe("csvRows", () => {
  it("gives the rows that are not empty, the first among them", async () => {
    expect(await rows('\n;\n a;b\n\n1;2\n ;\n"";""\n3;4')).toEqual([
      [3, " a | b"],
      [5, "1 | 2"],
      [8, "3 | 4"],
    ]);
  });

  it("says which have another number of cells than the first that can be read", async () => {
    expect(await rows('"a"b,c\nd,e\nf\ng,h,i\nj,k\n')).toEqual([
      [1, expect.stringContaining("is broken")],
      [2, "d | e"],
      [3, "has 1 cells where the first line has 2"],
      [4, "has 3 cells where the first line has 2"],
      [5, "j | k"],
    ]);
  });

  it("takes the delimiter that is given", async () => {
    expect(await rows("a;b,c\n", ",")).toEqual([[1, "a;b | c"]]);
  });

  it("finds nothing in nothing", async () => {
    expect(await rows("")).toEqual([]);
  });
});
