import { describe, expect, it } from "vitest";
import type { Emulator, EmulatorSender } from "../../src/emulator/index.js";
import { ann, call, emulated, itemsOf, reportOf, sendItems, texts } from "./wire.js";

const number = "+14255550999";
const unsubscribed =
  "You have successfully been unsubscribed to messages from this number. Reply START to resubscribe";

/** A sender for which the service's list can be asked. */
function listed(sender: EmulatorSender): EmulatorSender {
  return { ...sender, hasOptOutApi: true };
}

/** What the service's own list says. */
async function isListed(emulator: Emulator, from: string): Promise<unknown> {
  const body = { from, recipients: [{ to: ann }] };
  const answer = await call(emulator, { target: "/sms/optouts:check?api-version=2026-01-23", body });
  return itemsOf(answer)[0]?.["isOptedOut"];
}

async function list(emulator: Emulator, from: string): Promise<void> {
  const body = { from, recipients: [{ to: ann }] };
  await call(emulator, { target: "/sms/optouts:add?api-version=2026-01-23", body });
}

/** Sends, and answers whether the report says that it arrived. */
async function arrives(emulator: Emulator, from: string): Promise<boolean> {
  const [item] = await sendItems(emulator, { from, smsSendOptions: { enableDeliveryReport: true } });
  const { body } = await reportOf(emulator, item?.["messageId"]);
  return (body as { deliveryStatus: string }).deliveryStatus === "Delivered";
}

describe.each<[string, EmulatorSender]>([
  ["a Canadian short code", { number: "12345", kind: "short-code", country: "CA" }],
  ["a short code of the United Kingdom", { number: "12345", kind: "short-code", country: "GB" }],
  ["a 10DLC number", { number, kind: "10dlc" }],
  [
    "a US short code with the opt-outs in the business's hands",
    { number: "12345", kind: "short-code", optOutManagement: "business" },
  ],
])("%s", (_, sender) => {
  it.each(["STOP", "ARRET", "START", "HELP"])("does nothing about %s but relay it", async (word) => {
    const emulator = await emulated({ senders: [listed(sender)] });
    emulator.phone(ann).send(word, { to: sender.number });
    expect(texts(emulator, ann)).toEqual([]);
    expect(await isListed(emulator, sender.number)).toBe(false);
    expect(await arrives(emulator, sender.number)).toBe(true);
    expect(await emulator.inbound().next()).toMatchObject({ value: { message: word, to: sender.number } });
  });

  it("reaches even those on the service's list", async () => {
    const emulator = await emulated({ senders: [listed(sender)] });
    await list(emulator, sender.number);
    expect(await isListed(emulator, sender.number)).toBe(true);
    expect(await arrives(emulator, sender.number)).toBe(true);
  });
});

it("lets an alphanumeric sender reach those on the service's list", async () => {
  const emulator = await emulated({ senders: [listed({ number: "CONTOSO", kind: "alphanumeric" })] });
  await list(emulator, "CONTOSO");
  expect(await arrives(emulator, "CONTOSO")).toBe(true);
});

describe("ACS, where it manages the opt-outs", () => {
  it.each<[string, EmulatorSender]>([
    ["a US short code", { number: "12345", kind: "short-code", country: "US" }],
    ["a 10DLC number that is given to it", { number, kind: "10dlc", optOutManagement: "acs" }],
  ])("answers and blocks for %s", async (_, sender) => {
    const emulator = await emulated({ senders: [listed(sender)] });
    emulator.phone(ann).send("QUIT", { to: sender.number });
    expect(texts(emulator, ann)).toEqual([unsubscribed]);
    expect(await isListed(emulator, sender.number)).toBe(true);
    expect(await arrives(emulator, sender.number)).toBe(false);
  });

  it("answers with the business's own texts, and with its own where there is none", async () => {
    const replies = { optOut: "Contoso Alerts: You opted out.", help: "Contoso: call 1-800-800-8000." };
    const emulator = await emulated({ senders: [{ number: "12345", kind: "short-code", replies }] });
    const phone = emulator.phone(ann);
    for (const word of ["STOP", "HELP", "UNSTOP"]) phone.send(word, { to: "12345" });
    expect(texts(emulator, ann)).toEqual([
      replies.optOut,
      replies.help,
      "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe.",
    ]);
  });

  it("no longer blocks whom the API took off its list", async () => {
    const emulator = await emulated({ senders: [listed({ number: "12345", kind: "short-code" })] });
    emulator.phone(ann).send("STOP", { to: "12345" });
    const body = { from: "12345", recipients: [{ to: ann }] };
    await call(emulator, { target: "/sms/optouts:remove?api-version=2026-01-23", body });
    expect(await arrives(emulator, "12345")).toBe(true);
  });
});

it.each([
  ["STOP", 1],
  ["stop", 0],
  [" STOP", 0],
])("can take words exactly: %j is answered with %i messages", async (word, answers) => {
  const emulator = await emulated({ exactKeywords: true });
  emulator.phone(ann).send(word, { to: "+18005551234" });
  expect(texts(emulator, ann)).toHaveLength(answers);
});
