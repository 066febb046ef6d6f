/**
 * A service that receives events: its inbox and its list are in a durable store, it answers each message once, and its
 * code fails now and then. It prints its address, and the id of each message that it is done with.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { SmsClient, SuppressionList } from "acs-sms";
import { allowUnauthenticated, createSmsEventHandler, createSmsWebhook, toNodeHandler } from "acs-sms/events";

import { openStore, type StoreAddress } from "../open-store.ts";
import { randomFrom } from "../../support/random.ts";

interface Order {
  readonly address: StoreAddress;
  readonly connectionString: string;
  readonly seed: number;
}

const { address, connectionString, seed } = JSON.parse(process.argv[2] ?? "") as Order;
const random = randomFrom(seed);

const { store, inbox } = await openStore(address);
const suppression = new SuppressionList(store);
const sms = new SmsClient(connectionString, { suppression, allowInsecureConnection: true });

function failNowAndThen(): void {
  if (random() < 0.15) throw new Error("the code of the service failed");
}

const handler = createSmsEventHandler({
  sms,
  suppression,
  inbox,
  // A process that is killed leaves its claims; the next one has them soon.
  leaseInSeconds: 2,
  onMessage: async ({ messageId }, { outcome, reply }) => {
    failNowAndThen();
    if (outcome.intent === "none") {
      const { status } = await reply(`re: ${messageId}`);
      if (status !== "accepted" && status !== "already-sent") throw new Error(`The reply is ${status}.`);
    }
    failNowAndThen();
    console.log(`done ${messageId}`);
  },
});
const webhook = createSmsWebhook(handler, { authorize: allowUnauthenticated });
const server = createServer(toNodeHandler(webhook)).listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`listening http://127.0.0.1:${port}/`);
});
