import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { startEmulator, type Emulator } from "acs-sms/emulator";

import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { acsSms, runHere, type Surroundings } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

const from = "+18005551234";
const [person, other] = canary.numbers;
const store = "sqlite:./opt-outs.db";
let place: Workplace;
let folder: string;
let emulator: Emulator;
/** The command in a folder of its own, with the emulator as its resource. */
let here: Surroundings & { readonly env: Record<string, string> };

beforeAll(async () => {
  requireBuild();
  place = await workplace();
  ({ folder } = place);
  const accessKeys = { primary: canary.accessKey, secondary: Buffer.from("another key").toString("base64") };
  emulator = await startEmulator({ accessKeys });
  here = { cwd: folder, env: { COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString } };
  await acsSms(["suppression", "init", "--store", store], here);
  await acsSms(["suppression", "add", "--sender", from, other, "--keyword", "STOP", "--store", store], here);
  return async () => {
    await emulator.close();
    await place[Symbol.asyncDispose]();
  };
});

let requestsBefore: number;
beforeEach(() => {
  requestsBefore = emulator.requests().length;
});

const requestsSince = (): number => emulator.requests().length - requestsBefore;

describe("acs-sms send", () => {
  test("texts whom it may, and says of everybody what became of them", async () => {
    const args = ["send", "--from", from, "--to", person, "--to", other, "--to", "no number", "--yes"];
    const { code, stdout, stderr } = await acsSms(
      [...args, "--store", store, "--message", canary.text],
      here,
    );
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^\+14255550123  accepted    Outgoing_/);
    expect(lines[1]).toMatch(/^\+14255550188  suppressed  opted-out \d.* \(\+18005551234, manual\) “STOP”$/);
    expect(lines[2]).toMatch(/^no number +invalid +Not a phone number/);
    expect({ code, stderr, requests: requestsSince() }).toEqual({ code: 3, stderr: "", requests: 1 });
    expect(emulator.phone(person).messages().at(-1)?.message).toBe(canary.text);
    expect(emulator.phone(other).messages()).toEqual([]);
  });

  test.for([
    ["Windows-1252", Buffer.from("Café", "latin1")],
    ["UTF-16 with its mark", Buffer.from("\ufeffHi", "utf16le")],
    ["UTF-16 without", Buffer.from("Hi", "utf16le")],
  ] as const)("texts nobody what a file in %s is not", async ([, bytes]) => {
    await writeFile(join(folder, "message.txt"), bytes);
    const args = ["send", "--from", from, "--to", person, "--store", store, "--message-file", "message.txt"];
    expect(await acsSms(args, here)).toEqual({
      code: 1,
      stdout: "",
      stderr: "Failed: The file message.txt is no text in UTF-8: save it as that.\n",
    });
    expect(requestsSince()).toBe(0);
  });

  test("takes a text with a byte order mark without it", async () => {
    await writeFile(join(folder, "message.txt"), "\ufeffCafé\r\n");
    const args = ["send", "--from", from, "--to", person, "--store", store, "--message-file", "message.txt"];
    expect(await acsSms(args, here)).toMatchObject({ code: 0 });
    expect(emulator.phone(person).messages().at(-1)?.message).toBe("Café");
  });

  test("answers in JSON, and reads the text from standard input", async () => {
    const args = ["send", "--from", from, "--to", person, "--store", store, "--json"];
    const { code, stdout } = await acsSms(args, { ...here, input: `${canary.text}\n` });
    expect(JSON.parse(stdout)).toEqual({
      results: [expect.objectContaining({ to: person, status: "accepted", messageId: expect.any(String) })],
    });
    expect(code).toBe(0);
    expect(emulator.phone(person).messages().at(-1)?.message).toBe(canary.text);
  });

  test("shows with --dry-run what it would do, and does nothing", async () => {
    await writeFile(join(folder, "people.txt"), `# customers\n${person}\n\n${other}\n(425) 555-0100\n`);
    const args = ["send", "--from", from, "--to-file", "people.txt", "--message", canary.text, "--dry-run"];
    const { code, stdout } = await acsSms([...args, "--store", store, "--default-country", "US"], here);
    expect(code).toBe(3);
    expect(stdout).toMatch(/\+14255550123 +ready\n\+14255550188 +suppressed.*\n\+14255550100 +ready\n/);
    expect(stdout).toContain("2 to be texted, 1 × gsm-7 each; nothing was sent.");
    expect(requestsSince()).toBe(0);
  });

  test("passes on the tag, the wish for a report and the identity", async () => {
    const args = ["send", "--from", from, "--to", person, "--message", "hello", "--store", store, "--json"];
    const options = ["--tag", "spring", "--delivery-report", "--key", "order 17"];
    const once = await acsSms([...args, ...options, "--first-sent-at", "now"], here);
    const messageId: string = JSON.parse(once.stdout).results[0].messageId;
    const again = await acsSms([...args, ...options, "--first-sent-at", new Date().toISOString()], here);
    expect(JSON.parse(again.stdout).results[0]).toMatchObject({ messageId, repeatabilityResult: "accepted" });
  });

  test.for([
    ["no store and no word about it", [], /^Nobody was texted: without a store/],
    ["both a store and --no-suppression", ["--store", store, "--no-suppression"], /exclude each other/],
    ["a store that is none", ["--store", "opt-outs.db"], /takes sqlite:<file>/],
    ["two texts", ["--store", store, "--message-file", "x"], /exclude each other/],
    ["a time without its identity", ["--store", store, "--first-sent-at", "now"], /needs --key/],
    ["more than one person unasked", ["--store", store, "--to", other], /^Say --yes/],
    ["a country that is none", ["--store", store, "--default-country", "usa"], /two capital letters/],
  ] as const)("refuses %s", async ([, options, why]) => {
    const args = ["send", "--from", from, "--to", person, "--message", canary.text, ...options];
    const { code, stdout, stderr } = await acsSms(args, here);
    expect({ code, stdout, requests: requestsSince() }).toEqual({ code: 2, stdout: "", requests: 0 });
    expect(stderr).toMatch(why);
  });

  test("fails where the store does not exist, before anything is sent", async () => {
    const args = [
      "send",
      "--from",
      from,
      "--to",
      person,
      "--message",
      canary.text,
      "--store",
      "sqlite:typo.db",
    ];
    const { code, stderr } = await acsSms(args, here);
    expect({ code, requests: requestsSince() }).toEqual({ code: 1, requests: 0 });
    expect(stderr).toMatch(/The store \(sqlite:typo.db\).*acs-sms suppression init.*There is no SQLite file/);
  });

  test("asks no store where that is meant, and says so", async () => {
    const args = ["send", "--from", from, "--to", other, "--message", "hello", "--no-suppression"];
    const { code, stderr } = await acsSms(args, here);
    expect({ code, requests: requestsSince() }).toEqual({ code: 0, requests: 1 });
    expect(stderr).toBe("No opt-outs are asked for: whoever said STOP is texted too.\n");
  });

  test("fails with a wrong key, tells of each, and shows nothing private", async () => {
    const wrongKey = Buffer.from("a wrong key").toString("base64");
    const env = {
      COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=${emulator.endpoint};accesskey=${wrongKey}`,
    };
    const args = [
      "send",
      "--from",
      from,
      "--to",
      person,
      "--message",
      canary.text,
      "--store",
      store,
      "--verbose",
    ];
    const { code, stdout, stderr } = await acsSms(args, { ...here, env });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\+14255550123  unsent  The service answered 401/);
    expect(stderr).toMatch(/^Failed: The service answered 401/);
    expect(stderr).not.toContain(wrongKey);
  });

  test("reads the connection string from a file", async () => {
    await writeFile(join(folder, "connection"), `${emulator.connectionString}\n`);
    const args = ["send", "--from", from, "--to", person, "--message", "hello", "--store", store];
    const { code } = await acsSms([...args, "--connection-string-file", "connection"], { cwd: folder });
    expect(code).toBe(0);
    expect(await acsSms(args, { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("set COMMUNICATION_SERVICES_CONNECTION_STRING"),
    });
  });

  test("counts an opt-out from another sender of the programme, or of any with --revoke-all", async () => {
    const args = [
      "send",
      "--from",
      "+18335550100",
      "--to",
      other,
      "--message",
      "hello",
      "--dry-run",
      "--store",
      store,
    ];
    expect((await acsSms(args, here)).stdout).toMatch(/ready/);
    const program = ["--program", `+18335550100,${from}`];
    expect((await acsSms([...args, ...program], here)).stdout).toMatch(/suppressed/);
    expect((await acsSms([...args, "--revoke-all"], here)).stdout).toMatch(/suppressed/);
  });

  test("takes a malformed sender for a mistake", async () => {
    const { code, stderr } = await runHere([
      "send",
      "--from",
      "+1 (800)",
      "--to",
      person,
      "--no-suppression",
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("--from takes");
  });
});
