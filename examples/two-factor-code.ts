/**
 * A two-factor code whose delivery is watched: a person who waits at a screen should soon hear that no text will come,
 * and be offered another way.
 */
import { randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

import { MemorySuppressionStore, SmsClient, SuppressionList, type SmsDeliveryReport } from "acs-sms";
import { createSmsEventHandler, createSmsWebhook, sharedSecret, toNodeHandler } from "acs-sms/events";

import { exampleResource, listening } from "./resource.ts";

await using resource = await exampleResource();
const secret = process.env["WEBHOOK_SECRET"] ?? "only for this example";
const from = "+18005551234";
const suppression = new SuppressionList(new MemorySuppressionStore());
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });

/** By tag, which is known before the message is sent: a report may be faster than the answer to the send. */
const awaited = new Map<string, PromiseWithResolvers<SmsDeliveryReport>>();

const handler = createSmsEventHandler({
  sms,
  suppression,
  onDeliveryReport: (report, { revealedOptOut }) => {
    if (revealedOptOut) console.log("The report revealed an opt-out that was not known here.");
    awaited.get(report.tag ?? "")?.resolve(report);
  },
});
const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });
await using server = await listening(createServer(toNodeHandler(webhook)));

const { emulator } = resource;
const person = emulator.phone("+14255550123");
const stopped = emulator.phone("+14255550188");
// Sent before anybody listened: the carrier knows, this program does not.
stopped.send("STOP", { to: from });
await emulator.addWebhook({ url: `${server.url}/?code=${encodeURIComponent(secret)}` });

const code = await sendCode(person.number);
const [shown] = person.messages().slice(-1);
const typed = /\d{6}/.exec(shown?.message ?? "")?.[0] ?? "";
console.log(`The code that the person types is ${isRight(typed, code) ? "right" : "wrong"}.`);
console.log(`Another one is ${isRight("0000000", code) ? "right" : "wrong"}.`);

await sendCode(stopped.number);
await sendCode(stopped.number);

/** Sends a code, and says what became of it. Neither code nor number belongs in a log. */
async function sendCode(to: string): Promise<string> {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const tag = randomUUID();
  const report = Promise.withResolvers<SmsDeliveryReport>();
  awaited.set(tag, report);
  const message = `${code} is your code for Contoso. We will never ask you for it.`;
  // After a minute without the carrier's word the service reports a failure; a code would be of no use later.
  const options = { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: 60, tag };
  const [result] = await sms.send({ from, to: [to], message }, options);
  if (result?.status === "accepted") {
    const { status } = await report.promise;
    console.log(status === "delivered" ? "The code was delivered." : "No text will come: offer a call.");
  } else console.log(`The code is ${result?.status}: offer a call at once.`);
  awaited.delete(tag);
  return code;
}

/** Takes the same time wherever the difference is. */
function isRight(typed: string, code: string): boolean {
  return typed.length === code.length && timingSafeEqual(Buffer.from(typed), Buffer.from(code));
}
