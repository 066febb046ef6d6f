import { afterEach, expect, it } from "vitest";

import { SmsClient } from "../../src/client/sms-client.js";
import { startEmulator } from "../../src/emulator/emulator.js";
import { sharedSecret } from "../../src/events/authorize.js";
import { createSmsEventHandler } from "../../src/events/event-handler.js";
import { createSmsWebhook } from "../../src/events/webhook.js";
import { SqliteMessageLog } from "../../src/insights/sqlite-message-log.js";
import { summarize } from "../../src/insights/summarize.js";
import { serve } from "../events/support.js";
import { people, sender, testSuppression } from "../support/clients.js";

const open: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

function keep<T extends AsyncDisposable>(one: T): T {
  open.push(one);
  return one;
}

/** An emulator whose events come to a handler of ours; the client and the handler tell the same log. */
async function start() {
  const log = keep(new SqliteMessageLog(":memory:"));
  const emulator = keep(await startEmulator());
  const suppression = testSuppression();
  const observers = [log];
  const sms = new SmsClient(emulator.connectionString, {
    suppression,
    observers,
    allowInsecureConnection: true,
  });
  const handler = createSmsEventHandler({ sms, suppression, observers });
  const server = keep(await serve(createSmsWebhook(handler, { authorize: sharedSecret("a secret") })));
  await emulator.addWebhook({ url: `${server.url}/sms?code=a%20secret` });
  return { log, emulator, sms };
}

it("a log tells of a campaign what was sent, what arrived, who answered and who left", async () => {
  const { log, emulator, sms } = await start();
  const began = new Date();
  const blocked = "+15555554007";
  const [first = "", second = "", third = ""] = people(3);
  const to = [first, second, third, blocked, "no number"];
  const options = { enableDeliveryReport: true, tag: "spring" };
  await sms.send({ from: sender, to, message: "The sale has begun." }, options);
  await emulator.eventsSettled();
  emulator.phone(first).send("Where is it?", { to: sender });
  emulator.phone(first).send("Found it!", { to: sender });
  emulator.phone(second).send("STOP", { to: sender });
  await emulator.eventsSettled();
  await sms.send({ from: sender, to: [second, third], message: "It ends today." }, { tag: "spring" });
  await log.flush();

  const range = { from: began, to: new Date(Date.now() + 1000) };
  const { groups, total, unattributed } = await summarize(log, {
    ...range,
    groupBy: ["tag", "senderKind", "country"],
  });
  expect(groups.map(({ key }) => key)).toEqual([
    { tag: "spring", senderKind: "toll-free", country: "US" },
    { tag: "spring", senderKind: "toll-free", country: null },
  ]);
  expect(total).toMatchObject({
    messages: 7,
    recipients: 4,
    messageUnits: 5,
    segments: 5,
    accepted: 5,
    rejected: 0,
    suppressed: 1,
    invalid: 1,
    unknown: 0,
    unsent: 0,
    delivered: 3,
    failed: 0,
    blocked: 1,
    pending: 0,
    overdue: 0,
    unreported: 1,
    deliveryRate: 1,
    deliveryCoverage: 3 / 5,
    replies: 2,
    responseRate: 1 / 3,
    optOuts: 1,
    optOutRate: 1 / 3,
    optIns: 0,
  });
  expect(total.latencyInMs?.p50).toBeGreaterThanOrEqual(0);
  expect(unattributed).toEqual({ replies: 0, optOuts: 0, optIns: 0 });
  expect(log.state).toMatchObject({ waiting: 0, lost: 0 });
});
