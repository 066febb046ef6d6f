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
  "express-app.ts": [
    "The webhook is validated.",
    "The app's message is accepted.",
    "The message “from the app” was delivered.",
    "“Thanks!” came in: none",
    "“STOP” came in: opt-out",
    "The app's message is suppressed.",
  ],
  "fastify-app.ts": [
    "The webhook is validated.",
    "“Can you call me?” came in: none",
    "The phone shows “Thank you, we will call you.”",
  ],
  "azure-functions-app.ts": [
    "“Are you open on Sunday?” came in: none",
    "The webhook answers 401",
    "“STOP” came in: opt-out",
    'The webhook answers 200: {"handled":1,',
    "The phone shows “Thank you, we will be in touch.”",
  ],
  "lambda-handler.ts": [
    "“Are you open on Sunday?” came in: none",
    'The function answers 200: {"handled":1,"skipped":0,',
    'The function answers 200: {"handled":0,"skipped":1,',
    "The phone shows “Thank you, we will be in touch.”",
  ],
  "support-thread.ts": [
    "Customer: My parcel has not come.",
    "Automatic (accepted): Thank you. This is ticket 1",
    "Kim (accepted): Hello",
    "Customer: Order 1234.",
    "Automatic (accepted): Added to ticket 1.",
    "The customer's phone shows 3 messages.",
  ],
  "appointment-reminders.ts": [
    "9:00 Ada: confirmed",
    "9:30 Ben: confirmed",
    "10:00 Cleo: a person should call",
    "10:30 Dov: opted out",
    "Ada's phone shows “See you tomorrow at 9:00.”",
    "The next message to Dov is suppressed.",
  ],
  "two-factor-code.ts": [
    "The code was delivered.",
    "The code that the person types is right.",
    "Another one is wrong.",
    "The report revealed an opt-out that was not known here.",
    "No text will come: offer a call.",
    "The code is suppressed: offer a call at once.",
  ],
};

/** What `@azure/functions` says wherever it is imported outside the Functions host. */
const withoutHost = /^WARNING: .*"@azure\/functions" package (?:to|is in) test mode.*\n/gm;

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
    expect(stderr.replace(withoutHost, "")).toBe("");
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
