/**
 * `npm run demo -- --open`: an emulator, and a dentist's office that texts with whoever texts it, until Ctrl-C. Open the
 * emulator's address, type on a phone, and watch what becomes of it there and here.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";

import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
import { startEmulator } from "acs-sms/emulator";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";

import { listening } from "./resource.ts";

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());

const office = "+18005551234";
const secret = "only for this example";
await using emulator = await startEmulator({ deliveryDelayInMs: 700 });
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(emulator.connectionString, { suppression, allowInsecureConnection: true });

const handler = createSmsEventHandler({
  sms,
  suppression,
  onMessage: async (message, { outcome, reply }) => {
    say(`${lastDigits(message.from)} texted: ${outcome.intent === "none" ? "an answer" : outcome.intent}`);
    if (outcome.intent !== "none") return;
    const { status } = await reply(answerTo(message.message), { enableDeliveryReport: true });
    say(`  the answer is ${status}`);
  },
  onDeliveryReport: ({ to, status }) => say(`  a message to ${lastDigits(to)} was ${status}`),
});
const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });
await using server = await listening(createServer(toNodeHandler(webhook)));
await emulator.addWebhook({ url: `${server.url}/?code=${encodeURIComponent(secret)}` });

console.log(`Virtual phones: ${emulator.endpoint}  (Ctrl-C ends it)`);
console.log(
  "On a phone, type C to confirm, CODE for a sign-in code, STOP and START. A reminder goes to all now and then.",
);
openInBrowser(emulator.endpoint);

const people = new Set(["+14255550123", "+14255550188"]);
while (!ending.signal.aborted) {
  for (const { phone } of emulator.messages()) people.add(phone);
  await remind();
  await once(ending.signal, "abort", { signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
}

/** Whoever said STOP is in the same call as the others, and is not texted. */
async function remind(): Promise<void> {
  const message = "Contoso Dental: your appointment is tomorrow at 10. Reply C to confirm, STOP to opt out.";
  const results = await sms.send(
    { from: office, to: [...people], message },
    { enableDeliveryReport: true, tag: "reminder" },
  );
  for (const { to, status } of results) say(`a reminder to ${lastDigits(to)} is ${status}`);
}

function answerTo(text: string): string {
  const word = text.trim().toUpperCase();
  if (word === "C") return "Thank you, see you tomorrow at 10. 🦷";
  if (word === "CODE")
    return `${String(Math.floor(Math.random() * 1e6)).padStart(6, "0")} is your sign-in code.`;
  return "Thank you. A colleague will read this and answer.";
}

/** Whole numbers are nobody's business but the phones'. */
function lastDigits(number: string): string {
  return `…${number.slice(-4)}`;
}

function say(line: string): void {
  console.log(`${new Date().toTimeString().slice(0, 8)} ${line}`);
}

/** Where there is no browser to open, the address is printed all the same. */
function openInBrowser(url: string): void {
  const [command, ...args] = { darwin: ["open"], win32: ["cmd", "/c", "start", ""] }[
    process.platform as string
  ] ?? ["xdg-open"];
  if (command === undefined || process.env["BROWSER"] === "none") return;
  spawn(command, [...args, url], { stdio: "ignore", detached: true })
    .on("error", () => undefined)
    .unref();
}
