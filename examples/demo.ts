/**
 * The main job, step by step: `npm run demo`. A message goes out, a person types STOP, the next message is stopped
 * before it leaves this process, the person types START, and a message arrives again. All against a local emulator that
 * checks every signature; every step that does not happen ends the demo with an error. `npm run demo -- --open` is for
 * playing instead, see playground.ts.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { SmsClient, SuppressionList } from "acs-sms";
import { startEmulator, type PhoneMessage } from "acs-sms/emulator";
import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";

if (process.argv.includes("--open")) {
  await import("./playground.ts");
  process.exit();
}

const timeLimitInMs = 30_000;
const overdue = setTimeout(() => {
  console.error("The demo did not end in time.");
  process.exit(1);
}, timeLimitInMs).unref();

const from = "+18005551234";
const to = "+14255550123";

await using emulator = await startEmulator();
const phone = emulator.phone(to);
const folder = await mkdtemp(join(tmpdir(), "acs-sms-demo-"));
const path = join(folder, "opt-outs.sqlite");
const store = new SqliteSuppressionStore(path);
const suppression = new SuppressionList(store);
const sms = new SmsClient(emulator.connectionString, { suppression, allowInsecureConnection: true });

// What phones send comes back through the service alone, as in production (there: Event Grid).
const listening = (async () => {
  for await (const inbound of emulator.inbound()) await suppression.handleMessage(inbound);
})();

console.log(`A shop texts from ${from} (toll-free). A person has the phone ${to}.`);
show("opt-outs are kept in", path);

step("The shop sends a message");
await sendAndShow("Your order has shipped.", "accepted", 1);

step("The person types STOP");
phone.send("STOP", { to: from });
await untilStoreHolds("opted-out");
show("the phone shows", lastMessage(await emulator.waitForMessage({ to, match: "blocks all texts" })));
show("the store holds", await describeStore());

step("The shop sends another message");
await sendAndShow("20 % off today only!", "suppressed", 1);

step("The person types START");
// Facts are ordered by the millisecond, and a START of the same millisecond as the STOP would lose to it.
await delay(5);
phone.send("START", { to: from });
await untilStoreHolds("opted-in");
show("the phone shows", lastMessage(await emulator.waitForMessage({ to, match: "will begin receiving" })));
show("the store holds", await describeStore());

step("The shop sends a message again");
await sendAndShow("Welcome back.", "accepted", 2);

step("All requests that reached the server");
for (const { method, path, status, signature } of emulator.requests()) {
  assert.equal(signature, "valid");
  show(`${method} ${path}`, `answered ${status}, signature ${signature}`);
}

await emulator.close();
await listening;
await store[Symbol.asyncDispose]();

step("A second store opens the same file");
{
  await using reopened = new SqliteSuppressionStore(path, { create: false });
  for await (const { state, keyword } of reopened.history(to))
    show("it still knows", `${state} ("${keyword}")`);
}

await rm(folder, { recursive: true });
clearTimeout(overdue);
console.log("\nThe one message sent between STOP and START never left this process.");

async function sendAndShow(message: string, expected: string, requests: number): Promise<void> {
  const [result] = await sms.send({ from, to: [to], message }, { enableDeliveryReport: true });
  assert.equal(result?.status, expected);
  show("the text", message);
  show("the result", result.status);
  const isOnPhone = expected === "accepted";
  if (isOnPhone) show("the phone shows", lastMessage(await emulator.waitForMessage({ to, match: message })));
  else
    assert.equal(
      phone.messages().some((shown) => shown.message === message),
      false,
    );
  assert.equal(emulator.requests().length, requests);
  show("requests at the server", String(requests));
}

async function untilStoreHolds(state: string): Promise<void> {
  while (!(await entries()).some((entry) => entry.state === state)) await delay(5);
}

async function entries() {
  const [found = []] = await store.find([to]);
  return found;
}

async function describeStore(): Promise<string> {
  const held = await entries();
  return held.map(({ state, keyword, at }) => `${state} at ${at.toISOString()} ("${keyword}")`).join(", ");
}

function lastMessage({ message, from }: PhoneMessage): string {
  return `“${message}” from ${from}`;
}

function step(title: string): void {
  console.log(`\n▸ ${title}`);
}

function show(what: string, value: string): void {
  console.log(`  ${what.padEnd(23)} ${value}`);
}
