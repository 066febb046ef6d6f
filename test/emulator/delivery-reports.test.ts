import { describe, expect, it, onTestFinished, vi } from "vitest";
import { measure } from "../../src/emulator/carriers/segments.js";
import { ann, emulated, reportOf, sender, sendItems, texts } from "./wire.js";

const wanted = { enableDeliveryReport: true };

/** Holds what runs later; sockets go on, since Node times them by itself. */
function holdTimers(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return (ms) => {
    vi.advanceTimersByTime(ms);
  };
}

describe("GET /deliveryReports/{id}", () => {
  it("has the time at which the phone got the message", async () => {
    const emulator = await emulated();
    const [item] = await sendItems(emulator, { smsSendOptions: wanted });
    const at = emulator.phone(ann).messages()[0]?.at.toISOString();
    const { body } = await reportOf(emulator, item?.["messageId"]);
    expect(body).toMatchObject({ deliveryAttempts: [{ timestamp: at }], receivedTimestamp: at });
  });

  it("comes with the message, after the delay", async () => {
    const pass = holdTimers();
    const emulator = await emulated({ deliveryDelayInMs: 1000 });
    const [item] = await sendItems(emulator, { smsSendOptions: wanted });
    pass(999);
    expect(await reportOf(emulator, item?.["messageId"])).toMatchObject({ status: 404 });
    expect(texts(emulator, ann)).toEqual([]);
    pass(1);
    expect(await reportOf(emulator, item?.["messageId"])).toMatchObject({ status: 200 });
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it("is decided on arrival: a STOP on the way blocks", async () => {
    const pass = holdTimers();
    const emulator = await emulated({ deliveryDelayInMs: 1000 });
    const [item] = await sendItems(emulator, { smsSendOptions: wanted });
    emulator.phone(ann).send("STOP", { to: sender });
    expect(texts(emulator, ann)).toEqual([]);
    pass(1000);
    expect(texts(emulator, ann)).toEqual([expect.stringContaining("NETWORK MSG")]);
    const { body } = await reportOf(emulator, item?.["messageId"]);
    expect(body).toMatchObject({ deliveryStatus: "Failed" });
  });
});

describe("the segment counter", () => {
  it.each<[string, string, number]>([
    ["nothing", "", 1],
    ["160 septets", "x".repeat(160), 1],
    ["161 septets", "x".repeat(161), 2],
    ["306 septets", "x".repeat(306), 2],
    ["307 septets", "x".repeat(307), 3],
    ["80 characters of two septets", "€".repeat(80), 1],
    ["81 characters of two septets", "€".repeat(81), 2],
    ["70 units of UCS-2", "ж".repeat(70), 1],
    ["71 units of UCS-2", "ж".repeat(71), 2],
    ["134 units of UCS-2", "ж".repeat(134), 2],
    ["135 units of UCS-2", "ж".repeat(135), 3],
    ["36 emoji", "😀".repeat(36), 2],
    ["letters that GSM-7 has", "àèéùìòÇØøÅåÄÖÑÜ§¿äöñü".repeat(7), 1],
    ["a letter that GSM-7 lacks", `ç${"x".repeat(70)}`, 2],
  ])("counts %s", (_, message, segments) => {
    expect(measure(message).segments).toBe(segments);
  });
});
