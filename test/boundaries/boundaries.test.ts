import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { mayImport } from "../../oxlint.config.js";
import { root, runTool } from "../../scripts/run.js";

const arrows = "src/ has one-way arrows: see `mayImport` in oxlint.config.ts.";

test("every folder of src says what it may import", async () => {
  const folders = (await readdir(join(root, "src"), { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  expect(folders.map(({ name }) => name).filter((name) => !(name in mayImport))).toEqual([]);
});

test("an allowed import passes", async () => {
  const files = {
    "src/acs/send.ts": "export const send = (): number => 1;\n",
    "src/client/sms-client.ts": use("../acs/send.js", "send"),
    "src/client/merge.ts": use("../suppression/list.js", "list"),
    "src/suppression/list.ts": "export const list = (): number => 1;\n",
    "src/emulator/insights/log.ts": use("../../insights/log.js", "log"),
    "src/emulator/control/x.ts": use("../insights/log.js", "twice"),
    "src/emulator/page/insights/x.ts": use("../../../insights/log.js", "log"),
    "src/insights/log.ts": "export const log = (): number => 1;\n",
  };
  expect(await lint(files)).toEqual([]);
});

test.for([
  ["suppression looking into the emulator", "src/suppression/x.ts", "../emulator/x.js"],
  ["the emulator sharing the client's code", "src/emulator/x.ts", "../acs/x.js"],
  ["a deeper folder looking up and across", "src/emulator/page/x.ts", "../../text/x.js"],
  ["the emulator drawing figures elsewhere", "src/emulator/control/x.ts", "../../insights/x.js"],
  ["the emulator's insights looking into the client", "src/emulator/insights/x.ts", "../../client/x.js"],
  ["the page's insights knowing the stores", "src/emulator/page/insights/x.ts", "../../../stores/x.js"],
  ["the client knowing ACS behind its front", "src/client/send.ts", "../acs/x.js"],
  ["a folder importing the entry", "src/text/x.ts", "../index.js"],
])("%s fails", async ([, file = "", specifier = ""]) => {
  const target = join(dirname(file), specifier.replace(/\.js$/, ".ts"));
  const files = { [file]: use(specifier, "value"), [target]: "export const value = (): number => 1;\n" };
  const reason = specifier.endsWith("/index.js") ? "Import the file that holds it, not the entry." : arrows;
  expect(await lint(files)).toEqual([{ file, rule: "eslint(no-restricted-imports)", reason }]);
});

test("a type-only import across a boundary fails", async () => {
  const files = {
    "src/text/x.ts":
      'import type { A } from "../client/a.js";\n\nexport const length = (a: A): number => a.length;\n',
    "src/client/a.ts": "export interface A {\n  length: number;\n}\n",
  };
  expect(await lint(files)).toEqual([
    { file: "src/text/x.ts", rule: "eslint(no-restricted-imports)", reason: arrows },
  ]);
});

test("a cycle fails, even of types alone", async () => {
  const file = (other: string) =>
    `import type { T as Other } from "./${other}.js";\n\nexport interface T {\n  other?: Other;\n}\n`;
  const found = await lint({ "src/text/a.ts": file("b"), "src/text/b.ts": file("a") });
  expect(found.map(({ file, rule }) => ({ file, rule }))).toEqual([
    { file: "src/text/a.ts", rule: "import(no-cycle)" },
    { file: "src/text/b.ts", rule: "import(no-cycle)" },
  ]);
});

const use = (specifier: string, name: string): string =>
  `import { ${name} } from "${specifier}";\n\nexport const twice = (): number => 2 * ${name}();\n`;

interface Finding {
  file: string;
  rule: string;
  reason: string;
}

/** What the repository's own rules say to these files. */
async function lint(files: Record<string, string>): Promise<Finding[]> {
  const folder = await copyOfTheRules();
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return findings(
      await runTool("oxlint", ["--type-aware", "--format=json", "src"], { cwd: folder, timeout: 15_000 }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Outside the repository, whose `.gitignore` would hide the files from the linter. */
async function copyOfTheRules(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-boundaries-"));
  for (const file of ["oxlint.config.ts", "tsconfig.json", "package.json"])
    await cp(join(root, file), join(folder, file));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

function findings({ stdout }: { stdout: string }): Finding[] {
  const {
    diagnostics,
  }: { diagnostics: { filename: string; code: string; help?: string; message: string }[] } =
    JSON.parse(stdout);
  return diagnostics
    .map(({ filename, code, help, message }) => ({ file: filename, rule: code, reason: help ?? message }))
    .toSorted((one, other) => one.file.localeCompare(other.file));
}
