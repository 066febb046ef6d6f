import * as fc from "fast-check";
import { expect, test } from "vitest";
import { measure } from "../../src/emulator/carriers/segments.js";
import { filling } from "../../src/emulator/page/filling.js";
import { countSegments } from "../../src/text/segments.js";

const ofOneUnit = ["a", "b", " ", "é", "\n", "漢"];
const text = (units: readonly string[]) =>
  fc.string({ unit: fc.constantFrom(...units), minLength: 1, maxLength: 400 });

test("is of a size that the client's own count, which is written apart from it, agrees with", () => {
  fc.assert(
    fc.property(text([...ofOneUnit, "€", "[", "😀"]), (message) => {
      const { encoding, units } = countSegments(message);
      expect(measure(message)).toMatchObject({ encoding: encoding.toUpperCase(), units });
    }),
  );
  // The emulator does not mind where a character of two units is cut.
  fc.assert(
    fc.property(text(ofOneUnit), (message) => {
      expect(measure(message).segments).toBe(countSegments(message).segments);
    }),
  );
});

test.for([
  ["nothing", "", 160, 0],
  ["half of one segment", "a".repeat(80), 160, 0.5],
  ["one full segment", "a".repeat(160), 160, 1],
  ["a second segment of eight", "a".repeat(161), 306, 8 / 153],
  ["one full segment of UCS-2", "漢".repeat(70), 70, 1],
  ["two of UCS-2", "漢".repeat(134), 134, 1],
] as const)("fills %s", ([, text, room, lastShare]) => {
  expect(filling(measure(text))).toEqual({ room, lastShare });
});
