/** What people answer, in an Express app. One route; opt-outs are recorded before your code sees a message. */
import { createServer } from "node:http";

import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";
import express from "express";

import { exampleResource, listening } from "./resource.ts";

await using resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

const handler = createSmsEventHandler({
  sms,
  suppression,
  onMessage: ({ message }, { outcome }) => console.log(`“${message}” came in: ${outcome.intent}`),
  onDeliveryReport: ({ tag, status }) => console.log(`The message “${tag}” was ${status}.`),
});
const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });

const app = express();
// Before every body parser: express.json() takes 100 kB, Event Grid delivers up to 1 MiB and never repeats after a 413.
app.all("/sms-events", toNodeHandler(webhook));
app.use(express.json());
// oxlint-disable-next-line oxc/no-async-endpoint-handlers -- Express 5 takes care of a rejection.
app.post("/messages", async (request, response) => {
  const { to, message } = request.body as { to: string; message: string };
  const [result] = await sms.send(
    { from: "+18005551234", to: [to], message },
    { enableDeliveryReport: true, tag: "from the app" },
  );
  response.json({ status: result?.status });
});

// From here on it is tried out: Event Grid delivers what happens to the app, here from the emulator.
const { emulator } = resource;
await using server = await listening(createServer(app));
const { state } = await emulator.addWebhook({
  url: `${server.url}/sms-events?code=${encodeURIComponent(secret)}`,
});
console.log(`The webhook is ${state}.`);

const person = emulator.phone("+14255550123");
await post("Your order has shipped.");
await emulator.eventsSettled();
person.send("Thanks!", { to: "+18005551234" });
person.send("STOP", { to: "+18005551234" });
await emulator.eventsSettled();
await post("20 % off today only!");

async function post(message: string): Promise<void> {
  const response = await fetch(`${server.url}/messages`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ to: person.number, message }),
  });
  const { status } = (await response.json()) as { status: string };
  console.log(`The app's message is ${status}.`);
}
