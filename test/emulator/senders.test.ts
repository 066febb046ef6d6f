import { describe, expect, it } from "vitest";
import type { EmulatorSender } from "../../src/emulator/index.js";
import { ann, call, emulated, sendBody, sender, sendItems, texts } from "./wire.js";

const code: EmulatorSender = { number: "12345", kind: "short-code" };

describe("putSender()", () => {
  it("adds a sender that can be used at once, in both directions", async () => {
    const emulator = await emulated();
    emulator.putSender(code);
    expect(emulator.senders).toEqual([{ number: sender, kind: "toll-free" }, code]);
    await sendItems(emulator, { from: "12345" });
    emulator.phone(ann).send("Hi", { to: "12345" });
    expect(emulator.messages()).toMatchObject([{ sender: "12345" }, { sender: "12345", phone: ann }]);
  });

  it("replaces the sender with the same number, which acts as its new kind at once", async () => {
    const emulator = await emulated({ senders: [{ ...code, optOutManagement: "business" }] });
    emulator.phone(ann).send("STOP", { to: "12345" });
    expect(texts(emulator, ann)).toEqual([]);
    const replies = { optOut: "Bye" };
    emulator.putSender({ ...code, replies });
    expect(emulator.senders).toEqual([{ ...code, replies }]);
    emulator.phone(ann).send("STOP", { to: "12345" });
    await sendItems(emulator, { from: "12345" });
    expect(texts(emulator, ann)).toEqual(["Bye"]);
    emulator.putSender({ number: sender, kind: "10dlc" });
    emulator.phone(ann).send("STOP", { to: sender });
    await sendItems(emulator);
    expect(texts(emulator, ann)).toEqual(["Bye", "Hello"]);
    emulator.putSender({ number: sender, kind: "toll-free" });
    emulator.phone(ann).send("STOP", { to: sender });
    await sendItems(emulator);
    expect(texts(emulator, ann).slice(2)).toEqual([expect.stringContaining("NETWORK MSG")]);
  });

  it("copies what it is given, and what it shows", async () => {
    const emulator = await emulated();
    const given = { ...code, replies: { optOut: "Bye" } };
    emulator.putSender(given);
    given.replies.optOut = "changed";
    const shown = emulator.senders;
    emulator.removeSender("12345");
    expect(shown).toEqual([
      { number: sender, kind: "toll-free" },
      { ...code, replies: { optOut: "Bye" } },
    ]);
  });

  it.each<[unknown, string]>([
    [{ number: "12345", kind: "fax" }, "`sender.kind` to be one of"],
    [
      { number: 12_345, kind: "short-code" },
      "`sender.number` to be a short code of 5 or 6 digits, got 12345",
    ],
    [{ kind: "toll-free" }, "`sender.number` to be a phone number in E.164 form, got undefined"],
    [{ ...code, country: "FR" }, '`sender.country` to be one of US, CA, GB, got "FR"'],
    [undefined, "`sender` to be an object { number, kind }, got undefined"],
    ["12345", '`sender` to be an object { number, kind }, got "12345"'],
  ])("refuses %j, and changes nothing", async (given, wanted) => {
    const emulator = await emulated();
    expect(() => emulator.putSender(given as EmulatorSender)).toThrow(`Expected ${wanted}`);
    expect(emulator.senders).toHaveLength(1);
  });
});

describe("removeSender()", () => {
  it("takes a sender away, so that requests from it are 401 and nobody can text it", async () => {
    const emulator = await emulated();
    await sendItems(emulator);
    expect(emulator.removeSender(sender)).toBe(true);
    expect(emulator.removeSender(sender)).toBe(false);
    expect(emulator.senders).toEqual([]);
    for (const version of ["2021-03-07", "2026-01-23"]) {
      const answer = await call(emulator, { target: `/sms?api-version=${version}`, body: sendBody() });
      expect(answer).toMatchObject({ status: 401 });
    }
    expect(() => emulator.phone(ann).send("Hi", { to: sender })).toThrow(
      new RangeError(`Expected \`to\` to be one of the emulator's senders, got "${sender}"`),
    );
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it("lets messages under way arrive", async () => {
    const emulator = await emulated({ clock: { speed: 0 }, deliveryDelayInMs: 1000 });
    await sendItems(emulator);
    emulator.removeSender(sender);
    emulator.clock.advance(1000);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it("leaves opt-outs where they are, for when the sender comes back", async () => {
    const emulator = await emulated();
    emulator.phone(ann).send("STOP", { to: sender });
    emulator.removeSender(sender);
    emulator.putSender({ number: sender, kind: "toll-free" });
    await sendItems(emulator);
    expect(texts(emulator, ann)).toEqual([expect.stringContaining("NETWORK MSG")]);
  });
});
