import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";

import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { fact, minute } from "../support/stores.js";
import { acsSms, jsonLines, type Ended } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

const sender = "+18005551234";
const [person, other] = canary.numbers;
const noon = minute(0).toISOString();
let place: Workplace;

/** Runs a command on a store of the test's own, in the common folder. */
async function suppression(store: string, ...args: string[]): Promise<Ended> {
  return acsSms(["suppression", ...args], {
    cwd: place.folder,
    env: { ACS_SMS_STORE: `sqlite:${store}.db` },
  });
}

/** Makes a store that holds some facts. */
async function storeOf(name: string, ...facts: ReturnType<typeof fact>[]): Promise<string> {
  expect(await suppression(name, "init")).toMatchObject({ code: 0 });
  await using store = new SqliteSuppressionStore(join(place.folder, `${name}.db`));
  await store.record(facts);
  return name;
}

beforeAll(async () => {
  requireBuild();
  place = await workplace();
  return () => place[Symbol.asyncDispose]();
});

describe("suppression init", () => {
  test("makes a store, and leaves one that is there alone", async () => {
    const store = await storeOf("init", fact());
    expect(await suppression(store, "init")).toEqual({
      code: 0,
      stdout: "sqlite:init.db is ready.\n",
      stderr: "",
    });
    expect((await suppression(store, "list")).stdout).toContain(person);
  });

  test.for([
    ["check", "--sender", sender, person],
    ["add", "--sender", sender, person],
    ["remove", "--sender", sender, "--at", "now", person],
    ["list"],
    ["history", person],
  ])("is what suppression %s asks for where there is none", async (args) => {
    const { code, stdout, stderr } = await suppression("none", ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/The store \(sqlite:none.db\).*acs-sms suppression init.*There is no SQLite file/);
  });
});

describe("suppression check", () => {
  test("says who may be texted, in order", async () => {
    const store = await storeOf("check", fact({ keyword: "STOP" }));
    const { code, stdout, stderr } = await suppression(
      store,
      "check",
      "--sender",
      sender,
      other,
      person,
      "x",
    );
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    expect(stdout).toBe(
      [
        `${other}  allowed`,
        `${person}  suppressed  opted-out ${noon} (${sender}, keyword) “STOP”`,
        "x             invalid     not a phone number",
        "",
      ].join("\n"),
    );
    expect((await suppression(store, "check", "--sender", sender, other)).code).toBe(0);
  });

  test("answers in JSON, also for more than one request to the store", async () => {
    const store = await storeOf("many", fact());
    const numbers = Array.from({ length: 2500 }, (_, index) => `+1425556${String(index).padStart(4, "0")}`);
    await writeFile(join(place.folder, "numbers.txt"), [...numbers, person].join("\n"));
    const args = ["check", "--sender", sender, "--from-file", "numbers.txt", "--json"];
    const { code, stdout } = await suppression(store, ...args);
    const { results } = JSON.parse(stdout) as { results: { to: string; status: string; entry?: object }[] };
    expect(code).toBe(3);
    expect(results.map(({ to }) => to)).toEqual([...numbers, person]);
    expect(results.filter(({ status }) => status === "allowed")).toHaveLength(2500);
    expect(results.at(-1)?.entry).toMatchObject({ recipient: person, state: "opted-out", at: noon });
  });

  test("shows nothing of what people wrote that a terminal would act on", async () => {
    const store = await storeOf("hostile", fact({ keyword: "STOP\u001b[2J\u202e\n+14255550199 allowed" }));
    const { stdout } = await suppression(store, "check", "--sender", sender, person);
    expect(stdout).toContain("“STOP\\u001b[2J\\u202e\\n+14255550199 allowed”");
    expect(stdout.match(/\n/g)).toHaveLength(1);
  });
});

