import { afterEach, beforeEach, expect, it } from "vitest";

import { sharedSecret } from "../../../src/events/authorize.js";
import { createSmsEventHandler } from "../../../src/events/event-handler.js";
import { createSmsWebhook } from "../../../src/events/webhook.js";
import type { Alert } from "../../../src/insights/alerts/alert-rule.js";
import { watchMessages } from "../../../src/insights/alerts/watch-messages.js";
import { SqliteMessageLog } from "../../../src/insights/sqlite-message-log.js";
import { resultsOf, setStage, type Stage } from "../../campaigns/stage.js";
import { serve } from "../../events/support.js";
import { people } from "../../support/clients.js";

const numbers = people(150);
const [first, rest] = [numbers.slice(0, 50), numbers.slice(50)];

let stage: Stage;
beforeEach(async () => {
  const fate = { deliveryStatus: "Failed", deliveryStatusDetails: "4006: unreachable" } as const;
  stage = await setStage({ recipients: first.map((number) => ({ number, ...fate })) });
});
afterEach(async () => stage[Symbol.asyncDispose]());

it("a campaign whose messages fail pauses itself, and goes on when it is told to", async () => {
  await using log = new SqliteMessageLog(":memory:");
  const { emulator, suppression } = stage;
  const sms = stage.client({ observers: [log] });
  const handler = createSmsEventHandler({ sms, suppression, observers: [log] });
  await using server = await serve(createSmsWebhook(handler, { authorize: sharedSecret("a secret") }));
  await emulator.addWebhook({ url: `${server.url}/sms?code=a%20secret` });

  const paused = Promise.withResolvers<string>();
  const read = Promise.withResolvers<void>();
  /** The second part of the list is there once something is wrong with the first. */
  async function* recipients() {
    yield* first;
    await paused.promise;
    yield* rest;
    read.resolve();
  }
  const campaign = stage.campaign({ recipients: recipients(), tag: "sale", enableDeliveryReport: true }, sms);
  await using open = new AsyncDisposableStack();
  const onAlert = ({ message }: Alert): void => {
    campaign.pause();
    paused.resolve(message);
  };
  const rule = { kind: "delivery-rate", below: 0.5, atLeast: 25 } as const;
  open.use(watchMessages(log, { rules: [rule], where: { tag: "sale" }, everySeconds: 0.05, onAlert }));
  const results = resultsOf(campaign);
  expect(await paused.promise).toMatch(/^0\.0 % of \d+ reported messages arrived/);
  await read.promise;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(campaign.totals.accepted).toBe(50);
  expect(emulator.messages()).toHaveLength(50);
  campaign.resume();
  expect(await results).toHaveLength(150);
  expect(campaign.totals.accepted).toBe(150);
});
