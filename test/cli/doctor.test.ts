import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

import { startEmulator } from "acs-sms/emulator";

import { clockFinding } from "../../src/cli/doctor/clock.js";
import { datedRules } from "../../src/cli/doctor/dated-rules.js";
import type { Finding } from "../../src/cli/doctor/finding.js";
import { nodeFinding } from "../../src/cli/doctor/node-version.js";
import { senderFinding } from "../../src/cli/doctor/sender.js";
import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { ScriptedServer, type Answer } from "../support/scripted-server.js";
import { acsSms, FakeScreen, runHere } from "./command-line.js";
import { workplace } from "./workplace.js";

beforeAll(requireBuild);

const statuses = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ check, status }) => [check, status]));

const at = (date: string): Date => new Date(`${date}T12:00:00Z`);

const resource = (endpoint: string, key = canary.accessKey) => ({
  COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=${endpoint};accesskey=${key}`,
});

describe("acs-sms doctor", () => {
  test("finds a sound set-up sound", async () => {
    await using place = await workplace();
    const { folder } = place;
    const emulator = await startEmulator();
    const env = {
      COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString,
      ACS_SMS_STORE: "sqlite:opt-outs.db",
    };
    await acsSms(["suppression", "init"], { cwd: folder, env });
    await acsSms(["suppression", "add", "--sender", "*", canary.numbers[0]], { cwd: folder, env });
    const { code, stdout } = await acsSms(["doctor", "--from", "+18005551234", "--json"], {
      cwd: folder,
      env,
    });
    const report = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
    await emulator.close();
    expect(report.ok).toBe(true);
    expect(statuses(report.findings)).toMatchObject({
      node: "ok",
      connection: "ok",
      access: "ok",
      clock: "ok",
      sender: "ok",
      store: "ok",
      file: "ok",
      retirement: "ok",
    });
    expect(code).toBe(0);
  });

  test("only warns of what is not set up", async () => {
    const { code, stdout } = await runHere(["doctor", "--json"]);
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Finding[] };
    expect({ code, ok }).toEqual({ code: 0, ok: true });
    expect(statuses(findings)).toMatchObject({ connection: "warn", store: "warn" });
  });

  test.for<[string, Answer, string, RegExp]>([
    ["a key that is refused", { status: 401, body: {} }, "fail", /answered 401/],
    ["a service in trouble", { status: 503, body: {} }, "warn", /answered 503/],
    ["a connection that breaks", { drop: true }, "fail", /socket hang up|ECONNRESET/],
  ])("tells of %s", async ([, answer, status, message]) => {
    await using server = await ScriptedServer.start(() => answer);
    const { stdout } = await runHere(["doctor", "--json"], { variables: resource(server.endpoint) });
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    const access = findings.find(({ check }) => check === "access");
    expect(access).toMatchObject({
      status,
      message: expect.stringMatching(message),
      advice: expect.any(String),
    });
    expect(server.requests).toHaveLength(1);
  });

  test("tells of a server that is not there, and of a connection string that is none", async () => {
    const absent = await runHere(["doctor"], { variables: resource("http://127.0.0.1:9") });
    expect(absent.code).toBe(1);
    expect(absent.stdout).toMatch(/fail {2}access +connect ECONNREFUSED/);
    const malformed = await runHere(["doctor"], { variables: resource("", "secret key") });
    expect(malformed.stdout).toMatch(/fail {2}connection +Expected `connectionString/);
    expect(malformed.stdout).not.toContain("secret key");
  });

  test("sees a wrong clock by the time of the answer", async () => {
    const headers = { Date: "Mon, 23 Nov 2026 10:00:00 GMT" };
    await using server = await ScriptedServer.start(() => ({ status: 401, headers, body: {} }));
    const now = () => new Date("2026-11-23T10:20:00Z");
    const { stdout } = await runHere(["doctor"], { variables: resource(server.endpoint), now });
    expect(stdout).toMatch(/fail {2}clock +This clock is 1200 s ahead of the service's/);
  });

  test.runIf(process.platform !== "win32")("sees a SQLite file that others may read", async () => {
    await using place = await workplace();
    const file = join(place.folder, "opt-outs.db");
    await runHere(["suppression", "init", "--store", `sqlite:${file}`]);
    const findings = async () => {
      const { stdout } = await runHere(["doctor", "--json", "--store", `sqlite:${file}`]);
      const report = JSON.parse(stdout) as { findings: Finding[] };
      return report.findings.filter(({ check }) => check === "file");
    };
    expect(await findings()).toMatchObject([{ status: "ok" }]);
    await chmod(file, 0o644);
    expect(await findings()).toMatchObject([
      { status: "warn", message: expect.stringContaining("mode 0644") },
    ]);
  });

  test("does not make a store that is missing", async () => {
    const { code, stdout } = await runHere(["doctor", "--store", "sqlite:/nonexistent/opt-outs.db"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/fail {2}store +The store \(sqlite:/);
  });

  test("has colours on a terminal alone, and not with NO_COLOR", async () => {
    const onTerminal = await runHere(["doctor"], { stdout: new FakeScreen({ isTTY: true }) });
    const without = { stdout: new FakeScreen({ isTTY: true }), variables: { NO_COLOR: "1" } };
    expect(onTerminal.stdout).toContain("\u001b[33mwarn\u001b[0m");
    expect((await runHere(["doctor"], without)).stdout).not.toContain("\u001b");
    expect((await runHere(["doctor"])).stdout).not.toContain("\u001b");
  });
});

describe("what doctor knows", () => {
  test.for([
    ["2026-11-30", false, { retirement: "ok" }],
    ["2026-12-01", false, { retirement: "ok", "revoke-all": "warn" }],
    ["2027-01-31", false, { retirement: "ok", "revoke-all": "warn" }],
    ["2026-12-01", true, { retirement: "ok", "revoke-all": "ok" }],
    ["2027-10-01", true, { retirement: "warn", "revoke-all": "ok" }],
    ["2028-09-30", true, { retirement: "fail", "revoke-all": "ok" }],
  ] as const)("of the rules on %s, with revokeAll %s", ([date, revokeAll, expected]) => {
    expect(statuses(datedRules(at(date), revokeAll))).toEqual(expected);
  });

  test("counts the days to the end", () => {
    const messageOn = (date: string) => datedRules(at(date), true)[0]?.message;
    expect(messageOn("2028-09-29")).toBe("ACS SMS is switched off on 2028-09-30, in 1 day.");
    expect(messageOn("2026-11-23")).toContain("in 677 days");
    expect(datedRules(at("2026-12-15"), false)[1]?.message).toMatch(/^From 2027-01-31 on one STOP/);
    expect(datedRules(at("2027-02-15"), false)[1]?.message).toMatch(/^Since 2027-01-31 one STOP/);
  });

  test.for([
    ["+18005551234", /toll-free.*QUIT/],
    ["12345", /short code.*Canada/],
    ["+14255550100", /10DLC/],
    ["CONTOSO", /alphanumeric.*nobody can reply/],
  ] as const)("of the sender %s", ([from, words]) => {
    expect(senderFinding(from)).toEqual([
      { check: "sender", status: "ok", message: expect.stringMatching(words) },
    ]);
  });

  test("of no sender, and of what is none", () => {
    expect(senderFinding(undefined)).toEqual([]);
    expect(statuses(senderFinding("+1"))).toEqual({ sender: "fail" });
  });

  test.for([
    [0, "ok"],
    [300, "ok"],
    [301, "warn"],
    [-900, "warn"],
    [901, "fail"],
    [-901, "fail"],
  ] as const)("of a clock that is %i s off", ([seconds, status]) => {
    const date = "Mon, 23 Nov 2026 10:00:00 GMT";
    expect(clockFinding(date, Date.parse(date) + seconds * 1000)[0]?.status).toBe(status);
  });

  test("of no time, nothing", () => {
    expect(clockFinding(undefined, 0)).toEqual([]);
    expect(clockFinding("yesterday", 0)).toEqual([]);
  });

  test.for([
    ["22.13.0", "ok"],
    ["24.1.0", "ok"],
    ["22.12.9", "fail"],
    ["20.19.0", "fail"],
  ] as const)("of Node %s", ([version, status]) => {
    expect(nodeFinding(version).status).toBe(status);
  });
});
