/** What people answer, in a Fastify app, delivered as CloudEvents. */
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";
import fastify from "fastify";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

const handler = createSmsEventHandler({
  sms,
  suppression,
  onMessage: async ({ message }, context) => {
    const { intent } = context.outcome;
    console.log(`“${message}” came in: ${intent}`);
    if (intent === "none") await context.reply("Thank you, we will call you.");
  },
});
const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });

await using app = fastify({ forceCloseConnections: true });
app.get("/health", () => ({ ok: true }));
await app.register(async (events) => {
  // The webhook reads the body itself, so that its own limit holds and CloudEvents need no parser.
  events.removeAllContentTypeParsers();
  events.addContentTypeParser("*", (_request, _payload, done) => done(null));
  events.route({ method: ["POST", "OPTIONS"], url: "/sms-events", handler: toNodeHandler(webhook) });
});
const address = await app.listen({ host: "127.0.0.1", port: 0 });

// From here on it is tried out: Event Grid delivers what happens to the app, here from the emulator.
const { emulator } = resource;
const { state } = await emulator.addWebhook({
  url: `${address}/sms-events`,
  schema: "cloud-events",
  // A delivery property keeps the secret out of addresses, and so out of access logs.
  headers: { "x-sms-webhook-secret": secret },
});
console.log(`The webhook is ${state}.`);

const person = emulator.phone("+14255550123");
person.send("Can you call me?", { to: "+18005551234" });
await emulator.eventsSettled();
for (const { message } of person.messages()) console.log(`The phone shows “${message}”`);
