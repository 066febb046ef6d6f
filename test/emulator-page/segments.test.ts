import * as fc from "fast-check";
import { expect, test } from "vitest";
import { measure as measureOfEmulator } from "../../src/emulator/carriers/segments.js";
import { filling, measure } from "../../src/emulator/page/segments.js";

test("counts as the emulator does, which is written apart from it", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "b", " ", "€", "[", "é", "\n", "漢", "😀"),
    maxLength: 400,
  });
  fc.assert(
    fc.property(text, (message) => {
      expect(measure(message)).toEqual(measureOfEmulator(message));
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
