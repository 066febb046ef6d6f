import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { SmsClient } from "acs-sms";
import { startEmulator, type Emulator } from "acs-sms/emulator";
import { SqliteMessageLog, type MessageLogOptions } from "acs-sms/insights";

import { inbound } from "../insights/events.js";
import { people } from "../support/clients.js";
import { requireBuild } from "../support/require-build.js";
import { acsSms } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

const sender = "+18005551234";
let emulator: Emulator;
let place: Workplace;
beforeAll(async () => {
  requireBuild();
  emulator = await startEmulator();
  place = await workplace();
  await writeLog("insights.db", { keepTexts: true }, { sale: 30, reminders: 10 });
});
afterAll(async () => {
  await emulator.close();
  await place[Symbol.asyncDispose]();
});

const store = ["--store", "sqlite:./insights.db"];

async function run(...args: string[]) {
  return acsSms(args, { cwd: place.folder });
}

async function writeLog(name: string, options: MessageLogOptions, batches: Record<string, number>) {
  await using log = new SqliteMessageLog(join(place.folder, name), options);
  const sms = new SmsClient(emulator.connectionString, { observers: [log], allowInsecureConnection: true });
  for (const [tag, count] of Object.entries(batches))
    await sms.send({ from: sender, to: people(count), message: "Hello" }, { tag });
}

