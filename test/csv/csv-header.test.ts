import { describe, expect, it } from "vitest";

import { CsvHeader } from "../../src/csv/csv-header.js";
import { canary, leakWatch } from "../support/canary.js";

describe("CsvHeader", () => {
  const header = new CsvHeader(["Opted out on", "Phone", "phone_"]);

  it.each([
    ["optedOutOn", 0],
    ["OPTED_OUT_ON", 0],
    [1, 0],
    [3, 2],
    ["Opted out", undefined],
    [0, undefined],
    [4, undefined],
  ])("finds %j at %s", (column, index) => {
    expect(header.find(column)).toBe(index);
  });

  it("does not choose between two of one name", () => {
    expect(() => header.find("phone")).toThrow(
      'Expected `source` to have one column "phone", got the columns "Opted out on", "Phone", "phone_".',
    );
  });

  it("shows no more than names", () => {
    const [number] = canary.numbers;
    const error = new CsvHeader([canary.text, number]).lacks("a column for numbers");
    leakWatch.error("the header", error);
    expect(error.message).toContain("got a first line with a number in it (is there no header?)");
    const long = new CsvHeader(Array.from({ length: 30 }, () => "x".repeat(50))).lacks("less");
    expect(long.message.length).toBeLessThan(1000);
  });
});
