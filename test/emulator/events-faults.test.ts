import { describe, expect, it } from "vitest";
import type { Emulator, EventOptions } from "../../src/emulator/index.js";
import { holdClock, receiving, until, type Receiver } from "./receiver.js";
import { ann, emulated, sender } from "./wire.js";

async function connected(events: EventOptions): Promise<{ emulator: Emulator; receiver: Receiver }> {
  const receiver = await receiving();
  const emulator = await emulated({ events, webhooks: [{ url: receiver.url }] });
  await emulator.eventsSettled();
  return { emulator, receiver };
}

/** What comes of so many messages, by their numbers. */
async function sequence(events: EventOptions, count: number): Promise<readonly number[]> {
  const { emulator, receiver } = await connected({ speed: 100, ...events });
  send(emulator, count);
  await emulator.eventsSettled();
  return numbers(receiver);
}

function send(emulator: Emulator, count: number): void {
  for (let number = 0; number < count; number += 1) emulator.phone(ann).send(String(number), { to: sender });
}

function numbers(receiver: Receiver): readonly number[] {
  return receiver.events().map(({ data }) => Number(data["message"]));
}

const inOrder = (count: number): readonly number[] => Array.from({ length: count }, (_, number) => number);

describe("without faults", () => {
  it("events come once and in order", async () => {
    expect(await sequence({}, 50)).toEqual(inOrder(50));
  });
});

