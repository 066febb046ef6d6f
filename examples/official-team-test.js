/**
 * A team's integration test in JavaScript, with the official client alone: `node --test examples/official-team-test.js`. The
 * emulator stands in for Azure; the code under test does not know.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import { SmsClient } from "@azure/communication-sms";
import { setupEmulator } from "acs-sms/emulator/testing";

const shop = "+18005551234";
const customer = "+14255550123";

const acs = setupEmulator(
  { before, after },
  { environmentVariable: "COMMUNICATION_SERVICES_CONNECTION_STRING" },
);
beforeEach(() => acs.emulator.reset());

/**
 * What is tested; elsewhere, in your own code.
 *
 * @param {number} order
 * @param {string} to
 */
async function tellAboutOrder(order, to) {
  const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"] ?? "", {
    allowInsecureConnection: true,
  });
  const message = `Order ${order} has shipped: https://contoso.com/orders/${order}`;
  const [result] = await sms.send(
    { from: shop, to: [to], message },
    { enableDeliveryReport: true, tag: "order" },
  );
  return result;
}

void test("the customer hears of the order, once", async () => {
  const result = await tellAboutOrder(1234, customer);
  assert.ok(result?.successful);
  const { message } = await acs.emulator.waitForMessage({ to: customer, match: "1234" });
  assert.match(message, /https:\/\/contoso\.com\/orders\/1234/);
  assert.equal(acs.emulator.phone(customer).messages().length, 1);
});

void test("an outage of a moment is survived", async () => {
  acs.emulator.setFaults({ serverError: { next: 1 }, retryAfterInSeconds: 0 });
  const result = await tellAboutOrder(1235, customer);
  assert.ok(result?.successful);
  assert.deepEqual(
    acs.emulator.requests().map(({ status }) => status),
    [503, 202],
  );
  acs.emulator.setFaults({});
});

void test("after STOP the service takes the message, and nobody gets it", async () => {
  acs.emulator.phone(customer).send("STOP", { to: shop });
  const result = await tellAboutOrder(1236, customer);
  assert.ok(result?.successful);
  await acs.emulator.eventsSettled();
  const sent = acs.emulator.messages().find(({ tag }) => tag === "order");
  assert.equal(sent?.state, "blocked");
  assert.equal(sent?.details, "Sender blocked for given recipient.");
});
