import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { promisify } from "node:util";

import { beforeAll, describe, expect, it } from "vitest";

import { requireBuild } from "../support/require-build.js";

const run = promisify(execFile);

/** What each example must print; one that is not listed here fails the last test. */
const examples: Record<string, readonly string[]> = {
  "demo.ts": [
    "accepted",
    "opted-out at",
    "suppressed",
    "opted-in at",
    'NETWORK MSG: You replied with the word "stop"',
    "“Welcome back.” from +18005551234",
    "requests at the server  2",
    "never left this process",
  ],
  "send.ts": ["The message is accepted.", "It was delivered."],
  "send-to-many.ts": [
    "249 people would be texted",
    "accepted: 249",
    "suppressed: 1",
    "invalid: 1",
    "“no number”: Not a phone number.",
    "Requests: 3",
  ],
  "own-store.ts": [
    "“Stop, please”: none, but a person should look at it",
    "“stop”: opt-out",
    "The message is suppressed.",
  ],
  "entra-id.ts": ["The message is accepted."],
  "custom-policy.ts": ["Correlation ids: 1, the first "],
};

/** Shared by the others, and runs nothing itself. */
const shared = new Set(["resource.ts"]);

beforeAll(() => requireBuild());

describe("each example", () => {
  it.each(Object.entries(examples))("%s ends by itself and prints what it should", async (file, lines) => {
    const { stdout, stderr } = await run(process.execPath, [`examples/${file}`], {
      timeout: 60_000,
      env: withoutOwnResource(),
    });
    for (const line of lines) expect(stdout).toContain(line);
    expect(stderr).toBe("");
  });

  it("is listed here", async () => {
    const files = (await readdir("examples")).filter((file) => file.endsWith(".ts") && !shared.has(file));
    expect(files.toSorted()).toEqual(Object.keys(examples).toSorted());
  });
});

/** The examples send to a real resource where the reader names one; the tests never do. */
function withoutOwnResource(): NodeJS.ProcessEnv {
  const { ACS_ENDPOINT: _, ...env } = process.env;
  return env;
}
