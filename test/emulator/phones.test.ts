import { describe, expect, it } from "vitest";
import type { InboundMessage } from "../../src/emulator/index.js";
import { ann, bob, emulated, sender, sendItems } from "./wire.js";

describe("a phone", () => {
  it("shows what arrived, from whom and when, and gives out copies", async () => {
    const emulator = await emulated();
    const before = Date.now();
    await sendItems(emulator);
    const phone = emulator.phone(ann);
    const [message] = phone.messages();
    expect(message).toEqual({ from: sender, message: "Hello", at: expect.any(Date) });
    expect(message?.at.getTime()).toBeGreaterThanOrEqual(before);
    const kept = phone.messages();
    await sendItems(emulator);
    expect(kept).toHaveLength(1);
    expect(phone.messages()).toHaveLength(2);
    expect(phone.number).toBe(ann);
  });

  it("sends, and returns what it sent", async () => {
    const emulator = await emulated();
    const sent = emulator.phone(ann).send("Hi there", { to: sender });
    expect(sent).toEqual({
      messageId: expect.stringMatching(/^Incoming_\d{14}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      from: ann,
      to: sender,
      message: "Hi there",
      receivedAt: expect.any(Date),
    });
  });

  it.each(["4255550101", "+1425555010", "+142555501011", "12345", "", "+"])(
    "has a number in E.164 form, not %j",
    async (number) => {
      const emulator = await emulated();
      const wanted = `Expected \`number\` to be a phone number in E.164 form, got ${JSON.stringify(number)}`;
      expect(() => emulator.phone(number)).toThrow(new RangeError(wanted));
    },
  );

  it("can only text a sender of this emulator, with a string", async () => {
    const emulator = await emulated();
    const phone = emulator.phone(ann);
    expect(() => phone.send("STOP", { to: bob })).toThrow(
      new RangeError(`Expected \`to\` to be one of the emulator's senders, got "${bob}"`),
    );
    // @ts-expect-error -- A caller without types.
    expect(() => phone.send(1, { to: sender })).toThrow(
      new TypeError("Expected `text` to be a string, got 1"),
    );
    expect(await firstOf(emulator.inbound(), () => emulator.close())).toBeUndefined();
  });

  it("cannot text an alphanumeric sender, whose messages it shows", async () => {
    const emulator = await emulated({ senders: [{ number: "CONTOSO", kind: "alphanumeric" }] });
    await sendItems(emulator, { from: "CONTOSO" });
    expect(emulator.phone(ann).messages()).toMatchObject([{ from: "CONTOSO" }]);
    expect(() => emulator.phone(ann).send("STOP", { to: "CONTOSO" })).toThrow(
      new RangeError(
        'Expected `to` to be a sender that can be texted (alphanumeric senders are one-way), got "CONTOSO"',
      ),
    );
  });
});

async function firstOf(
  messages: AsyncIterableIterator<InboundMessage>,
  meanwhile: () => Promise<void>,
): Promise<string | undefined> {
  const first = messages.next();
  await meanwhile();
  const { value } = (await first) as IteratorResult<InboundMessage, undefined>;
  return value?.message;
}

async function textsOf(messages: AsyncIterable<InboundMessage>): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { message } of messages) texts.push(message);
  return texts;
}

describe("inbound()", () => {
  it("starts at the beginning for each reader, waits for more, and ends with the emulator", async () => {
    const emulator = await emulated();
    const phone = emulator.phone(ann);
    phone.send("one", { to: sender });
    const early = textsOf(emulator.inbound());
    phone.send("two", { to: sender });
    const late = textsOf(emulator.inbound());
    await new Promise(setImmediate);
    emulator.phone(bob).send("three", { to: sender });
    await emulator.close();
    expect(await early).toEqual(["one", "two", "three"]);
    expect(await late).toEqual(["one", "two", "three"]);
    expect(await textsOf(emulator.inbound())).toEqual(["one", "two", "three"]);
  });

  it("gives calls made at the same time different messages", async () => {
    const emulator = await emulated();
    const messages = emulator.inbound();
    const both = Promise.all([messages.next(), messages.next()]);
    emulator.phone(ann).send("one", { to: sender });
    emulator.phone(ann).send("two", { to: sender });
    expect(await both).toMatchObject([{ value: { message: "one" } }, { value: { message: "two" } }]);
  });

  it("can be left, also while it waits, without ending the others", async () => {
    const emulator = await emulated();
    const left = emulator.inbound();
    const stays = emulator.inbound();
    const waiting = left.next();
    expect(await left.return?.()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    emulator.phone(ann).send("one", { to: sender });
    emulator.phone(ann).send("two", { to: sender });
    expect(await left.next()).toEqual({ done: true, value: undefined });
    expect(await stays.next()).toMatchObject({ value: { message: "one" } });
  });
});

describe("waitForMessage()", () => {
  it("finds what is there, and what comes", async () => {
    const emulator = await emulated();
    const coming = emulator.waitForMessage({ to: ann, match: /code: (\d+)/g });
    await sendItems(emulator, { message: "Welcome" });
    await sendItems(emulator, { message: "Your code: 42" });
    expect(await coming).toMatchObject({ from: sender, message: "Your code: 42" });
    expect(await emulator.waitForMessage({ to: ann })).toMatchObject({ message: "Welcome" });
    expect(await emulator.waitForMessage({ to: ann, match: "code" })).toMatchObject({
      message: "Your code: 42",
    });
  });

  it("is not fooled by the memory of a pattern", async () => {
    const emulator = await emulated();
    await sendItems(emulator, { message: "code" });
    const match = /code/g;
    expect(match.test("code")).toBe(true);
    expect(await emulator.waitForMessage({ to: ann, match, timeoutInMs: 0 })).toMatchObject({
      message: "code",
    });
  });

  it("gives up, telling what it waited for but not the whole number", async () => {
    const emulator = await emulated();
    await sendItems(emulator);
    await sendItems(emulator, { smsRecipients: [{ to: bob }], message: "code" });
    const waiting = emulator.waitForMessage({ to: ann, match: /code/, timeoutInMs: 1 });
    await expect(waiting).rejects.toThrow(
      "Expected a message with /code/ on the phone ending in 0101, got 1 other messages within 1 ms",
    );
    await expect(waiting).rejects.not.toThrow(ann);
  });

  it("tells what it was asked for, whatever the caller does with the options since", async () => {
    const emulator = await emulated();
    const options = { to: ann, match: "code", timeoutInMs: 1 };
    const waiting = emulator.waitForMessage(options);
    Object.assign(options, { to: undefined, match: "other" });
    await expect(waiting).rejects.toThrow('Expected a message with "code" on the phone ending in 0101');
  });

  it("checks what it is asked", async () => {
    const emulator = await emulated();
    await expect(emulator.waitForMessage({ to: "0101" })).rejects.toThrow(
      new RangeError('Expected `to` to be a phone number in E.164 form, got "0101"'),
    );
    await expect(emulator.waitForMessage({ to: ann, timeoutInMs: -1 })).rejects.toThrow(
      new RangeError("Expected `timeoutInMs` to be a number of milliseconds from 0 to 2147483647, got -1"),
    );
    // @ts-expect-error -- A caller without types.
    await expect(emulator.waitForMessage({ to: ann, match: 1 })).rejects.toThrow(
      new TypeError("Expected `match` to be a string or a RegExp, got 1"),
    );
  });
});
