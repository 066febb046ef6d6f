import { describe, expect, it } from "vitest";

import { expected, expectedRange } from "../../src/errors/expected.js";
import { canary } from "../support/canary.js";

describe("expected", () => {
  it.each<[unknown, string]>([
    [undefined, "undefined"],
    [null, "null"],
    ["", "an empty string"],
    [canary.text, `a string of ${canary.text.length} characters`],
    [43_201, "43201 (number)"],
    [Number.NaN, "NaN (number)"],
    [Infinity, "Infinity (number)"],
    [Number(canary.numbers[0]), "a large number"],
    [true, "true (boolean)"],
    [[], "an empty array"],
    [[canary.text], "an array of 1"],
    [new Date("2026-11-23T00:00:00Z"), "2026-11-23T00:00:00.000Z"],
    [new Date(Number.NaN), "an invalid date"],
    [{ constructor: { name: canary.text } }, "an object"],
    [Object.create(null), "an object"],
    [() => canary.text, "function"],
    [14_255_550_123n, "bigint"],
  ])("names the field and what came, never what is in it (%#)", (got, described) => {
    expect(expected("field", "a thing", got)).toEqual(
      new TypeError(`Expected \`field\` to be a thing, got ${described}.`),
    );
    expect(expectedRange("field", "a thing", got)).toBeInstanceOf(RangeError);
  });
});
