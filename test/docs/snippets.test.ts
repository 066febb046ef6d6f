import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../../scripts/run.js";
import { startEmulator } from "../../src/emulator/index.js";
import { requireBuild } from "../support/require-build.js";
import { snippetFolder, type SnippetFolder } from "./snippet-folder.js";
import { snippetsOf, type Snippet } from "./snippets.js";

describe("the documentation", () => {
  let snippets: Snippet[];
  let folder: SnippetFolder;

  beforeAll(async () => {
    requireBuild();
    snippets = (await Promise.all([...documents(), ...sources()].map(snippetsIn))).flat();
    folder = await snippetFolder(snippets);
    return () => folder[Symbol.asyncDispose]();
  });

  test("compiles against the built package", async () => {
    expect(snippets.length).toBeGreaterThan(0);
    expect(await folder.problems()).toEqual([]);
  });

  test("runs against the emulator where it says so", { timeout: 120_000 }, async () => {
    const runnable = snippets.filter((snippet) => snippet.run);
    expect(runnable.length).toBeGreaterThan(0);
    for (const snippet of runnable) expect(await failureOf(snippet, folder)).toBeUndefined();
  });
});

test("the reminder of the README is repeated where no answer came to it, and arrives once", async () => {
  const snippet = (await snippetsIn("README.md")).find(({ code }) => code.includes("function remind"));
  if (snippet === undefined) throw new Error("The snippet was not found.");
  await using emulator = await startEmulator({ faults: { dropAfter: { next: 1 } } });
  const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
  const call = [
    `const { SmsClient: Client } = await import("acs-sms");`,
    `const sms = new Client("${emulator.connectionString}", ${JSON.stringify(options)});`,
    `await remind(sms, "+14255550123", "4711");`,
  ];
  const called = { ...snippet, code: [snippet.code, ...call].join("\n") };
  await using folder = await snippetFolder([called]);
  expect(await folder.failure(called, {})).toBeUndefined();
  expect(emulator.requests()).toHaveLength(2);
  expect(emulator.phone("+14255550123").messages()).toHaveLength(1);
});

describe("a snippet that is wrong", () => {
  const readme = [
    "# Title",
    "```sh",
    "npm install acs-sms",
    "```",
    "```ts run",
    'import { SmsClient } from "acs-sms";',
    "",
    "SmsClient.nonsense();",
    "```",
  ].join("\n");
  const docstring = [
    "/**",
    " * Sends.",
    " * @example",
    " * ```ts",
    ' * const count: number = "one";',
    " * ```",
    " */",
  ];

  test("is found by the compiler, at its place in the file", async () => {
    const snippets = [...snippetsOf("README.md", readme), ...snippetsOf("src/x.ts", docstring.join("\n"))];
    await using folder = await snippetFolder(snippets);
    expect(await folder.problems()).toEqual([
      expect.stringContaining("README.md:8:11: error TS2339: Property 'nonsense' does not exist"),
      expect.stringContaining("src/x.ts:5:10: error TS2322"),
    ]);
  });

  test("is found by running it", async () => {
    const [snippet] = snippetsOf("README.md", readme);
    if (snippet === undefined) throw new Error("The snippet was not found.");
    expect(snippet.run).toBe(true);
    await using folder = await snippetFolder([snippet]);
    expect(await failureOf(snippet, folder)).toMatch(
      /^README\.md:6: exit code 1[^]*nonsense is not a function/,
    );
  });

  test("cannot hide in an open block, or in another name of the language", () => {
    expect(() => snippetsOf("README.md", "```ts\nlet x;")).toThrow("README.md:1: this block never ends.");
    expect(() => snippetsOf("README.md", "\n```js\nlet x;\n```")).toThrow("README.md:2: write ```ts");
  });
});

const documents = (): string[] => ["README.md", ...globSync("docs/*.md", { cwd: root }).toSorted()];

const sources = (): string[] => globSync("src/**/*.ts", { cwd: root }).toSorted();

async function snippetsIn(file: string): Promise<Snippet[]> {
  return snippetsOf(file, await readFile(join(root, file), "utf8"));
}

/** Every snippet gets an emulator of its own, under the name that a deployed program would read. */
async function failureOf(snippet: Snippet, folder: SnippetFolder): Promise<string | undefined> {
  const emulator = await startEmulator();
  const connectionString = emulator.connectionString.replace("endpoint=http:", "endpoint=https:");
  try {
    return await folder.failure(snippet, { COMMUNICATION_SERVICES_CONNECTION_STRING: connectionString });
  } finally {
    await emulator.close();
  }
}
