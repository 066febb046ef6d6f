import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/run.js";

test("the guide to insights says of each figure what it is", async () => {
  const [guide, source] = await Promise.all(
    ["docs/insights.md", "src/insights/summary.ts"].map((file) => readFile(join(root, file), "utf8")),
  );
  const [figures = ""] = /interface SummaryFigures \{[^]*?\n\}/.exec(source ?? "") ?? [];
  const names = Array.from(figures.matchAll(/^ {2}readonly (\w+)\??:/gm), ([, name = ""]) => name);
  expect(names).toContain("optOutRate");
  const rows = Array.from((guide ?? "").matchAll(/^\| (`\w+`(?:, `\w+`)*) +\|/gm), ([, first = ""]) => first);
  const defined = new Set(rows.flatMap((row) => Array.from(row.matchAll(/\w+/g), ([name]) => name)));
  expect(names.filter((name) => !defined.has(name))).toEqual([]);
});
