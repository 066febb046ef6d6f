import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

import { connectionStringOf, queueConnectionStringOf } from "../stores/azure-tables/table-client.js";
import { requireBuild } from "../support/require-build.js";
import { azureQueuesService } from "../support/services/azure-queues.js";
import { azureTablesService } from "../support/services/azure-tables.js";
import { redisService } from "../support/services/redis.js";

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
    'it still knows          opted-out ("STOP")',
    'it still knows          opted-in ("START")',
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
  "sqlite-store.ts": [
    "The person's STOP is in the file.",
    "The message is suppressed.",
    "The history: opted-out, by “STOP” in Incoming_1.",
  ],
  "redis-store.ts": [
    "The message is suppressed.",
    "In the ledger: opted-out, “STOP”.",
    "The suppression store (RedisSuppressionStore) failed. Nothing is sent without its word.",
  ],
  "postgres-store.ts": [
    "The message is suppressed.",
    "In the ledger: opted-out, by “STOP” in Incoming_1.",
    'In the table: [{"sender":"+18005551234","state":"opted-out"}]',
  ],
  "azure-tables-store.ts": ["“STOP”: opt-out", "The message is suppressed.", "opted-out by “STOP”"],
  "prove-own-store.ts": [
    "✔ failure: `find` rejects, for one and for many",
    "✔ everything else was tested",
    "ℹ fail 0",
  ],
  "team-test.ts": [
    "▶ with the official client",
    "▶ with acs-sms",
    "✔ the code that a person gets is right, once",
    "✔ nobody is texted a code after STOP",
    "✔ after STOP, acs-sms says at once that no code will come",
    "ℹ fail 0",
  ],
  "official-team-test.js": [
    "✔ the customer hears of the order, once",
    "✔ an outage of a moment is survived",
    "✔ after STOP the service takes the message, and nobody gets it",
    "ℹ fail 0",
  ],
  "campaign.ts": [
    "2 people, 2 segments, 0.0158 USD",
    "+14255550100: accepted",
    "+14255550102: suppressed The recipient opted out.",
    "no number: invalid Not a phone number.",
    "+14255550101: accepted, as known before",
    "Ada's phone shows “Hi Ada, we expect you tomorrow at 9:00.",
    "Requests: 2",
  ],
  "campaign-queue.ts": [
    "In the queue: 3 people; 1 is no number.",
    "+14255550100: accepted",
    "+14255550102: suppressed",
    "Accepted: 2. Waiting: 0. Dead: 0.",
    "Planned again: 0; known: 4.",
  ],
  "campaign-storage-queue.ts": [
    'In the queue: {"campaign":"spring-sale","batch":1}',
    "Batch 1: accepted, accepted, accepted",
    "Accepted, as the journal says: 3",
  ],
  "campaign-service-bus.ts": [
    "On the bus: spring-sale/1",
    "Batch 1: accepted, accepted, accepted",
    "Accepted, as the journal says: 3",
    "Requests: 1",
  ],
  "opentelemetry.ts": [
    'messaging_client_sent_messages_total{messaging_system="azure_communication_services.sms",sms_sender_kind="toll-free"',
    'sms_status="suppressed"',
    'sms_delivery_status="delivered"',
    'sms_intent="opt-out"',
  ],
  "import-opt-outs.ts": [
    "2 of 4 rows would be recorded.",
    "Line 4: at is no ISO 8601 time with a time zone",
    "Line 5: state is an opt-in; `allowOptIns` takes them",
    "2 were recorded.",
    "(425) 555-0188 is opted out.",
    "2026-03-02T12:00:00.000Z: “=STOP;please” (import)",
  ],
  "reconcile.ts": [
    "…0123: only-in-service",
    "…0188: only-in-list",
    "1 only in the service, 1 only in the list.",
    "Recorded: 1. Added: 1. Unknown: 0.",
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

/** What runs in another way: shared by the others; until Ctrl-C, see below. */
const others = new Set(["resource.ts", "playground.ts"]);

const redis = await redisService();
const azureTables = await azureTablesService();
const azureQueues = await azureQueuesService();

/** The examples that need a server, and where they look for it. */
const environments: Record<string, NodeJS.ProcessEnv | undefined> = {
  "redis-store.ts": redis && { REDIS_URL: redis.url },
  "campaign-queue.ts": redis && { REDIS_URL: redis.url },
  "campaign-storage-queue.ts": azureQueues && {
    AzureWebJobsStorage: queueConnectionStringOf(azureQueues.url),
  },
  "azure-tables-store.ts": azureTables && {
    AZURE_STORAGE_CONNECTION_STRING: connectionStringOf(azureTables.url),
  },
};
const runnable = Object.entries(examples).filter(
  ([file]) => !(file in environments) || environments[file] !== undefined,
);

beforeAll(() => requireBuild());
afterAll(async () => {
  await redis?.[Symbol.asyncDispose]();
  await azureTables?.[Symbol.asyncDispose]();
  await azureQueues?.[Symbol.asyncDispose]();
});

describe("each example", () => {
  it.each(runnable)("%s ends by itself and prints what it should", async (file, lines) => {
    const { stdout, stderr } = await run(process.execPath, [`examples/${file}`], {
      timeout: 60_000,
      env: { ...withoutOwnResource(), ...environments[file] },
    });
    for (const line of lines) expect(stdout).toContain(line);
    expect(stderr.replace(withoutHost, "")).toBe("");
  });

  it("is listed here", async () => {
    const files = (await readdir("examples")).filter((file) => !others.has(file));
    expect(files.toSorted()).toEqual(Object.keys(examples).toSorted());
  });
});

describe("the demo with --open", () => {
  it("leaves the emulator and an app running that a person can text with, until Ctrl-C", async () => {
    const child = spawn(process.execPath, ["examples/demo.ts", "--open"], {
      env: { ...withoutOwnResource(), BROWSER: "none" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines = createInterface(child.stdout);
    const printed: string[] = [];
    lines.on("line", (line) => printed.push(line));
    const until = async (part: string): Promise<string> => {
      for (;;) {
        const found = printed.find((line) => line.includes(part));
        if (found !== undefined) return found;
        await once(lines, "line");
      }
    };
    const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(await until("Virtual phones: "))?.[0] ?? "";
    await until("a reminder to …0123 is accepted");
    const type = (message: string): Promise<Response> =>
      fetch(`${endpoint}/_emulator/phones/+14255550123/messages`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ to: "+18005551234", message }),
      });
    await type("C");
    await until("the answer is accepted");
    const shown = await fetch(
      `${endpoint}/_emulator/phones/+14255550123/messages?match=see you&waitInMs=5000`,
    );
    expect(await shown.json()).toMatchObject({
      value: [{ message: expect.stringContaining("see you tomorrow") }],
    });
    await type("STOP");
    await until("…0123 texted: opt-out");
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});

/** The examples send to a real resource where the reader names one; the tests never do. */
function withoutOwnResource(): NodeJS.ProcessEnv {
  const { ACS_ENDPOINT: _, ...env } = process.env;
  return env;
}
