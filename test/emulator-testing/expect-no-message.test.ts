import { describe, expect, it, onTestFinished } from "vitest";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.js";
import { expectNoMessage } from "../../src/emulator/testing/index.js";

const ann = "+14255550101";
const bob = "+14255550102";
const sender = "+18005551234";

async function emulated(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

describe("expectNoMessage()", () => {
  it("resolves when nothing came, also when other messages did", async () => {
    const emulator = await emulated();
    await expect(expectNoMessage(emulator, { to: ann, withinInMs: 0 })).resolves.toBeUndefined();
    emulator.phone(ann).send("STOP", { to: sender });
    const silent = [
      expectNoMessage(emulator, { to: bob, withinInMs: 0 }),
      expectNoMessage(emulator, { to: ann, match: "your code", withinInMs: 5 }),
    ];
    await expect(Promise.all(silent)).resolves.toEqual([undefined, undefined]);
  });

  it("rejects with what is there already", async () => {
    const emulator = await emulated();
    emulator.phone(ann).send("STOP", { to: sender });
    const [shown] = emulator.phone(ann).messages();
    const unexpected = expectNoMessage(emulator, { to: ann, withinInMs: 600_000 });
    await expect(unexpected).rejects.toThrow(
      new Error(
        `Expected no message on the phone ending in 0101 within 600000 ms, got ${JSON.stringify(
          shown?.message,
        )} from the sender ending in 1234`,
      ),
    );
  });

  it("rejects as soon as one comes, and shows no whole number", async () => {
    const emulator = await emulated({ deliveryDelayInMs: 5 });
    const unexpected = expectNoMessage(emulator, { to: ann, match: /stop/i, withinInMs: 600_000 });
    emulator.phone(ann).send("STOP", { to: sender });
    await expect(unexpected).rejects.toThrow(
      /^Expected no message with \/stop\/i on the phone ending in 0101 within 600000 ms, got "/,
    );
    await expect(unexpected).rejects.not.toThrow(/\+1\d/);
  });

  it("names senders that are no numbers", async () => {
    const message = { from: "CONTOSO", message: "Hi", at: new Date() };
    const stand = { waitForMessage: () => Promise.resolve(message) };
    await expect(expectNoMessage(stand, { to: ann, match: "H", withinInMs: 1 })).rejects.toThrow(
      'Expected no message with "H" on the phone ending in 0101 within 1 ms, got "Hi" from CONTOSO',
    );
  });

  it("does not take a closed emulator for a silent one", async () => {
    const emulator = await emulated();
    const closedMeanwhile = expectNoMessage(emulator, { to: ann, withinInMs: 600_000 });
    await Promise.all([emulator.close(), expect(closedMeanwhile).rejects.toThrow("got a closed emulator")]);
    await expect(expectNoMessage(emulator, { to: ann, withinInMs: 0 })).rejects.toThrow(
      "got a closed emulator",
    );
  });

  it("checks what it is asked", async () => {
    const emulator = await emulated();
    await expect(expectNoMessage(emulator, { to: "0101", withinInMs: 0 })).rejects.toThrow(
      new RangeError('Expected `to` to be a phone number in E.164 form, got "0101"'),
    );
    const wanted = "Expected `withinInMs` to be a number of milliseconds from 0 to 2147483647";
    await expect(expectNoMessage(emulator, { to: ann, withinInMs: -1 })).rejects.toThrow(
      new RangeError(`${wanted}, got -1`),
    );
    // @ts-expect-error -- A caller without types.
    await expect(expectNoMessage(emulator, { to: ann })).rejects.toThrow(
      new TypeError(`${wanted}, got undefined`),
    );
  });
});
