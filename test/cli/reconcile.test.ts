import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { startEmulator, type Emulator } from "acs-sms/emulator";

import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { acsSms, jsonLines, type Ended } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

const sender = "+18005551234";
const [person, other] = canary.numbers;
let place: Workplace;
let emulator: Emulator;
let stores = 0;
let store: string;

beforeAll(async () => {
  requireBuild();
  place = await workplace();
  return () => place[Symbol.asyncDispose]();
});

beforeEach(async () => {
  emulator = await startEmulator();
  store = `sqlite:store-${stores++}.db`;
  await suppression("init");
  await suppression("add", "--sender", sender, person);
  emulator.phone(other).send("STOP", { to: sender });
  return () => emulator.close();
});

function suppression(...args: string[]): Promise<Ended> {
  const env = { ACS_SMS_STORE: store, COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString };
  return acsSms(["suppression", ...args], { cwd: place.folder, env });
}

describe("suppression reconcile", () => {
  const reconcile = ["reconcile", "--from", sender, person, other];

  test("adds what either side lacks", async () => {
    const { code, stdout } = await suppression(...reconcile, "--direction", "both");
    expect(code).toBe(0);
    expect(stdout).toContain(`${person}  only-in-list     added\n`);
    expect(stdout).toContain(`${other}  only-in-service  recorded\n`);
    expect(stdout).toMatch(/^compared +2$/m);
    expect((await suppression("check", "--sender", sender, other)).code).toBe(3);
    const again = JSON.parse((await suppression(...reconcile, "--direction", "both", "--json")).stdout);
    expect(again).toMatchObject({ checked: 2, inBoth: 2, differences: [] });
  });

  test("goes one way only where one is named, for everybody whom the store knows", async () => {
    const { stdout } = await suppression(
      "reconcile",
      "--from",
      sender,
      "--direction",
      "from-service",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      checked: 1,
      onlyInList: 1,
      added: 0,
      differences: [{ recipient: person, kind: "only-in-list", action: "none" }],
    });
  });

  test("adds nothing in a dry run, and leaves out whoever is no number", async () => {
    const { code, stdout } = await suppression(
      ...reconcile,
      "12",
      "--direction",
      "both",
      "--dry-run",
      "--json",
    );
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, unknown: 1, recorded: 0, added: 0 });
    expect(jsonLines((await suppression("list", "--json")).stdout)).toHaveLength(1);
  });

  test("refuses a direction that is none", async () => {
    const { code, stderr } = await suppression(...reconcile, "--direction", "down");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "--direction takes from-service, to-service or both.\n",
    });
  });
});
