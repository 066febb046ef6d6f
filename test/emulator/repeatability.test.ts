import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ann, bob, emulated, sendItems, texts } from "./wire.js";

interface Repeatable {
  readonly to: string;
  readonly repeatabilityRequestId: string;
  readonly repeatabilityFirstSent: string;
}

function repeatable(changes: Partial<Repeatable> = {}): Repeatable {
  return {
    to: ann,
    repeatabilityRequestId: randomUUID(),
    repeatabilityFirstSent: new Date().toUTCString(),
    ...changes,
  };
}

/** Holds the date, not the timers, which sockets need. */
function holdDate(): (seconds: number) => void {
  const start = Date.UTC(2026, 0, 23, 10, 20, 30);
  vi.useFakeTimers({ toFake: ["Date"], now: start });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return (seconds) => vi.setSystemTime(start + seconds * 1000);
}

describe("a repeated id", () => {
  it("counts for its recipient alone: the others of the request are sent", async () => {
    const emulator = await emulated();
    const known = repeatable();
    await sendItems(emulator, { smsRecipients: [known] });
    await sendItems(emulator, { smsRecipients: [known, repeatable({ to: bob })] });
    expect(texts(emulator, ann)).toHaveLength(1);
    expect(texts(emulator, bob)).toHaveLength(1);
  });

  it("is known for the window and no longer", async () => {
    const setSeconds = holdDate();
    const emulator = await emulated({ repeatability: { windowInSeconds: 60 } });
    const smsRecipients = [repeatable()];
    const first = await sendItems(emulator, { smsRecipients });
    setSeconds(59.999);
    expect(await sendItems(emulator, { smsRecipients })).toEqual(first);
    setSeconds(60);
    const again = await sendItems(emulator, { smsRecipients });
    expect(again).toMatchObject([{ httpStatusCode: 202 }]);
    expect(again).not.toEqual(first);
    expect(texts(emulator, ann)).toHaveLength(2);
  });

  it("is known for five minutes unless said otherwise", async () => {
    const setSeconds = holdDate();
    const emulator = await emulated();
    const smsRecipients = [repeatable()];
    const first = await sendItems(emulator, { smsRecipients });
    setSeconds(299);
    expect(await sendItems(emulator, { smsRecipients })).toEqual(first);
    setSeconds(300);
    expect(await sendItems(emulator, { smsRecipients })).not.toEqual(first);
  });

  it("can be sent again instead", async () => {
    const smsRecipients = [repeatable()];
    const sending = await emulated({ repeatability: { repeated: "send" } });
    await sendItems(sending, { smsRecipients });
    await sendItems(sending, { smsRecipients });
    expect(texts(sending, ann)).toHaveLength(2);
  });

  it("does not exist for a recipient without one", async () => {
    const emulator = await emulated();
    const [first] = await sendItems(emulator);
    const [second] = await sendItems(emulator);
    expect(first).not.toHaveProperty("repeatabilityResult");
    expect(first?.["messageId"]).not.toBe(second?.["messageId"]);
    expect(texts(emulator, ann)).toHaveLength(2);
  });
});

describe("a changed request under a known id", () => {
  it("is rejected for other options", async () => {
    const emulator = await emulated();
    const smsRecipients = [repeatable()];
    await sendItems(emulator, { smsRecipients });
    const smsSendOptions = { enableDeliveryReport: true };
    const [item] = await sendItems(emulator, { smsRecipients, smsSendOptions });
    expect(item).toMatchObject({ httpStatusCode: 400, repeatabilityResult: "rejected", successful: false });
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it("is rejected for another recipient, in the same request too", async () => {
    const emulator = await emulated();
    const known = repeatable();
    const items = await sendItems(emulator, { smsRecipients: [known, { ...known, to: bob }] });
    expect(items).toMatchObject([
      { to: ann, httpStatusCode: 202 },
      { to: bob, httpStatusCode: 400 },
    ]);
    expect(texts(emulator, bob)).toEqual([]);
  });

  it("can be answered like the first or sent instead", async () => {
    const answering = await emulated({ repeatability: { changed: "first-answer" } });
    const smsRecipients = [repeatable()];
    const first = await sendItems(answering, { smsRecipients });
    expect(await sendItems(answering, { smsRecipients, message: "Other" })).toEqual(first);
    expect(texts(answering, ann)).toEqual(["Hello"]);
    const sending = await emulated({ repeatability: { changed: "send" } });
    await sendItems(sending, { smsRecipients });
    await sendItems(sending, { smsRecipients, message: "Other" });
    expect(texts(sending, ann)).toEqual(["Hello", "Other"]);
  });
});

describe("the first-sent time", () => {
  it("may be late, unless late ones are rejected", async () => {
    const setSeconds = holdDate();
    const late = [repeatable()];
    setSeconds(301);
    expect(await sendItems(await emulated(), { smsRecipients: late })).toMatchObject([
      { httpStatusCode: 202, repeatabilityResult: "accepted" },
    ]);
    const strict = await emulated({ repeatability: { late: "reject" } });
    expect(await sendItems(strict, { smsRecipients: late })).toMatchObject([
      { httpStatusCode: 412, repeatabilityResult: "rejected" },
    ]);
    expect(texts(strict, ann)).toEqual([]);
    setSeconds(300);
    expect(await sendItems(strict, { smsRecipients: late })).toMatchObject([{ httpStatusCode: 202 }]);
  });

  it("is told by the service's clock, wherever that was put since", async () => {
    const setSeconds = holdDate();
    const clock = { offsetInMs: 30 * 86_400_000, speed: 60 };
    const strict = await emulated({ repeatability: { late: "reject" }, clock });
    const before = [repeatable()];
    setSeconds(2);
    strict.clock.advance(241_000);
    expect(await sendItems(strict, { smsRecipients: before })).toMatchObject([{ httpStatusCode: 412 }]);
    expect(await sendItems(strict, { smsRecipients: [repeatable()] })).toMatchObject([
      { httpStatusCode: 202 },
    ]);
  });

  it("is not late while the id is known, and may not be far ahead either", async () => {
    const setSeconds = holdDate();
    const strict = await emulated({ repeatability: { late: "reject" } });
    const early = [repeatable()];
    setSeconds(-301);
    expect(await sendItems(strict, { smsRecipients: early })).toMatchObject([{ httpStatusCode: 412 }]);
    setSeconds(200);
    const first = await sendItems(strict, { smsRecipients: early });
    setSeconds(400);
    expect(await sendItems(strict, { smsRecipients: early })).toEqual(first);
  });
});
