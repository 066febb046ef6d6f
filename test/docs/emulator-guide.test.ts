import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../scripts/run.js";
import { magicNumbers } from "../../src/emulator/index.js";

/** A docstring that owns up to an inference, and the setting that it is about. */
const inferredSetting = /\/\*\*((?:(?!\*\/)[^])*?\[INFER\](?:(?!\*\/)[^])*?)\*\/\s*readonly (\w+)\?:/g;

test("the emulator's guide lists each setting whose default is an inference", async () => {
  const guide = await readFile(join(root, "docs", "emulator.md"), "utf8");
  const files = globSync("src/emulator/**/*.ts", { cwd: root });
  const sources = await Promise.all(files.map((file) => readFile(join(root, file), "utf8")));
  const settings = sources.flatMap((text) =>
    Array.from(text.matchAll(inferredSetting), ([, , name = ""]) => name),
  );
  expect(settings).toContain("signatureToleranceInSeconds");
  const named = (setting: string): boolean => new RegExp(`\\b${setting}\\b\``).test(guide);
  expect(settings.filter((setting) => !named(setting))).toEqual([]);
});

test("the emulator's guide lists each magic number by its name", async () => {
  const guide = await readFile(join(root, "docs", "emulator.md"), "utf8");
  const rows = Object.entries(magicNumbers).map(([name, { number }]) => [name, number]);
  const listed = Array.from(guide.matchAll(/^\| `(\w+)` +\| `(\+\d+)` +\|/gm), ([, ...row]) => row);
  expect(listed).toEqual(rows);
});
