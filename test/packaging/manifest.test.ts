import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { describe, expect, test } from "vitest";
import { readJson, root } from "../../scripts/run.js";
import { packageVersion } from "../../src/acs/package-version.js";

describe("package.json", () => {
  const manifest = readJson(join(root, "package.json"));

  test("depends on four packages at run time", () => {
    expect(Object.keys(manifest.dependencies).toSorted()).toEqual([
      "@azure/core-auth",
      "@azure/core-rest-pipeline",
      "libphonenumber-js",
      "zod",
    ]);
  });

  test("has the version that requests carry in their user agent", () => {
    expect(packageVersion).toBe(manifest.version);
  });

  test("pins what builds and tests it", () => {
    const exact = /^(npm:(@[^/]+\/)?[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
    const loose = Object.entries<string>(manifest.devDependencies).filter(([, range]) => !exact.test(range));
    expect(loose).toEqual([]);
  });
});

test("the lock file names no registry", async () => {
  const lock = await readFile(join(root, "package-lock.json"), "utf8");
  expect(lock.match(/"resolved": "[a-z+]+:.*/g)).toBeNull();
});

describe("a source file that awaits at its top level would break `require()`", () => {
  test("there is none", async () => {
    const files = globSync("src/**/*.ts", { cwd: root });
    const awaits = await Promise.all(
      files.map(async (file) => awaitsAtTop(await readFile(join(root, file), "utf8"))),
    );
    expect(files.filter((_, index) => awaits[index])).toEqual([]);
  });

  test("one would be found", async () => {
    expect(await awaitsAtTop("await Promise.resolve(1);")).toBe(true);
    expect(await awaitsAtTop("for await (const x of [1]) {}")).toBe(true);
    expect(await awaitsAtTop("export const f = async () => { await 1; };")).toBe(false);
  });
});

/** CommonJS cannot express it, and esbuild says so. */
async function awaitsAtTop(source: string): Promise<boolean> {
  try {
    await transform(source, { loader: "ts", format: "cjs", logLevel: "silent" });
    return false;
  } catch (error) {
    if (String(error).includes("Top-level await")) return true;
    throw error;
  }
}