describe("duplicates", () => {
  it("are the same event twice", async () => {
    expect(await sequence({ faults: { duplicate: 1 } }, 3)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it("hit some events, the same ones with the same seed", async () => {
    const events = { faults: { duplicate: 0.3 } };
    const first = await sequence(events, 100);
    expect(first.length).toBeGreaterThan(110);
    expect(first.length).toBeLessThan(160);
    expect(await sequence(events, 100)).toEqual(first);
    expect(await sequence({ ...events, seed: 2 }, 100)).not.toEqual(first);
  });
});

describe("reordering", () => {
  it("lets the next event overtake, and leaves nobody behind", async () => {
    expect(await sequence({ faults: { reorder: 1 } }, 5)).toEqual([1, 0, 3, 2, 4]);
  });

  it("hits some events, the same ones with the same seed", async () => {
    const events = { faults: { reorder: 0.3 }, seed: 7 };
    const first = await sequence(events, 60);
    expect(first).not.toEqual(inOrder(60));
    expect(first.toSorted((one, other) => one - other)).toEqual(inOrder(60));
    expect(await sequence(events, 60)).toEqual(first);
  });

  it("holds an event for a second when none follows", async () => {
    const pass = holdClock();
    const { emulator, receiver } = await connected({ faults: { reorder: 1 } });
    send(emulator, 1);
    pass(999);
    await new Promise(setImmediate);
    expect(numbers(receiver)).toEqual([]);
    pass(1);
    await emulator.eventsSettled();
    expect(numbers(receiver)).toEqual([0]);
  });

  it("holds each event for its own second", async () => {
    const pass = holdClock();
    const { emulator, receiver } = await connected({ faults: { reorder: 1 } });
    send(emulator, 1);
    pass(900);
    send(emulator, 2);
    await until(() => receiver.events().length === 2);
    pass(999);
    await new Promise(setImmediate);
    expect(numbers(receiver)).toEqual([0, 0]);
    pass(1);
    await emulator.eventsSettled();
    expect(numbers(receiver)).toEqual([0, 0, 1]);
  });
});

describe("loss", () => {
  it("leaves no trace", async () => {
    const { emulator, receiver } = await connected({ faults: { lose: 1 } });
    send(emulator, 3);
    await emulator.eventsSettled();
    expect(numbers(receiver)).toEqual([]);
    expect(emulator.deliveries()).toEqual([]);
    expect(emulator.deadLetters()).toEqual([]);
  });

  it("hits some events, the same ones with the same seed, whatever the other faults do", async () => {
    const first = await sequence({ faults: { lose: 0.3 } }, 100);
    expect(first.length).toBeGreaterThan(50);
    expect(first.length).toBeLessThan(90);
    const others = await sequence({ faults: { lose: 0.3, duplicate: 0.5, reorder: 0.5 } }, 100);
    expect([...new Set(others)].toSorted((one, other) => one - other)).toEqual(first);
  });

  it("is each webhook's own", async () => {
    const [one, two] = [await receiving(), await receiving()];
    const webhooks = [{ url: one.url }, { url: two.url }];
    const emulator = await emulated({ webhooks, events: { faults: { lose: 0.5 } } });
    send(emulator, 50);
    await emulator.eventsSettled();
    expect(numbers(one)).not.toEqual(numbers(two));
    expect(numbers(one)).toEqual(await sequence({ faults: { lose: 0.5 } }, 50));
  });
});

describe("delay", () => {
  it("makes all events late, in Event Grid's time", async () => {
    const pass = holdClock();
    const { emulator, receiver } = await connected({ faults: { delayInMs: 3_600_000 }, speed: 3600 });
    send(emulator, 2);
    pass(999);
    await new Promise(setImmediate);
    expect(numbers(receiver)).toEqual([]);
    pass(1);
    await emulator.eventsSettled();
    expect(numbers(receiver)).toEqual([0, 1]);
  });
});

describe("webhooks that are down", () => {
  const still = { speed: 0 };
  const down = { isDown: true };

  it("answer nothing, and get what is due once they are up again", async () => {
    const receiver = await receiving();
    const emulator = await emulated({ clock: still, webhooks: [{ url: receiver.url }] });
    await emulator.eventsSettled();
    emulator.setEventFaults(down);
    send(emulator, 2);
    await until(() => emulator.deliveries().length === 2);
    emulator.clock.advance(10_000);
    await until(() => emulator.deliveries().length === 4);
    expect(numbers(receiver)).toEqual([]);
    expect(emulator.deliveries()).toMatchObject([
      { attempt: 1, error: "down on demand" },
      { attempt: 1, error: "down on demand" },
      { attempt: 2, error: "down on demand" },
      { attempt: 2, error: "down on demand" },
    ]);
    emulator.setEventFaults({});
    emulator.clock.advance(30_000);
    await emulator.eventsSettled();
    expect(numbers(receiver)).toEqual([0, 1]);
    expect(emulator.deliveries().slice(4)).toMatchObject([
      { attempt: 3, status: 200 },
      { attempt: 3, status: 200 },
    ]);
    expect(emulator.deadLetters()).toEqual([]);
  });

  it("leave dead letters when they stay down", async () => {
    const { emulator, receiver } = await connected({ retryDelaysInMs: [0], maxDeliveryAttempts: 3 });
    emulator.setEventFaults(down);
    send(emulator, 1);
    await emulator.eventsSettled();
    expect(numbers(receiver)).toEqual([]);
    expect(emulator.deadLetters()).toMatchObject([
      {
        reason: "MaxDeliveryAttemptsExceeded",
        deliveryAttempts: 3,
        lastDeliveryOutcome: "down on demand",
        event: { data: { message: "0" } },
      },
    ]);
  });

  it.each(["event-grid", "cloud-events"] as const)("shake no hands: %s", async (schema) => {
    const receiver = await receiving();
    const emulator = await emulated({ events: { faults: down, speed: 10_000 } });
    const webhook = await emulator.addWebhook({ url: receiver.url, schema });
    expect(webhook).toMatchObject({
      state: "failed",
      reason: "the webhook gave no answer (down on demand)",
    });
    expect(receiver.requests).toEqual([]);
  });

  it("shake hands when they are up in time for another try", async () => {
    const receiver = await receiving();
    const emulator = await emulated({
      clock: still,
      events: { faults: down, validationAttempts: 30 },
      webhooks: [{ url: receiver.url }],
    });
    emulator.setEventFaults({});
    await until(() => {
      emulator.clock.advance(5000);
      return emulator.webhooks()[0]?.state === "validated";
    });
    expect(receiver.requests).toHaveLength(1);
  });

  it("are either down or not", async () => {
    const { emulator } = await connected({});
    expect(() => emulator.setEventFaults({ isDown: 1 as unknown as boolean })).toThrow(
      new TypeError("Expected `faults.isDown` to be a boolean, got 1"),
    );
  });
});

describe("setEventFaults()", () => {
  it("changes them while the emulator runs", async () => {
    const { emulator, receiver } = await connected({});
    send(emulator, 1);
    emulator.setEventFaults({ lose: 1 });
    send(emulator, 5);
    emulator.setEventFaults({ duplicate: 1 });
    send(emulator, 1);
    emulator.setEventFaults({});
    send(emulator, 1);
    await emulator.eventsSettled();
    expect(numbers(receiver)).toEqual([0, 0, 0, 0]);
  });

  it("refuses what is none", async () => {
    const { emulator } = await connected({});
    expect(() => emulator.setEventFaults({ lose: 2 })).toThrow(
      new RangeError("Expected `faults.lose` to be a number from 0 to 1, got 2"),
    );
    // @ts-expect-error -- A caller without types.
    expect(() => emulator.setEventFaults({ loss: 1 })).toThrow(
      new RangeError("Expected `faults` to be an object without loss, got a value of type object"),
    );
  });
});
