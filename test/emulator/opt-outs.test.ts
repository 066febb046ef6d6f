import { describe, expect, it } from "vitest";
import type { Emulator } from "../../src/emulator/index.js";
import {
  itemsOf,
  ann,
  bob,
  call,
  emulated,
  reportOf,
  sender,
  sendItems,
  texts,
  type WireAnswer,
} from "./wire.js";

const stopped =
  'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.';
const resumed =
  "NETWORK MSG: You have replied “unstop” and will begin receiving messages again from this number.";
const shortCode = "12345";

function optOuts(
  emulator: Emulator,
  verb: string,
  recipients: readonly unknown[],
  from: string = sender,
): Promise<WireAnswer> {
  const body = { from, recipients: recipients.map((to) => ({ to })) };
  return call(emulator, { target: `/sms/optouts:${verb}?api-version=2026-01-23`, body });
}

async function isOptedOut(emulator: Emulator, number: string, from: string = sender): Promise<unknown> {
  return itemsOf(await optOuts(emulator, "check", [number], from))[0]?.["isOptedOut"];
}

/** Sends with a report, and answers what the report says. */
async function reported(emulator: Emulator, from: string = sender): Promise<unknown> {
  const smsSendOptions = { enableDeliveryReport: true, tag: "t" };
  const [item] = await sendItems(emulator, { from, smsSendOptions });
  expect(item).toMatchObject({ httpStatusCode: 202, successful: true });
  return (await reportOf(emulator, item?.["messageId"])).body;
}

describe("STOP to a toll-free number", () => {
  it("is answered by the carrier and blocks that number for that phone until START or UNSTOP", async () => {
    const emulator = await emulated();
    const phone = emulator.phone(ann);
    expect(await reported(emulator)).toMatchObject({ deliveryStatus: "Delivered" });
    phone.send("STOP", { to: sender });
    expect(await reported(emulator)).toMatchObject({
      deliveryStatus: "Failed",
      deliveryStatusDetails: "Sender blocked for given recipient.",
      deliveryAttempts: [{ segmentsSucceeded: 0, segmentsFailed: 1 }],
      tag: "t",
    });
    expect(texts(emulator, ann)).toEqual(["Hello", stopped]);
    expect(phone.messages()[1]).toMatchObject({ from: sender });
    expect(await isOptedOut(emulator, ann)).toBe(true);
    await sendItems(emulator, { smsRecipients: [{ to: bob }] });
    expect(texts(emulator, bob)).toEqual(["Hello"]);
    phone.send("START", { to: sender });
    expect(await isOptedOut(emulator, ann)).toBe(false);
    expect(await reported(emulator)).toMatchObject({ deliveryStatus: "Delivered" });
    phone.send("STOP", { to: sender });
    phone.send("UNSTOP", { to: sender });
    expect(await reported(emulator)).toMatchObject({ deliveryStatus: "Delivered" });
    expect(texts(emulator, ann)).toEqual(["Hello", stopped, resumed, "Hello", stopped, resumed, "Hello"]);
  });

  it("blocks the pair: other senders still reach the phone", async () => {
    const other = "+18005559999";
    const emulator = await emulated({
      senders: [
        { number: sender, kind: "toll-free" },
        { number: other, kind: "toll-free" },
      ],
    });
    emulator.phone(ann).send("STOP", { to: sender });
    expect(await reported(emulator, other)).toMatchObject({ deliveryStatus: "Delivered" });
    expect(await reported(emulator, sender)).toMatchObject({ deliveryStatus: "Failed" });
  });

  it("says what it is told to say about a blocked message", async () => {
    const blockedReportText = "4007: The Destination/To number opted out of receiving messages from you.";
    const emulator = await emulated({ blockedReportText });
    emulator.phone(ann).send("STOP", { to: sender });
    expect(await reported(emulator)).toMatchObject({ deliveryStatusDetails: blockedReportText });
  });

  it.each(["stop", " Stop\n", "sToP"])("is also %j", async (text) => {
    const emulator = await emulated();
    emulator.phone(ann).send(text, { to: sender });
    expect(texts(emulator, ann)).toEqual([stopped]);
  });

  it.each([
    "QUIT",
    "END",
    "CANCEL",
    "UNSUBSCRIBE",
    "OPT OUT",
    "REVOKE",
    "HELP",
    "STOP!",
    "please stop",
    "STOPALL",
    "constructor",
    "",
  ])("is not %j, which does nothing at the carrier but is relayed", async (text) => {
    const emulator = await emulated();
    emulator.phone(ann).send(text, { to: sender });
    expect(texts(emulator, ann)).toEqual([]);
    expect(await isOptedOut(emulator, ann)).toBe(false);
    expect(await reported(emulator)).toMatchObject({ deliveryStatus: "Delivered" });
    expect(await emulator.inbound().next()).toMatchObject({ value: { message: text } });
  });

  it.each(["STOP", "START", "UNSTOP"])("is relayed, as %s is", async (text) => {
    const emulator = await emulated();
    const sent = emulator.phone(ann).send(text, { to: sender });
    expect(await emulator.inbound().next()).toEqual({ done: false, value: sent });
  });

  it("stays with the carrier when the service's own entry is removed", async () => {
    const emulator = await emulated();
    emulator.phone(ann).send("STOP", { to: sender });
    await optOuts(emulator, "remove", [ann]);
    expect(await isOptedOut(emulator, ann)).toBe(false);
    expect(await reported(emulator)).toMatchObject({ deliveryStatus: "Failed" });
  });
});

describe("a US short code", () => {
  const senders = [{ number: shortCode, kind: "short-code", hasOptOutApi: true }] as const;

  it.each(["STOP", "QUIT", "END", "REVOKE", "OPT OUT", "CANCEL", "UNSUBSCRIBE", "quit"])(
    "acts on %s itself",
    async (word) => {
      const emulator = await emulated({ senders });
      emulator.phone(ann).send(word, { to: shortCode });
      expect(texts(emulator, ann)).toEqual([
        "You have successfully been unsubscribed to messages from this number. Reply START to resubscribe",
      ]);
      expect(await isOptedOut(emulator, ann, shortCode)).toBe(true);
      expect(await reported(emulator, shortCode)).toMatchObject({ deliveryStatus: "Failed" });
    },
  );

  it.each(["START", "UNSTOP"])("takes back by %s", async (word) => {
    const emulator = await emulated({ senders });
    emulator.phone(ann).send("STOP", { to: shortCode });
    emulator.phone(ann).send(word, { to: shortCode });
    expect(texts(emulator, ann)[1]).toBe(
      "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe.",
    );
    expect(await reported(emulator, shortCode)).toMatchObject({ deliveryStatus: "Delivered" });
  });

  it("answers HELP, also to those who opted out, and changes nothing by it", async () => {
    const emulator = await emulated({ senders });
    emulator.phone(ann).send("STOP", { to: shortCode });
    emulator.phone(ann).send("help", { to: shortCode });
    expect(texts(emulator, ann)[1]).toBe("Thanks for texting Contoso! Call 1-800-800-8000 for support.");
    expect(await isOptedOut(emulator, ann, shortCode)).toBe(true);
  });
});

describe("the service's opt-out list", () => {
  it("stops sends, until an entry is removed", async () => {
    const emulator = await emulated();
    await optOuts(emulator, "add", [ann, ann]);
    expect(await reported(emulator)).toMatchObject({ deliveryStatus: "Failed" });
    await optOuts(emulator, "remove", [ann]);
    expect(await reported(emulator)).toMatchObject({ deliveryStatus: "Delivered" });
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });
});
