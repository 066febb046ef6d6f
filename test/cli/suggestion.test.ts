import { expect, test } from "vitest";

import { didYouMean } from "../../src/cli/suggestion.js";

test.for([
  ["sned", " Did you mean send?"],
  ["seend", " Did you mean send?"],
  ["docter", " Did you mean doctor?"],
  ["x", ""],
  ["something", ""],
])("%s", ([typed = "", hint]) => {
  expect(didYouMean(typed, ["send", "segments", "doctor"])).toBe(hint);
});

test("there is none among no names", () => {
  expect(didYouMean("send", [])).toBe("");
});
