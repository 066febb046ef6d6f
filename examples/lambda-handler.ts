/** What people answer, in AWS Lambda behind a function URL or an API Gateway HTTP API. */
import { fileURLToPath } from "node:url";

import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import {
  createSmsEventHandler,
  createSmsWebhook,
  sharedSecret,
  toLambda,
  type LambdaHttpEvent,
} from "acs-sms/events";

import { exampleResource, smsReceivedEvent } from "./resource.ts";

const resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";

// Functions come and go, and their memory with them: in production both the list and the inbox need a database.
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

const events = createSmsEventHandler({
  sms,
  suppression,
  onMessage: async ({ message }, context) => {
    const { intent } = context.outcome;
    console.log(`“${message}” came in: ${intent}`);
    if (intent === "none") await context.reply("Thank you, we will be in touch.");
  },
});

export const handler = toLambda(createSmsWebhook(events, { authorize: sharedSecret(secret) }));

if (process.argv[1] === fileURLToPath(import.meta.url)) await tryOut();

/** Calls the function as Lambda would; the second delivery is a repetition. */
async function tryOut(): Promise<void> {
  const person = resource.emulator.phone("+14255550123");
  const event = smsReceivedEvent(person.send("Are you open on Sunday?", { to: "+18005551234" }));
  for (let delivery = 1; delivery <= 2; delivery++) {
    const { statusCode, body } = await handler(functionUrlEvent([event]));
    console.log(`The function answers ${statusCode}: ${body}`);
  }
  for (const { message } of person.messages()) console.log(`The phone shows “${message}”`);
  await resource[Symbol.asyncDispose]();
}

function functionUrlEvent(body: unknown): LambdaHttpEvent {
  return {
    rawPath: "/",
    rawQueryString: `code=${encodeURIComponent(secret)}`,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { domainName: "abc.lambda-url.eu-central-1.on.aws", http: { method: "POST" } },
  };
}
