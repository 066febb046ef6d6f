/**
 * What people answer, in Azure Functions (programming model v4). Either trigger will do: the Event Grid trigger needs no
 * address and no secret; the HTTP trigger is a webhook like any other, and can be run anywhere.
 */
import { fileURLToPath } from "node:url";

import { app, HttpRequest } from "@azure/functions";
import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import {
  createSmsEventHandler,
  createSmsWebhook,
  sharedSecret,
  toAzureEventGridFunction,
  toAzureFunction,
} from "acs-sms/events";

import { exampleResource, smsReceivedEvent } from "./resource.ts";

const resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";

// Functions come and go, and their memory with them: in production both the list and the inbox need a database.
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

const handler = createSmsEventHandler({
  sms,
  suppression,
  onMessage: async ({ message }, context) => {
    const { intent } = context.outcome;
    console.log(`“${message}” came in: ${intent}`);
    if (intent === "none") await context.reply("Thank you, we will be in touch.");
  },
});

export const smsEvents = toAzureEventGridFunction(handler);
export const smsWebhook = toAzureFunction(createSmsWebhook(handler, { authorize: sharedSecret(secret) }));

app.eventGrid("sms-events", { handler: smsEvents });
app.http("sms-webhook", { methods: ["POST", "OPTIONS"], authLevel: "anonymous", handler: smsWebhook });

if (process.argv[1] === fileURLToPath(import.meta.url)) await tryOut();

/** Calls both functions as the Functions host would. */
async function tryOut(): Promise<void> {
  const { emulator } = resource;
  const person = emulator.phone("+14255550123");
  await smsEvents(smsReceivedEvent(person.send("Are you open on Sunday?", { to: "+18005551234" })));

  const stop = smsReceivedEvent(person.send("STOP", { to: "+18005551234" }));
  for (const code of ["wrong", secret]) {
    const request = new HttpRequest({
      method: "POST",
      url: `https://contoso.azurewebsites.net/api/sms-webhook?code=${encodeURIComponent(code)}`,
      headers: { "Content-Type": "application/json" },
      body: { string: JSON.stringify([stop]) },
    });
    const { status, body } = await smsWebhook(request);
    console.log(`The webhook answers ${status}: ${body}`);
  }
  for (const { message } of person.messages()) console.log(`The phone shows “${message}”`);
  await resource[Symbol.asyncDispose]();
}
