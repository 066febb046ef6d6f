import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { Emulator, RepeatabilityOptions } from "../../src/emulator/index.js";
import { holdClock, until } from "./receiver.js";
import { ann, emulated, sendItems, texts } from "./wire.js";

type Items = Promise<readonly Record<string, unknown>[]>;

/** Sends under one id, always the same message. */
function sender(emulator: Emulator): () => Items {
  const id = { repeatabilityRequestId: randomUUID(), repeatabilityFirstSent: new Date().toUTCString() };
  return () => sendItems(emulator, { smsRecipients: [{ to: ann, ...id }] });
}

/**
 * Two requests with one id, the second of which comes while the first is held up. Each is held up for so many milliseconds,
 * by the clock of the test.
 */
async function twice(repeatability: RepeatabilityOptions, first = 1000, second = 1000) {
  const pass = holdClock();
  const emulator = await emulated({ repeatability, faults: { latencyInMs: first } });
  const send = sender(emulator);
  const early = send();
  await until(() => vi.getTimerCount() === 1);
  emulator.setFaults({ latencyInMs: second });
  const late = send();
  if (second === 0) await late;
  else await until(() => vi.getTimerCount() === 2);
  pass(Math.max(first, second));
  const items = await Promise.all([early, late]);
  return { items: items.flat(), texts: texts(emulator, ann), emulator, send };
}

describe.each([
  ["after the first", 1000, 1000],
  ["before the first", 1000, 500],
  ["at once", 1000, 0],
])("an id that comes again while it is under way, answered %s", (_, first, second) => {
  it("gets the same answer, even where an executed one would not", async () => {
    const { items, texts } = await twice({ repeated: "reject" }, first, second);
    expect(items).toMatchObject([{ httpStatusCode: 202 }, { httpStatusCode: 202 }]);
    expect(items[0]).toEqual(items[1]);
    expect(texts).toEqual(["Hello"]);
  });

  it("can be rejected", async () => {
    const { items, texts } = await twice({ concurrent: "reject" }, first, second);
    expect(items).toMatchObject([
      { httpStatusCode: 202, repeatabilityResult: "accepted" },
      { httpStatusCode: 409, repeatabilityResult: "rejected", successful: false },
    ]);
    expect(texts).toEqual(["Hello"]);
  });

  it("can be sent twice", async () => {
    const { items, texts } = await twice({ concurrent: "send" }, first, second);
    expect(items).toMatchObject([{ httpStatusCode: 202 }, { httpStatusCode: 202 }]);
    expect(items[0]).not.toEqual(items[1]);
    expect(texts).toEqual(["Hello", "Hello"]);
  });
});

it("is an ordinary repeat as soon as the first is answered", async () => {
  const { items, emulator, send } = await twice({ concurrent: "reject" });
  emulator.setFaults({});
  expect((await send())[0]).toEqual(items[0]);
});
