import { chmod, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

import { SmsClient } from "acs-sms";
import { startEmulator, type Emulator } from "acs-sms/emulator";
import { SqliteMessageLog } from "acs-sms/insights";

import { run, succeed } from "../../scripts/run.js";
import { commands } from "../../src/cli/commands.js";
import { requireBuild } from "../support/require-build.js";
import { commandPath } from "./command-line.js";
import { workplace, type Workplace } from "./workplace.js";

/** What the examples speak of. */
const files: Record<string, string> = {
  "people.txt": "+14255550123\n+14255550188\n",
  "list.csv": "Phone,Name\n+14255550123,A\n",
  "message.txt": "Your order has shipped.\n",
};

let emulator: Emulator;
let place: Workplace;

beforeAll(async () => {
  requireBuild();
  emulator = await startEmulator();
  place = await workplace();
  for (const [name, content] of Object.entries(files)) await writeFile(join(place.folder, name), content);
  const script = join(place.folder, "acs-sms");
  await writeFile(script, `#!/bin/sh\nexec "${process.execPath}" "${commandPath}" "$@"\n`);
  await chmod(script, 0o755);
  await succeed(runLine("acs-sms suppression init"));
  await succeed(runLine("acs-sms suppression init --store sqlite:./new.db"));
  await keepLog(join(place.folder, "insights.db"));
  return async () => {
    await emulator.close();
    await place[Symbol.asyncDispose]();
  };
});

/** A log, as a program keeps it that has texted somebody. */
async function keepLog(path: string): Promise<void> {
  await using log = new SqliteMessageLog(path);
  const options = { observers: [log], allowInsecureConnection: true };
  const sms = new SmsClient(emulator.connectionString, options);
  await sms.send({ from: "+18005551234", to: ["+14255550123"], message: "Hello" });
}

async function runLine(line: string): ReturnType<typeof run> {
  const env = {
    PATH: [place.folder, process.env["PATH"]].join(delimiter),
    COMMUNICATION_SERVICES_CONNECTION_STRING: emulator.connectionString,
    ACS_SMS_STORE: "sqlite:./opt-outs.db",
  };
  return run("sh", ["-c", line], { cwd: place.folder, env });
}

describe.skipIf(process.platform === "win32")("the examples of the help work", () => {
  const ending = commands.filter(({ runsUntilEnded }) => runsUntilEnded !== true);

  test.for(ending.flatMap(({ examples }) => examples))("%s", async (line) => {
    const { code, output } = await runLine(line);
    // 3: a person of an example opted out in an earlier one.
    expect([0, 3], output).toContain(code);
  });

  test("each command has one", () => {
    expect(commands.filter(({ examples }) => examples.length === 0)).toEqual([]);
  });
});
