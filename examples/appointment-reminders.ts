/**
 * Appointment reminders that people confirm with C. Never ask them to text CANCEL or END instead: both are opt-out
 * keywords, and the carrier would block every later reminder.
 */
import { createServer } from "node:http";

import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";

import { exampleResource, listening } from "./resource.ts";

interface Appointment {
  readonly name: string;
  readonly time: string;
  state: "open" | "confirmed" | "a person should call" | "opted out";
}

await using resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";
const from = "+18005551234";
const day = "2026-11-24";
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

const appointments = new Map<string, Appointment>([
  ["+14255550101", { name: "Ada", time: "9:00", state: "open" }],
  ["+14255550102", { name: "Ben", time: "9:30", state: "open" }],
  ["+14255550103", { name: "Cleo", time: "10:00", state: "open" }],
  ["+14255550104", { name: "Dov", time: "10:30", state: "open" }],
]);

const handler = createSmsEventHandler({
  sms,
  suppression,
  onMessage: async (message, context) => {
    const { intent } = context.outcome;
    const appointment = appointments.get(message.from);
    if (appointment === undefined) return;
    if (intent === "opt-out") appointment.state = "opted out";
    if (intent !== "none") return;
    const isYes = message.message.trim().toLowerCase() === "c";
    appointment.state = isYes ? "confirmed" : "a person should call";
    if (isYes) await context.reply(`See you tomorrow at ${appointment.time}.`);
  },
});
const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });
await using server = await listening(createServer(toNodeHandler(webhook)));

const { emulator } = resource;
await emulator.addWebhook({ url: `${server.url}/?code=${encodeURIComponent(secret)}` });

await remindOpen();
const answers: [number: string, text: string][] = [
  ["+14255550101", "C"],
  ["+14255550102", "c "],
  ["+14255550103", "Could I come at 11?"],
  ["+14255550104", "Stop"],
];
for (const [number, text] of answers) emulator.phone(number).send(text, { to: from });
await emulator.eventsSettled();
for (const { name, time, state } of appointments.values()) console.log(`${time} ${name}: ${state}`);

const [ada] = emulator.phone("+14255550101").messages().slice(-1);
console.log(`Ada's phone shows “${ada?.message}”`);
const [later] = await sms.send({ from, to: ["+14255550104"], message: "Your next check-up is due." });
console.log(`The next message to Dov is ${later?.status}.`);

/** The key makes each reminder one message: run twice within minutes, it still texts each person once. */
async function remindOpen(): Promise<void> {
  for (const [to, { name, time, state }] of appointments) {
    if (state !== "open") continue;
    const message = `${name}, your appointment is tomorrow at ${time}. Reply C to confirm, STOP to opt out.`;
    const idempotency = { key: `reminder for ${day} at ${time}` };
    const [result] = await sms.send({ from, to: [to], message }, { tag: "reminder", idempotency });
    if (result?.status !== "accepted") console.log(`${name}'s reminder is ${result?.status}.`);
  }
}
