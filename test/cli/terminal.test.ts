import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { beforeAll, describe, expect, test } from "vitest";

import { startEmulator, type Emulator } from "acs-sms/emulator";

import { run } from "../../scripts/run.js";
import { canary } from "../support/canary.js";
import { requireBuild } from "../support/require-build.js";
import { commandPath, FakeScreen, runHere } from "./command-line.js";
import { workplace } from "./workplace.js";

/** util-linux's, which runs a command on a terminal of its own. */
const hasTerminals = spawnSync("sh", ["-c", "script -qec true /dev/null"], { stdio: "ignore" }).status === 0;

let emulator: Emulator;

beforeAll(async () => {
  requireBuild();
  emulator = await startEmulator();
  return () => emulator.close();
});

/** Runs a command line on a terminal at which somebody types, and gives what the terminal shows. */
async function onTerminal(
  commandLine: string,
  typed: string,
): Promise<{ code: number | null; shown: string }> {
  const command = `"${process.execPath}" "${commandPath}" ${commandLine}`;
  const env = {
    COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString,
    CI: undefined,
    COMMAND: command,
    TYPED: typed,
  };
  // What is typed ahead waits in the terminal until it is read.
  const line = 'printf "$TYPED" | script -qec "$COMMAND" /dev/null';
  const { code, stdout } = await run("sh", ["-c", line], { env });
  return { code, shown: stdout };
}

const send = `send --from +18005551234 --to ${canary.numbers.join(" --to ")} --message hello --no-suppression`;

describe.skipIf(!hasTerminals)("on a terminal", () => {
  test("more than one person is texted after a yes", async () => {
    const { code, shown } = await onTerminal(send, "y\\n");
    expect(shown).toContain("Text 2 people from +18005551234, 1 segment each? [y/N]");
    expect(shown.match(/accepted/g)).toHaveLength(2);
    expect(code).toBe(0);
  });

  test.for(["\\n", "n\\n", "yesterday\\n", "\\004"])("nobody is after %j", async (typed) => {
    const before = emulator.requests().length;
    const { code, shown } = await onTerminal(send, typed);
    expect(shown).toContain("Nobody was texted.");
    expect({ code, requests: emulator.requests().length }).toEqual({ code: 1, requests: before });
  });

  test("a campaign shows what it comes to, and begins after a yes", async () => {
    await using place = await workplace();
    const [list, journal] = [join(place.folder, "list.csv"), join(place.folder, "campaigns.sqlite")];
    await writeFile(list, `Phone,Name\n${canary.numbers.map((number) => `${number},Ann\n`).join("")}`);
    const line = `campaign send --id a --from +18005551234 --csv "${list}" --journal "${journal}" --no-suppression`;
    const before = emulator.requests().length;
    const refused = await onTerminal(`${line} --message 'Hi {Name}'`, "n\\n");
    expect(refused.shown).toContain(
      "Text 2 people from +18005551234, 2 segments in all, in about 1 s? [y/N]",
    );
    expect(refused.shown).toContain("Nobody was texted.");
    expect({ code: refused.code, requests: emulator.requests().length }).toEqual({
      code: 1,
      requests: before,
    });
    const { code, shown } = await onTerminal(`${line} --message 'Hi {Name}'`, "y\\n");
    expect(shown).toMatch(/to be texted +2\r\n/);
    const frames = shown.split("\r\u001b[2K");
    expect(frames.at(-2)).toMatch(/^\[#+\] Texting: 2 of 2 \(100 %\), .*2 accepted/);
    expect(frames.at(-1)).toBe("accepted  2\r\n");
    expect(code).toBe(0);
  });

  test("an import draws a bar over itself, and erases it before the result", async () => {
    await using place = await workplace();
    const rows = Array.from({ length: 3000 }, (_, index) => `+1425556${String(index).padStart(4, "0")}\n`);
    await writeFile(join(place.folder, "list.csv"), `recipient\n${rows.join("")}`);
    const store = `--store "sqlite:${join(place.folder, "opt-outs.db")}"`;
    await onTerminal(`suppression init ${store}`, "");
    const options = '--sender "*" --state opted-out --as-of now';
    const file = join(place.folder, "list.csv");
    const { code, shown } = await onTerminal(`suppression import "${file}" ${options} ${store}`, "");
    expect(code).toBe(0);
    const frames = shown.split("\r\u001b[2K");
    expect(frames.length).toBeGreaterThan(2);
    expect(frames[1]).toMatch(/^\[#*-*\] Bytes read: [\d,]+ of [\d,]+ \(\d+ %\), 0 s$/);
    expect(frames.at(-1)).toMatch(/^rows +3,000\r\n/);
  });
});

describe("at a terminal of our own", () => {
  test("Ctrl-C at the question ends it", async () => {
    const keyboard = Object.assign(new PassThrough(), { isTTY: true });
    const stderr = new FakeScreen({ isTTY: true });
    stderr.on("data", (text: string) => {
      if (text.includes("[y/N]")) keyboard.write("\u0003");
    });
    const variables = { COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString };
    const ended = await runHere(send.split(" "), { stdin: keyboard, stderr, variables });
    expect(ended).toMatchObject({ code: 130, stdout: "" });
    expect(ended.stderr).toContain("Ended before it was done.");
  });

  test("the end of the input at the question is a no", async () => {
    const keyboard = Object.assign(new PassThrough(), { isTTY: true });
    const stderr = new FakeScreen({ isTTY: true });
    stderr.on("data", (text: string) => {
      if (text.includes("[y/N]")) keyboard.end("y");
    });
    const variables = { COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString };
    const ended = await runHere(send.split(" "), { stdin: keyboard, stderr, variables });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("Nobody was texted.");
  });
});