describe("suppression add and remove", () => {
  test("record an opt-out, and an opt-in that is newer", async () => {
    const store = await storeOf("manual");
    const added = await suppression(
      store,
      "add",
      "--sender",
      sender,
      "--at",
      noon,
      "--note",
      "by phone",
      person,
    );
    expect(added).toEqual({ code: 0, stdout: `${person}  recorded\n`, stderr: "" });
    const again = await suppression(
      store,
      "add",
      "--sender",
      sender,
      "--at",
      noon,
      "--note",
      "by phone",
      person,
    );
    expect(again.stdout).toContain("known  one as new or newer was there already");
    const later = minute(1).toISOString();
    const removed = await suppression(store, "remove", "--sender", sender, "--at", later, person, "--json");
    expect({ code: removed.code, ...JSON.parse(removed.stdout) }).toEqual({
      code: 0,
      results: [{ to: person, status: "allowed" }],
    });
    expect(jsonLines((await suppression(store, "history", person, "--json")).stdout)).toMatchObject([
      { state: "opted-out", at: noon, source: "manual", note: "by phone" },
      { state: "opted-in", at: later, source: "manual" },
    ]);
  });

  test("an opt-in of the same time or under another sender changes nothing, and says what stands", async () => {
    const store = await storeOf("stands", fact({ sender: "*" }));
    const { code, stdout } = await suppression(store, "remove", "--sender", sender, "--at", "now", person);
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: `${person}  suppressed  opted-out ${noon} (every sender, keyword)\n`,
    });
    expect((await suppression(store, "remove", "--sender", "*", "--at", noon, person)).code).toBe(3);
    expect((await suppression(store, "remove", "--sender", "*", "--at", "now", person)).code).toBe(0);
  });

  test("one bad number spoils nobody else's", async () => {
    const store = await storeOf("bad-number");
    const args = ["add", "--sender", "*", "--default-country", "US", "--from-file", "-"];
    const { code, stdout } = await acsSms(["suppression", ...args, "--store", `sqlite:${store}.db`], {
      cwd: place.folder,
      input: "(425) 555-0123\nnobody\n+14255550188\n",
    });
    expect(code).toBe(3);
    expect(stdout).toBe(
      `${person}  recorded\nnobody        invalid   not a phone number\n${other}  recorded\n`,
    );
  });

  test.for([
    ["remove without a time", ["remove", "--sender", sender, person], "--at <time> is needed"],
    [
      "consent from the future",
      ["remove", "--sender", sender, "--at", "2100-01-01T00:00Z", person],
      "future",
    ],
    [
      "a time without its zone",
      ["add", "--sender", sender, "--at", "2026-03-02T10:00", person],
      "with its zone",
    ],
    [
      "a time that is none",
      ["add", "--sender", sender, "--at", "2026-03-32T10:00Z", person],
      "with its zone",
    ],
    ["no numbers", ["add", "--sender", sender], "No phone number was given."],
    ["no sender", ["add", person], "--sender <sender> is needed."],
    ["an empty sender", ["check", "--sender", "", person], "A sender is"],
    ["a file that is not there", ["check", "--sender", sender, "--from-file", "none.txt"], "(ENOENT)", 1],
    ["a folder for a file", ["check", "--sender", sender, "--from-file", "."], "is a folder", 1],
    ["a state that is none", ["list", "--state", "out"], "--state takes opted-out or opted-in."],
    ["the history of nobody", ["history", "x"], "That is not a phone number."],
  ] as const)("%s is refused", async ([, args, why, expected = 2]) => {
    const { code, stdout, stderr } = await suppression("unused", ...args);
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
    expect(stderr).toContain(why);
  });
});

describe("suppression list and history", () => {
  test("list what stands for each recipient and sender; history has it all", async () => {
    const store = await storeOf(
      "list",
      fact({ keyword: "STOP", messageId: "1" }),
      fact({ state: "opted-in", at: minute(1), keyword: "START" }),
      fact({ sender: "*", at: minute(2), source: "manual", note: "by letter" }),
      fact({ recipient: other, at: minute(3) }),
      fact({ recipient: other, at: minute(3), state: "opted-in" }),
      fact({ recipient: other, sender: "confirmation:1", at: new Date(0) }),
    );
    const all = jsonLines((await suppression(store, "list", "--json")).stdout);
    expect(all).toHaveLength(3);
    expect(all).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          recipient: person,
          sender,
          state: "opted-in",
          at: minute(1).toISOString(),
        }),
        expect.objectContaining({ recipient: person, sender: "*", state: "opted-out", note: "by letter" }),
        expect.objectContaining({
          recipient: other,
          sender,
          state: "opted-out",
          at: minute(3).toISOString(),
        }),
      ]),
    );
    const optedOut = await suppression(store, "list", "--state", "opted-out", "--sender", "1 800 555 1234");
    expect(optedOut.stdout).toBe(
      `${other}      opted-out  ${minute(3).toISOString()}  ${sender}      keyword\n`,
    );
    const history = await suppression(store, "history", person);
    expect(history.stdout.split("\n")).toEqual([
      `${person}      opted-out  ${noon}  ${sender}      keyword          “STOP”`,
      `${person}      opted-in   ${minute(1).toISOString()}  ${sender}      keyword          “START”`,
      `${person}      opted-out  ${minute(2).toISOString()}  *                 manual           by letter`,
      "",
    ]);
    expect((await suppression(store, "history", other)).stdout).toContain("(confirmation)");
  });

  test("nothing recorded is said beside the results", async () => {
    const store = await storeOf("nothing");
    expect(await suppression(store, "history", person)).toEqual({
      code: 0,
      stdout: "",
      stderr: "Nothing was ever recorded about this number.\n",
    });
    expect(await suppression(store, "list")).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
