import { readFile } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { deliveryCodeMeaning } from "../../src/events/read-delivery-code.js";
import { magicNumbers, type Emulator, type EmulatorRecipient } from "../../src/emulator/index.js";
import { holdClock, receiving } from "./receiver.js";
import { ann, emulated, reportOf, sender, sendItems, texts } from "./wire.js";

const wanted = { enableDeliveryReport: true };
const failures = Object.entries(magicNumbers).filter(([, { deliveryStatus }]) => deliveryStatus === "Failed");

/** Sends to a number, is accepted, and answers how to ask for the report. */
async function send(
  emulator: Emulator,
  to: string,
  changes: Record<string, unknown> = {},
  version?: string,
): Promise<() => Promise<unknown>> {
  const request = { smsRecipients: [{ to }], smsSendOptions: wanted, ...changes };
  const [item] = await sendItems(emulator, request, version);
  expect(item).toMatchObject({ httpStatusCode: 202, successful: true });
  return async () => {
    const { status, body } = await reportOf(emulator, item?.["messageId"]);
    return status === 200 ? body : undefined;
  };
}

describe("the magic numbers", () => {
  it("have every failure code of the table, each its own number", () => {
    const codes = failures.map(([, { deliveryStatusDetails = "" }]) => deliveryStatusDetails.slice(0, 4));
    expect([...new Set(codes)]).toEqual(
      "4000 4001 4002 4003 4004 4005 4006 4007 4008 4009 4010 4020 5000 5001 5002 9999".split(" "),
    );
    for (const code of codes) expect(deliveryCodeMeaning(Number(code))).toBeTypeOf("string");
    const numbers = Object.values(magicNumbers).map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it("are in the documented table, with their texts", async () => {
    const source = await readFile(
      new URL("../../src/emulator/carriers/magic-numbers.ts", import.meta.url),
      "utf8",
    );
    const rows = source.split("\n").filter((line) => line.startsWith(" * | `"));
    expect(rows).toHaveLength(Object.keys(magicNumbers).length);
    for (const [index, [name, recipient]] of Object.entries(magicNumbers).entries()) {
      expect(rows[index]).toMatch(new RegExp(`^ \\* \\| \`${name}\` +\\| \`\\${recipient.number}\` \\| `));
      if (name === "landline" || recipient.deliveryStatusDetails === undefined) continue;
      expect(rows[index]).toContain(`\`Failed\`, \`${recipient.deliveryStatusDetails}\``);
    }
  });

  it.each(failures)("fail: %s", async (_, { number, deliveryStatusDetails, isShown }) => {
    const emulator = await emulated();
    const report = await send(emulator, number, { message: "x".repeat(161) });
    expect(await report()).toMatchObject({
      deliveryStatus: "Failed",
      deliveryStatusDetails,
      deliveryAttempts: [{ segmentsSucceeded: 0, segmentsFailed: 2 }],
      to: number,
    });
    expect(texts(emulator, number)).toHaveLength(isShown === true ? 1 : 0);
  });

  it("tell the webhooks the same", async () => {
    const receiver = await receiving();
    const emulator = await emulated({ webhooks: [{ url: receiver.url }] });
    const { number, deliveryStatusDetails } = magicNumbers.unreachable;
    await send(emulator, number);
    await emulator.eventsSettled();
    expect(receiver.events()).toMatchObject([
      { data: { to: number, deliveryStatus: "Failed", deliveryStatusDetails } },
    ]);
  });

  it("have no report where none was asked for", async () => {
    const emulator = await emulated();
    const report = await send(emulator, magicNumbers.nonexistent.number, { smsSendOptions: undefined });
    expect(await report()).toBeUndefined();
  });

  it("can opt out like everybody else", async () => {
    const emulator = await emulated();
    const { number } = magicNumbers.nonexistent;
    emulator.phone(number).send("STOP", { to: sender });
    const report = await send(emulator, number);
    expect(await report()).toMatchObject({ deliveryStatusDetails: "Sender blocked for given recipient." });
  });
});

describe("a message that is late", () => {
  it("arrives with its report when its time has come", async () => {
    const pass = holdClock();
    const emulator = await emulated({ deliveryDelayInMs: 1000 });
    const { number } = magicNumbers.late;
    const report = await send(emulator, number);
    let isSettled = false;
    const settled = emulator.eventsSettled().then(() => (isSettled = true));
    pass(10_999);
    expect(await report()).toBeUndefined();
    expect(texts(emulator, number)).toEqual([]);
    expect(isSettled).toBe(false);
    pass(1);
    await settled;
    expect(await report()).toMatchObject({ deliveryStatus: "Delivered" });
    expect(texts(emulator, number)).toEqual(["Hello"]);
  });

  it("is stopped by a STOP before the carrier has it, and by none after that", async () => {
    const pass = holdClock();
    const emulator = await emulated({ deliveryDelayInMs: 1000 });
    const { number } = magicNumbers.late;
    const first = await send(emulator, number, { message: "first" });
    pass(1000);
    const second = await send(emulator, number, { message: "second" });
    emulator.phone(number).send("STOP", { to: sender });
    pass(11_000);
    expect(await first()).toMatchObject({ deliveryStatus: "Delivered" });
    expect(await second()).toMatchObject({ deliveryStatus: "Failed" });
    expect(texts(emulator, number)).toEqual([expect.stringContaining("NETWORK MSG"), "first"]);
  });

  it("may need two attempts, the first of which fails for half of the segments", async () => {
    const pass = holdClock();
    const receiver = await receiving();
    const webhooks = [{ url: receiver.url }];
    const emulator = await emulated({ webhooks, events: { attemptOrder: "oldest-first" } });
    const start = Date.now();
    const report = await send(emulator, magicNumbers.secondAttempt.number, { message: "x".repeat(400) });
    pass(10_000);
    const attempts = [
      { timestamp: new Date(start + 10_000).toISOString(), segmentsSucceeded: 3, segmentsFailed: 0 },
      { timestamp: new Date(start + 5000).toISOString(), segmentsSucceeded: 1, segmentsFailed: 2 },
    ];
    expect(await report()).toMatchObject({ deliveryStatus: "Delivered", deliveryAttempts: attempts });
    await emulator.eventsSettled();
    expect(receiver.events()).toMatchObject([
      { data: { deliveryAttempts: [{ segmentsSucceeded: 1 }, { segmentsSucceeded: 3 }] } },
    ]);
  });
});

describe("a number that never answers", () => {
  const { number } = magicNumbers.neverAnswers;
  const timedOut = {
    deliveryStatus: "Failed",
    deliveryStatusDetails: "5002: Carrier does not support delivery report",
    deliveryAttempts: [{ segmentsSucceeded: 0, segmentsFailed: 1 }],
  };

  it("has no report until the timeout of the request is over", async () => {
    const pass = holdClock();
    const emulator = await emulated();
    const smsSendOptions = { ...wanted, deliveryReportTimeoutInSeconds: 60 };
    const report = await send(emulator, number, { smsSendOptions });
    await emulator.eventsSettled();
    pass(59_999);
    expect(await report()).toBeUndefined();
    pass(1);
    expect(await report()).toMatchObject(timedOut);
    expect(texts(emulator, number)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["the request has none", {}, "2026-01-23"],
    ["the version knows none", { deliveryReportTimeoutInSeconds: 60 }, "2021-03-07"],
  ])("waits as long as it is told where %s", async (_, options, version) => {
    const pass = holdClock();
    const timedOutReportText = "9999: Timed out.";
    const emulator = await emulated({ deliveryReportTimeoutInSeconds: 120, timedOutReportText });
    const smsSendOptions = { ...wanted, ...options };
    const report = await send(emulator, number, { smsSendOptions }, version);
    pass(119_999);
    expect(await report()).toBeUndefined();
    pass(1);
    expect(await report()).toMatchObject({ deliveryStatusDetails: timedOutReportText });
  });

  it("tells the webhooks once, even if the message arrives after all", async () => {
    const pass = holdClock();
    const receiver = await receiving();
    const recipients: EmulatorRecipient[] = [{ number: ann, deliveryStatus: "Delivered", delayInMs: 90_000 }];
    const emulator = await emulated({ recipients, webhooks: [{ url: receiver.url }] });
    const smsSendOptions = { ...wanted, deliveryReportTimeoutInSeconds: 60 };
    const report = await send(emulator, ann, { smsSendOptions });
    pass(60_000);
    expect(await report()).toMatchObject(timedOut);
    expect(texts(emulator, ann)).toEqual([]);
    pass(30_000);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
    await emulator.eventsSettled();
    expect(receiver.events()).toMatchObject([{ data: timedOut }]);
  });

  it("is reported as blocked, and not again, once it has opted out", async () => {
    const pass = holdClock();
    const emulator = await emulated();
    emulator.phone(number).send("STOP", { to: sender });
    const smsSendOptions = { ...wanted, deliveryReportTimeoutInSeconds: 60 };
    const report = await send(emulator, number, { smsSendOptions });
    pass(60_000);
    expect(await report()).toMatchObject({ deliveryStatusDetails: "Sender blocked for given recipient." });
  });
});

it("leaves no timer behind for the report of a message that arrived", async () => {
  holdClock();
  const emulator = await emulated();
  const before = vi.getTimerCount();
  await send(emulator, ann);
  expect(vi.getTimerCount()).toBe(before);
});

describe("recipients", () => {
  it("can be given, and replace the magic ones", async () => {
    const { landline, late } = magicNumbers;
    const emulator = await emulated({
      recipients: [
        { ...landline, number: ann },
        { number: late.number, deliveryStatus: "Failed" },
      ],
    });
    expect(await (await send(emulator, ann))()).toMatchObject({
      deliveryStatusDetails: landline.deliveryStatusDetails,
    });
    expect(await (await send(emulator, late.number))()).toMatchObject({
      deliveryStatusDetails: "9999: Message failed to deliver due to unknown error/failure.",
    });
  });

  it("can show messages of which no report tells", async () => {
    const recipients: EmulatorRecipient[] = [{ number: ann, deliveryStatus: "none", isShown: true }];
    const emulator = await emulated({ recipients });
    const report = await send(emulator, ann);
    expect(await report()).toBeUndefined();
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });
});
