import { describe, expect, it } from "vitest";
import { magicNumbers, type EmulatorMessage } from "../../src/emulator/index.js";
import { ann, bob, emulated, sender, sendItems, reportOf } from "./wire.js";

const still = { speed: 0 };

function to(...numbers: readonly string[]): { smsRecipients: { to: string }[] } {
  return { smsRecipients: numbers.map((to) => ({ to })) };
}

describe("messages()", () => {
  it("lists messages of every kind, oldest first, with all that is known of them", async () => {
    const emulator = await emulated({ clock: still });
    const at = emulator.clock.now();
    const [sent] = await sendItems(emulator, {
      smsSendOptions: { enableDeliveryReport: true, tag: "spring" },
    });
    const typed = emulator.phone(ann).send("HELP", { to: sender });
    const both = { sender, phone: ann, at, encoding: "GSM-7", segments: 1 };
    expect(emulator.messages()).toEqual([
      {
        ...both,
        id: sent?.["messageId"],
        kind: "outbound",
        message: "Hello",
        units: 5,
        state: "delivered",
        isShown: true,
        endedAt: at,
        details: "2000: No Error",
        tag: "spring",
      },
      {
        ...both,
        id: typed.messageId,
        kind: "inbound",
        message: "HELP",
        units: 4,
        state: "delivered",
        isShown: true,
      },
    ]);
    emulator.phone(bob).send("STOP", { to: sender });
    const notice = emulator.messages().at(-1);
    expect(notice).toEqual({
      ...both,
      phone: bob,
      id: expect.stringMatching(/^Notice_/),
      kind: "notice",
      message: expect.stringContaining("NETWORK MSG"),
      units: notice?.message.length,
      state: "delivered",
      isShown: true,
    });
  });

  it.each<[string, Partial<EmulatorMessage>]>([
    ["a".repeat(161), { encoding: "GSM-7", units: 161, segments: 2 }],
    ["€", { encoding: "GSM-7", units: 2, segments: 1 }],
    ["ж".repeat(71), { encoding: "UCS-2", units: 71, segments: 2 }],
    ["👍", { encoding: "UCS-2", units: 2, segments: 1 }],
  ])("measures %s", async (message, size) => {
    const emulator = await emulated();
    await sendItems(emulator, { message });
    emulator.phone(ann).send(message, { to: sender });
    expect(emulator.messages()).toMatchObject([size, size]);
  });

  it("says what became of a message, whether or not a report was asked for", async () => {
    const emulator = await emulated({ clock: still });
    const { landline, neverAnswers, noReportSupport, late } = magicNumbers;
    emulator.phone(bob).send("STOP", { to: sender });
    await sendItems(
      emulator,
      to(ann, bob, landline.number, neverAnswers.number, noReportSupport.number, late.number),
    );
    const outcomes = () =>
      emulator
        .messages()
        .filter(({ kind }) => kind === "outbound")
        .map(({ state, isShown, details }) => [state, isShown, details]);
    const others = [
      ["delivered", true, "2000: No Error"],
      ["blocked", false, "Sender blocked for given recipient."],
      ["failed", false, landline.deliveryStatusDetails],
      ["under-way", false, undefined],
      ["failed", true, noReportSupport.deliveryStatusDetails],
    ];
    expect(outcomes()).toEqual([...others, ["under-way", false, undefined]]);
    emulator.clock.advance(86_400_000);
    expect(outcomes()).toEqual([...others, ["delivered", true, "2000: No Error"]]);
  });

  it("says that the time of a report was up, and that the message arrived all the same", async () => {
    const recipients = [{ number: ann, deliveryStatus: "Delivered", delayInMs: 100_000 }] as const;
    const emulator = await emulated({ clock: still, recipients });
    const smsSendOptions = { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: 60 };
    await sendItems(emulator, { smsSendOptions });
    emulator.clock.advance(60_000);
    const timedOut = "5002: Carrier does not support delivery report";
    expect(emulator.messages()).toMatchObject([{ state: "failed", isShown: false, details: timedOut }]);
    emulator.clock.advance(40_000);
    expect(emulator.messages()).toMatchObject([{ state: "delivered", isShown: true }]);
  });

  it("says of a message that an opt-out stopped what its report says, also when the report's time is up", async () => {
    const emulator = await emulated({ clock: still });
    const { number } = magicNumbers.neverAnswers;
    emulator.phone(number).send("STOP", { to: sender });
    const smsSendOptions = { enableDeliveryReport: true };
    const [item] = await sendItems(emulator, { ...to(number), smsSendOptions });
    emulator.clock.advance(86_400_000);
    const { body } = await reportOf(emulator, item?.["messageId"]);
    const { deliveryStatusDetails: details } = body as { deliveryStatusDetails: string };
    expect(details).toBe("Sender blocked for given recipient.");
    expect(emulator.messages().at(-1)).toMatchObject({ state: "blocked", details });
  });

  it("is a copy, in the order in which messages were taken, whatever becomes of them when", async () => {
    const emulator = await emulated({ clock: still });
    await sendItems(emulator, { ...to(magicNumbers.late.number), message: "one" });
    const before = emulator.messages();
    await sendItems(emulator, { message: "two" });
    emulator.clock.advance(60_000);
    expect(before).toMatchObject([{ message: "one", state: "under-way" }]);
    expect(emulator.messages()).toMatchObject([
      { message: "one", state: "delivered" },
      { message: "two", state: "delivered" },
    ]);
  });

  it("keeps the newest 10,000, and drops the oldest first", async () => {
    const emulator = await emulated({ clock: still, deliveryDelayInMs: 1000 });
    const phone = emulator.phone(ann);
    await sendItems(emulator, { message: "oldest" });
    for (let number = 1; number <= 9999; number += 1) phone.send(String(number), { to: sender });
    expect(emulator.messages()).toHaveLength(10_000);
    expect(emulator.messages()[0]).toMatchObject({ message: "oldest" });
    phone.send("10000", { to: sender });
    phone.send("10001", { to: sender });
    // What became of it does not bring a message back.
    emulator.clock.advance(1000);
    const kept = emulator.messages().map(({ message }) => message);
    expect(kept).toEqual(Array.from({ length: 10_000 }, (_, index) => String(index + 2)));
  });
});
