/** Customer support: whoever texts gets a ticket and an answer, and what they text next continues it. */
import { createServer } from "node:http";

import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";

import { exampleResource, listening } from "./resource.ts";

interface Ticket {
  readonly number: number;
  readonly lines: string[];
}

await using resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";
const from = "+18005551234";
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });
const tickets = new Map<string, Ticket>();

const handler = createSmsEventHandler({
  sms,
  suppression,
  onMessage: async (message, context) => {
    // STOP, START and HELP are no support requests, and the carrier of a toll-free number answers them itself.
    if (context.outcome.intent !== "none") return;
    const known = tickets.get(message.from);
    const ticket = known ?? { number: tickets.size + 1, lines: [] };
    tickets.set(message.from, ticket);
    ticket.lines.push(`Customer: ${message.message}`);
    const answer =
      known === undefined
        ? `Thank you. This is ticket ${ticket.number}; a person will answer here.`
        : `Added to ticket ${ticket.number}.`;
    // Should the event come twice, this is sent once.
    const { status } = await context.reply(answer, { tag: `ticket-${ticket.number}` });
    ticket.lines.push(`Automatic (${status}): ${answer}`);
  },
});
const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });
await using server = await listening(createServer(toNodeHandler(webhook)));

const { emulator } = resource;
await emulator.addWebhook({ url: `${server.url}/?code=${encodeURIComponent(secret)}` });
const customer = emulator.phone("+14255550123");
customer.send("My parcel has not come.", { to: from });
await emulator.eventsSettled();
await answerAsPerson(customer.number, "Hello, this is Kim. Which order is it?");
customer.send("Order 1234.", { to: from });
await emulator.eventsSettled();

for (const [, { number, lines }] of tickets) console.log(`Ticket ${number}\n  ${lines.join("\n  ")}`);
console.log(`The customer's phone shows ${customer.messages().length} messages.`);

/** The same list stands before what people send by hand. */
async function answerAsPerson(to: string, message: string): Promise<void> {
  const [result] = await sms.send({ from, to: [to], message });
  tickets.get(to)?.lines.push(`Kim (${result?.status}): ${message}`);
}
