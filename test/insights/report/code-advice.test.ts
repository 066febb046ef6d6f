import { expect, it } from "vitest";

import { deliveryCodeMeaning } from "../../../src/events/read-delivery-code.js";
import { adviceFor } from "../../../src/insights/report/sections/code-advice.js";

const failures = Array.from({ length: 7_999 }, (_, index) => 2_001 + index).filter(
  (code) => deliveryCodeMeaning(code) !== undefined,
);

it("has an advice of its own for every failure that Microsoft lists", () => {
  expect(failures.length).toBeGreaterThan(10);
  const advices = failures.map((code) => adviceFor(String(code)).advice);
  expect(new Set(advices).size).toBe(failures.length);
});

it("sends people to support with what nobody lists", () => {
  const { meaning, advice } = adviceFor("4321");
  expect(meaning).toBe("A code that Microsoft does not list.");
  expect(advice).toContain("support");
});
