import { expect, test } from "vitest";

import { groupLines } from "../../src/cli/output/summary-figures.js";
import type { Summary, SummaryGroup } from "../../src/insights/summary.js";
import { wrong } from "../support/wrong.js";

test("as many groups are shown as there are messages, where each has a tag of its own", () => {
  const figures = { replies: 0, optOuts: 0 };
  const groups = Array.from({ length: 200_000 }, (_, index): SummaryGroup => {
    return wrong({ ...figures, accepted: index % 2, key: { tag: `order ${index}` } });
  });
  const lines = groupLines(wrong<Summary>({ groupBy: ["tag"], groups }));
  expect(lines).toHaveLength(200_001);
  expect(lines[2]).toMatch(/^order 1 +1 +#{24} +0 +0$/);
});
