import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";

import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { collect, fact, minute } from "../support/stores.js";
import { acsSms, jsonLines, type Ended } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

const sender = "+18005551234";
const [person, other] = canary.numbers;
const noon = minute(0).toISOString();
let place: Workplace;
let stores = 0;
let store: string;

beforeAll(async () => {
  requireBuild();
  place = await workplace();
  return () => place[Symbol.asyncDispose]();
});

beforeEach(async () => {
  store = `store-${stores++}.db`;
  await suppression(["init"]);
});

const pathOf = (name: string): string => join(place.folder, name);

async function suppression(args: readonly string[], input = "", name = store): Promise<Ended> {
  const env = { ACS_SMS_STORE: `sqlite:${name}` };
  return acsSms(["suppression", ...args], { cwd: place.folder, env, input });
}

async function record(...facts: ReturnType<typeof fact>[]): Promise<void> {
  await using opened = new SqliteSuppressionStore(pathOf(store));
  await opened.record(facts);
}

describe("suppression import", () => {
  const phones = `Phone,Said\n${person},STOP\n12345,STOP\n"(425) 555-0188",stop\n`;
  const mapping = ["--column", "recipient=Phone", "--column", "keyword=Said", "--sender", sender];
  const undated = [...mapping, "--state", "opted-out", "--as-of", noon, "--default-country", "US"];

  test("takes a spreadsheet's rows, and tells which it does not take", async () => {
    await writeFile(pathOf("list.csv"), phones);
    const { code, stdout, stderr } = await suppression(["import", "list.csv", ...undated]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(stdout).toMatch(
      /^rows +3\nrecorded +2\nknown already +0\nrefused +1\nopt-outs lifted +0\n\nline 3: recipient /,
    );
    expect(jsonLines((await suppression(["list", "--json"])).stdout)).toMatchObject([
      { recipient: person, sender, state: "opted-out", at: noon, source: "import", keyword: "STOP" },
      { recipient: other, keyword: "stop" },
    ]);
  });

  test("answers in JSON, and changes nothing in a dry run or the second time", async () => {
    const report = async (...options: string[]) => {
      const { stdout } = await suppression(["import", ...undated, ...options, "--json"], phones);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    expect(await report("--dry-run")).toMatchObject({ dryRun: true, rows: 3, recorded: 2, refused: 1 });
    expect((await suppression(["list"])).stdout).toBe("");
    expect(await report()).toMatchObject({ dryRun: false, recorded: 2, unchanged: 0 });
    expect(await report()).toMatchObject({
      recorded: 0,
      unchanged: 2,
      refusals: [{ line: 3, field: "recipient" }],
    });
  });

  test("takes opt-ins only where that is said", async () => {
    await record(fact());
    const rows = `number;what;when\n${person};START;${minute(1).valueOf()}\n`;
    const args = [
      "--column",
      "recipient=number",
      "--column",
      "state=what",
      "--column",
      "at=3",
      "--sender",
      sender,
    ];
    const options = ["--state-value", "START=opted-in", "--times", "epoch-milliseconds"];
    const refused = await suppression(["import", ...args, ...options], rows);
    expect(refused.code).toBe(3);
    expect(refused.stdout).toMatch(/refused +1\n/);
    const { code, stdout } = await suppression(["import", ...args, ...options, "--allow-opt-ins"], rows);
    expect(code).toBe(0);
    expect(stdout).toMatch(/opt-outs lifted +1\n/);
    expect((await suppression(["check", "--sender", sender, person])).code).toBe(0);
  });

  test.for([
    ["a mapping that is none", ["--column", "Phone"], "--column takes <field=column>", 2],
    ["a state that is none", ["--state", "stopped"], "--state takes", 2],
    ["a value's state that is none", ["--state-value", "STOP=stopped"], "--state-value takes", 2],
    ["times that are none", ["--times", "american"], "--times takes", 2],
    [
      "a column that is not there",
      ["--column", "recipient=Mobile"],
      'Expected the file to have a column "Mobile"',
      1,
    ],
    ["opt-ins without a word", ["--state", "opted-in"], "Expected --allow-opt-ins to be true", 2],
    ["a place that is none", ["--column", "recipient=0"], "Expected --column recipient to be", 2],
    [
      "a file without times",
      ["--column", "recipient=Phone", "--sender", "*", "--state", "opted-out"],
      "a column for `at` (see --column, --as-of)",
      1,
    ],
  ] as const)("refuses %s", async ([, options, why, expected]) => {
    const { code, stdout, stderr } = await suppression(["import", ...options], phones);
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
    expect(stderr).toContain(why);
  });
});

describe("suppression import --restore", () => {
  test.for([
    ["--column", "recipient=Phone"],
    ["--no-header"],
    ["--sender", sender],
    ["--state", "opted-out"],
    ["--note", "theirs"],
    ["--state-value", "STOP=opted-out"],
    ["--times", "epoch-seconds"],
    ["--as-of", "now"],
    ["--default-country", "US"],
  ])("refuses what is for lists from elsewhere: %s", async (option) => {
    const { code, stdout, stderr } = await suppression(["import", "--restore", ...option]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`Expected ${option[0]} to be left out with --restore`);
  });

  test("takes opt-ins only where that is said", async () => {
    await record(fact(), fact({ state: "opted-in", at: minute(1) }));
    const { stdout: exported } = await suppression(["export", "--history"]);
    await suppression(["init"], "", `copy-${store}`);
    const { code, stdout } = await suppression(["import", "--restore"], exported, `copy-${store}`);
    expect(code).toBe(3);
    expect(stdout).toMatch(/recorded +1\n[^]*line 3: state is an opt-in; --allow-opt-ins takes them\n$/);
  });
});

describe("suppression export", () => {
  const facts = [
    fact({ keyword: "STOP", messageId: "1" }),
    fact({ at: minute(1), keyword: "=stop()" }),
    fact({ state: "opted-in", at: minute(2), recordedAt: minute(9), source: "manual" }),
    fact({ sender: "confirmation:1", at: new Date(0), recordedAt: minute(3), messageId: "1" }),
    fact({ recipient: other, sender: "*", note: "by letter" }),
  ];

  test.for([[["copy.csv"]], [["copy.jsonl"]], [["copy.txt", "--format", "jsonl"]]])(
    "writes what import reads back, to the very same facts: %j",
    async ([args = []]) => {
      await record(...facts);
      const [file = ""] = args;
      expect(await suppression(["export", ...args, "--history"])).toEqual({
        code: 0,
        stdout: "",
        stderr: "",
      });
      await suppression(["init"], "", `copy-${store}`);
      const options = ["--restore", "--allow-opt-ins", ...args.slice(1)];
      const imported = await suppression(["import", file, ...options], "", `copy-${store}`);
      expect(imported).toMatchObject({ code: 0, stderr: "" });
      await using copy = new SqliteSuppressionStore(pathOf(`copy-${store}`));
      expect(await collect(copy.history(person))).toEqual(facts.slice(0, 4));
      expect(await collect(copy.history(other))).toEqual(facts.slice(4));
    },
  );

  test("makes a file for its owner alone, and replaces none unasked", async () => {
    await record(...facts);
    await suppression(["export", "once.csv"]);
    const { code, stderr } = await suppression(["export", "once.csv"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "Failed: The file once.csv is there already; --force replaces it.\n",
    });
    await chmod(pathOf("once.csv"), 0o644);
    await writeFile(pathOf("once.csv"), "old");
    expect(await suppression(["export", "once.csv", "--force"])).toMatchObject({ code: 0 });
    expect(await readFile(pathOf("once.csv"), "utf8")).toContain(person);
    // Windows has no such modes.
    const expected = process.platform === "win32" ? 0o666 : 0o600;
    expect((await stat(pathOf("once.csv"))).mode & 0o777).toBe(expected);
  });

  test("writes to standard output, filtered", async () => {
    await record(...facts);
    const { stdout } = await suppression([
      "export",
      "--format",
      "jsonl",
      "--state",
      "opted-in",
      "--sender",
      sender,
    ]);
    expect(jsonLines(stdout)).toMatchObject([{ recipient: person, state: "opted-in" }]);
  });

  test("leaves nothing behind where it fails", async () => {
    await record(...facts);
    const before = await readdir(place.folder);
    expect(await suppression(["export", "missing/x.csv"])).toMatchObject({ code: 1 });
    expect(await suppression(["export", "x.csv", "--format", "xls"])).toMatchObject({ code: 2 });
    expect(await readdir(place.folder)).toEqual(before);
  });
});