describe("acs-sms stats", () => {
  it("shows all together, and a bar for each group", async () => {
    const { code, stdout } = await run(
      "stats",
      ...store,
      "--by",
      "tag",
      "--price",
      "+1=0.0079",
      "--currency",
      "USD",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/messages +40 to 30 people, 40 segments/);
    expect(stdout).toMatch(/no news +.*40 without a report/);
    expect(stdout).toMatch(/cost +0\.316 USD/);
    expect(stdout).toMatch(/sale +30 +#{24} +/);
    expect(stdout).toMatch(/reminders +10 +#{8} +/);
    expect(stdout).not.toMatch(/\+1425/);
  });

  it("prints the summary for programs, of what was asked for", async () => {
    const { stdout } = await run("stats", ...store, "--where", "tag=sale", "--json");
    const { total, groups } = JSON.parse(stdout);
    expect(total).toMatchObject({ messages: 30, accepted: 30, unreported: 30 });
    expect(groups).toHaveLength(1);
    const past = await run("stats", ...store, "--to", "2020-01-01T00:00Z", "--json");
    expect(JSON.parse(past.stdout).total.messages).toBe(0);
  });

  it.each([
    [["--by", "weather"], /--by knows tag, sender/],
    [["--where", "weather=fine"], /--where knows tag, sender/],
    [["--time-zone", "Mars"], /--time-zone takes an IANA time zone/],
    [["--from", "2026-12-01T00:00Z", "--to", "2026-11-01T00:00Z"], /--from is not before --to/],
    [["--store", "redis://localhost"], /sqlite:<file> or postgres/],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await run("stats", ...(args[0] === "--store" ? [] : store), ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it("makes no log where there is none", async () => {
    const { code, stderr } = await run("stats", "--store", "sqlite:./other.db");
    expect(code).toBe(1);
    expect(stderr).toMatch(/other\.db/);
    await expect(stat(join(place.folder, "other.db"))).rejects.toThrow(/ENOENT/);
  });
});

describe("acs-sms messages", () => {
  it("lists messages, the newest first, with what became of each and the texts that are kept", async () => {
    const { code, stdout } = await run("messages", ...store, "--limit", "11");
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(11);
    for (const line of lines.slice(0, 10))
      expect(line).toMatch(/^\d{4}-.*Z {2}\+1425\d{7} +unreported +\+18005551234 +reminders {2}“Hello”$/);
    expect(lines[10]).toMatch(/ sale {2}“Hello”$/);
  });

  it("prints JSON lines of what was asked for", async () => {
    const [, number = ""] = people(2);
    const asked = ["--to-number", number.slice(2), "--default-country", "US", "--outcome", "unreported"];
    const { stdout } = await run("messages", ...store, ...asked, "--where", "tag=sale", "--json");
    const [message, ...rest] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rest).toEqual([]);
    expect(message).toMatchObject({ to: number, tag: "sale", outcome: "unreported", text: "Hello" });
    expect((await run("messages", ...store, "--outcome", "failed", "--code", "4006")).stdout).toBe("");
  });

  it("finds one person in a log of hashes by its key, which it shows to nobody", async () => {
    const hashKey = "a key that is kept with care";
    await writeLog("hashes.db", { hashKey }, { sale: 3 });
    const [number = ""] = people(1);
    const find = async (key: string | undefined) =>
      acsSms(["messages", "--store", "sqlite:./hashes.db", "--to-number", number], {
        cwd: place.folder,
        env: { ACS_SMS_HASH_KEY: key },
      });
    const found = await find(hashKey);
    expect(found.stdout).toMatch(/^\S+ {2}[\w-]{43} {2}unreported .* sale\n$/);
    expect(found.stdout).not.toContain(number);
    expect((await find(undefined)).stdout).toBe("");
    expect((await find("another key that is kept")).stdout).toBe("");
    const { code, stderr } = await find("hunter2");
    expect(code).toBe(2);
    expect(stderr).toMatch(/ACS_SMS_HASH_KEY takes a key of at least 16 bytes/);
    expect(stderr).not.toContain("hunter2");
  });

  it.each([
    [["--outcome", "lost"], /--outcome knows delivered, failed/],
    [["--code", "4o06"], /--code takes the code of a report/],
    [["--limit", "0"], /--limit takes a whole number/],
    [["--to-number", "somebody"], /--to-number takes a phone number/],
    [["--where", "weather=fine"], /--where knows tag, sender/],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await run("messages", ...store, ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("acs-sms inbound", () => {
  const [first = "", second = ""] = people(2);
  const texts = ["--store", "sqlite:./inbound.db"];
  beforeAll(async () => writeTexts("inbound.db", { keepTexts: true }));

  /** One that answers the only message, an opt-out, and one to another number. */
  async function writeTexts(name: string, options: MessageLogOptions) {
    await writeLog(name, options, { visits: 1 });
    await using log = new SqliteMessageLog(join(place.folder, name), options);
    const now = Date.now();
    const wrote = { from: second, to: sender, receivedAt: new Date(now + 2), text: () => "STOP" };
    log.observe(inbound("a", 0, { ...wrote, from: first, text: () => "Yes,\u001b[2J please" }));
    log.observe(inbound("b", 0, { ...wrote, receivedAt: new Date(now + 3), intent: "opt-out" }));
    log.observe(inbound("c", 0, { ...wrote, receivedAt: new Date(now + 4), to: "28444" }));
  }

  const soon = ["--to", new Date(Date.now() + 600_000).toISOString()];

  async function list(...args: string[]) {
    const { code, stdout, stderr } = await run("inbound", ...texts, ...soon, ...args);
    expect(code, stderr).toBe(0);
    return stdout === "" ? [] : stdout.trimEnd().split("\n");
  }

  it("lists what people wrote, the newest first, with what it asks for and the texts that are kept", async () => {
    expect(await list()).toStrictEqual([
      expect.stringMatching(/^\d{4}-.*Z {2}\+1425\d{7} {15}28444 {13}“STOP”$/),
      expect.stringMatching(/^\d{4}-.*Z {2}\+1425\d{7} {6}opt-out {2}\+18005551234 {6}“STOP”$/),
      expect.stringMatching(/^\d{4}-.*Z {2}\+1425\d{7} {15}\+18005551234 {6}“Yes,\P{Cc}* please”$/u),
    ]);
  });

  it("prints JSON lines of what was asked for, with the message that each answers", async () => {
    const person = ["--from-number", first.slice(2), "--default-country", "US"];
    const [text, ...rest] = (await list(...person, "--intent", "none", "--json")).map((line) =>
      JSON.parse(line),
    );
    expect(rest).toEqual([]);
    const [sent] = (await run("messages", ...texts, "--json")).stdout.trimEnd().split("\n");
    const { identity } = JSON.parse(sent ?? "");
    expect(text).toMatchObject({ messageId: "a", from: first, to: sender, inReplyTo: identity });
    expect(await list("--to-number", "28444", "--intent", "none", "--intent", "help")).toHaveLength(1);
    expect(await list("--to-number", "+1 800 555 1234", "--limit", "1")).toHaveLength(1);
    expect(await list("--intent", "opt-in")).toStrictEqual([]);
  });

  it("finds one person in a log of hashes by its key", async () => {
    const hashKey = "a key that is kept with care";
    await writeTexts("hashed-texts.db", { hashKey });
    const asked = ["inbound", "--store", "sqlite:./hashed-texts.db", ...soon, "--from-number", first];
    const found = await acsSms(asked, { cwd: place.folder, env: { ACS_SMS_HASH_KEY: hashKey } });
    expect(found.stdout).toMatch(/^\S+ {2}[\w-]{43} {11}\+18005551234\n$/);
    expect((await acsSms(asked, { cwd: place.folder })).stdout).toBe("");
  });

  it.each([
    [["--intent", "reply"], /--intent knows opt-out, opt-in, help, none/],
    [["--from-number", "somebody"], /--from-number takes a phone number/],
    [["--to-number", " "], /A sender is a number/],
    [["--limit", "-1"], /--limit/],
    [["--from", "yesterday"], /--from/],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await run("inbound", ...texts, ...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("acs-sms report", () => {
  it("writes one page, and replaces none", async () => {
    const { code } = await run("report", ...store, "--out", "report.html", "--title", "Contoso <April>");
    expect(code).toBe(0);
    const page = await readFile(join(place.folder, "report.html"), "utf8");
    expect(page).toContain("Contoso &lt;April&gt;");
    expect(page).toContain("reminders");
    expect(page).not.toMatch(/\+1425/);
    const again = await run("report", ...store, "--out", "report.html");
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/--force replaces it/);
    expect((await run("report", ...store, "--out", "report.html", "--force")).code).toBe(0);
  });

  it("refuses a locale that is none, before it reads anything", async () => {
    const { code, stderr } = await run("report", ...store, "--out", "other.html", "--locale", "no locale");
    expect(code).toBe(2);
    expect(stderr).toMatch(/--locale takes a language tag/);
  });
});
