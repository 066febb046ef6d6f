import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { root, runNode, succeed } from "../../scripts/run.js";
import { requireBuild } from "../support/require-build.js";

/** What a program pays for only when it first sends. */
const heavy = ["@azure/core-rest-pipeline", "libphonenumber-js", "zod", "undici"];
const connectionString = "endpoint=https://contoso.communication.azure.com/;accesskey=c2VjcmV0";

beforeAll(requireBuild);

test("importing the package and making a client loads nothing heavy", async () => {
  const loaded = await loadedBy(`
    import { SmsClient } from "acs-sms";
    new SmsClient("${connectionString}");
  `);
  expect(loaded).toContain("dist/index.js");
  expect(loaded.filter((file) => heavy.some((name) => belongsTo(name, file)))).toEqual([]);
});

test("the root entry is one file, what it shares with others, and a helper", async () => {
  const loaded = await loadedBy(`import "acs-sms";`);
  expect(loaded.filter((file) => file.startsWith("dist/")).length).toBeLessThanOrEqual(3);
});

test.each(["sqlite", "redis", "postgres", "azure-tables", "conformance"])(
  "the entry stores/%s brings no package of its own, and no other store",
  async (name) => {
    const loaded = await loadedBy(`import "acs-sms/stores/${name}";`);
    expect(loaded).toContain(`dist/stores/${name}/index.js`);
    expect(loaded.filter((file) => file.includes("node_modules/"))).toEqual([]);
    expect(loaded.filter((file) => file.startsWith("dist/stores/"))).toHaveLength(1);
  },
);

test("an emulator loads nothing of insights until somebody asks for them", async () => {
  const program = (then: string): string => `
    import { startEmulator } from "acs-sms/emulator";
    const emulator = await startEmulator();
    ${then}
    await emulator.close();
  `;
  const before = await loadedBy(program(""));
  const after = await loadedBy(program("await fetch(`${emulator.endpoint}/_emulator/insights`);"));
  expect(before.filter((file) => file.startsWith("dist/")).length).toBeLessThanOrEqual(4);
  expect(before).not.toContain("dist/index.js");
  const more = after.filter((file) => !before.includes(file));
  expect(more.some((file) => file.startsWith("dist/shared/figures-"))).toBe(true);
});

test.each(heavy)("%s would be seen, by import and by require", async (name) => {
  const imported = await loadedBy(`import "${name}";`);
  const required = await loadedBy(
    `process.getBuiltinModule("module").createRequire(${JSON.stringify(`${root}/`)})("${name}");`,
  );
  expect(imported.some((file) => belongsTo(name, file))).toBe(true);
  expect(required.some((file) => belongsTo(name, file))).toBe(true);
});

const belongsTo = (name: string, file: string): boolean => file.includes(`node_modules/${name}/`);

/** The files that a program loads, relative to the repository. */
async function loadedBy(program: string): Promise<string[]> {
  const hook = new URL("record-loads.js", import.meta.url).href;
  const args = ["--import", hook, "--input-type=module", "--eval", program];
  const urls: string[] = JSON.parse(await succeed(runNode(args, { timeout: 30_000 })));
  return urls.map((url) => relative(root, fileURLToPath(url)).replaceAll("\\", "/"));
}
