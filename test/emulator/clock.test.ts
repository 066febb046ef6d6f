import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { createClock, type Clock } from "../../src/emulator/clock.js";
import { holdClock, isDelivery, received, receiving, until, validationIn } from "./receiver.js";
import { ann, call, emulated, reportOf, sendBody, sender, sendItems, texts } from "./wire.js";

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const still = { speed: 0 };

/** A clock that stands still unless said otherwise, and what happened on it: what it was called, and when. */
function watched(speed = 0) {
  const clock = createClock({ offsetInMs: 0, speed });
  const start = clock.now().getTime();
  const seen: [name: string, at: number][] = [];
  const now = (): number => clock.now().getTime() - start;
  const note = (name: string) => (): void => void seen.push([name, now()]);
  return { clock, seen, now, note };
}

describe("a clock", () => {
  it.each([
    [0, 0],
    [hour, 0],
    [-hour, 1],
  ])("begins %i ms from this machine's", (offsetInMs, speed) => {
    holdClock();
    expect(createClock({ offsetInMs, speed }).now()).toEqual(new Date(Date.now() + offsetInMs));
  });

  it.each([0.5, 1, 60, 1_000_000])("passes %d times as fast as this machine's", (speed) => {
    const pass = holdClock();
    const { seen, now, note, clock } = watched(speed);
    clock.later(speed * 2000, note("later"));
    pass(1999);
    expect(now()).toBe(Math.floor(1999 * speed));
    expect(seen).toEqual([]);
    pass(1);
    expect(seen).toEqual([["later", 2000 * speed]]);
  });

  it("stands still at speed 0, and what is due at once happens at once", () => {
    const pass = holdClock();
    const { clock, seen, now, note } = watched();
    clock.later(1, note("later"));
    clock.later(0, note("at once"));
    expect(seen).toEqual([["at once", 0]]);
    pass(hour);
    expect(now()).toBe(0);
    expect(seen).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("changes its speed while something waits, without a jump", () => {
    const pass = holdClock();
    const { clock, seen, now, note } = watched(1);
    clock.later(100, note("later"));
    pass(40);
    clock.setSpeed(0);
    pass(hour);
    expect(now()).toBe(40);
    clock.setSpeed(10);
    expect(clock.speed).toBe(10);
    pass(5);
    expect([now(), seen]).toEqual([90, []]);
    clock.setSpeed(0.1);
    pass(99);
    expect(seen).toEqual([]);
    pass(1);
    expect(seen).toEqual([["later", 100]]);
  });

  it("waits longer than a timer of Node's can", () => {
    const pass = holdClock();
    const { clock, seen, note } = watched(1);
    const longest = 2 ** 31 - 1;
    clock.later(3 * longest, note("later"));
    pass(3 * longest - 1);
    expect(seen).toEqual([]);
    pass(1);
    expect(seen).toEqual([["later", 3 * longest]]);
  });

  it("lets no timer wait for what is called off, or after it was stopped", () => {
    const pass = holdClock();
    const { clock, seen, note } = watched(1);
    const callOff = clock.later(5, note("called off"));
    clock.later(10, note("kept"));
    callOff();
    callOff();
    pass(10);
    expect(seen).toEqual([["kept", 10]]);
    clock.later(10, note("stopped"));
    clock.stop();
    expect(vi.getTimerCount()).toBe(0);
    clock.later(10, note("too late"));
    clock.later(0, note("too late"));
    pass(hour);
    clock.advance(hour);
    expect(seen).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("at()", () => {
  it("tells the emulated time at a real time, through every change of the clock", () => {
    const pass = holdClock();
    const start = Date.now();
    const clock = createClock({ offsetInMs: hour, speed: 1 });
    const emulated = (real: number): number => clock.at(start + real) - start - hour;
    pass(1000);
    clock.setSpeed(60);
    pass(1000);
    clock.advance(minute);
    pass(1000);
    clock.setSpeed(0);
    pass(1000);
    expect([-500, 500, 1000, 1500].map(emulated)).toEqual([-500, 500, 1000, 31_000]);
    expect([2000, 2500, 3000, 4000].map(emulated)).toEqual([121_000, 151_000, 181_000, 181_000]);
    expect(clock.now().getTime()).toBe(clock.at(Date.now()));
  });

  it("goes on where this machine's clock was put back", () => {
    holdClock();
    const clock = createClock({ offsetInMs: 0, speed: 1 });
    const start = clock.now().getTime();
    clock.advance(hour);
    vi.setSystemTime(Date.now() - 10);
    expect(clock.now().getTime()).toBe(start + hour - 10);
  });
});

describe("advance()", () => {
  it("lets happen what is due, in order and each at its time, ties in the order in which they were made", () => {
    const { clock, seen, now, note } = watched();
    for (const [name, delay] of [
      ["c", 30],
      ["a", 10],
      ["b", 20],
      ["a too", 10],
      ["after", 31],
    ] as const) {
      clock.later(delay, note(name));
    }
    clock.advance(30);
    expect(seen).toEqual([
      ["a", 10],
      ["a too", 10],
      ["b", 20],
      ["c", 30],
    ]);
    expect(now()).toBe(30);
    clock.advance(1);
    expect(seen.at(-1)).toEqual(["after", 31]);
  });

  it("takes along what only comes up on the way, as far as it is due", () => {
    const { clock, seen, note } = watched();
    const every = (period: number): void => {
      note("tick")();
      clock.later(0, note("at once"));
      clock.later(period, () => every(period));
    };
    clock.later(10, () => every(10));
    clock.later(25, note("between"));
    clock.advance(30);
    expect(seen).toEqual([
      ["tick", 10],
      ["at once", 10],
      ["tick", 20],
      ["at once", 20],
      ["between", 25],
      ["tick", 30],
      ["at once", 30],
    ]);
  });

  it("skips what is called off on the way", () => {
    const { clock, seen, note } = watched();
    const callOff = clock.later(20, note("called off"));
    clock.later(10, callOff);
    clock.later(30, note("kept"));
    clock.advance(hour);
    expect(seen).toEqual([["kept", 30]]);
  });

  it("ends where the clock is stopped on the way", () => {
    const { clock, seen, note } = watched();
    clock.later(10, () => clock.stop());
    clock.later(20, note("never"));
    clock.advance(hour);
    expect(seen).toEqual([]);
  });

  it("is added to the time that passes by itself", () => {
    const pass = holdClock();
    const { clock, seen, now, note } = watched(2);
    clock.later(1000, note("later"));
    clock.advance(400);
    pass(200);
    expect(now()).toBe(800);
    pass(100);
    expect(seen).toEqual([["later", 1000]]);
  });

  it("throws what went wrong on the way once all the rest has happened", () => {
    const { clock, seen, now, note } = watched();
    const fail = (message: string) => (): never => {
      throw new Error(message);
    };
    clock.later(10, fail("one"));
    clock.later(20, note("then"));
    expect(() => clock.advance(30)).toThrow(new Error("one"));
    expect(seen).toEqual([["then", 20]]);
    expect(now()).toBe(30);
    clock.later(10, fail("two"));
    clock.later(10, fail("three"));
    expect(() => clock.advance(10)).toThrow(
      expect.objectContaining({ errors: [new Error("two"), new Error("three")] }),
    );
  });
});

it("what goes wrong by itself keeps the clock from nothing else", () => {
  const pass = holdClock();
  const { clock, seen, note } = watched(1);
  clock.later(10, () => {
    throw new Error("wrong");
  });
  clock.later(20, note("then"));
  expect(() => pass(10)).toThrow("wrong");
  pass(10);
  expect(seen).toEqual([["then", 20]]);
});

describe("any mix of steps", () => {
  type Step =
    | { readonly act: "later"; readonly delayInMs: number; readonly nestedInMs: number | undefined }
    | { readonly act: "advance" | "pass"; readonly ms: number }
    | { readonly act: "setSpeed"; readonly speed: number };

  const ms = fc.integer({ min: 0, max: 200 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      act: fc.constant("later" as const),
      delayInMs: ms,
      nestedInMs: fc.option(ms, { nil: undefined }),
    }),
    fc.record({ act: fc.constantFrom("advance" as const, "pass" as const), ms }),
    fc.record({ act: fc.constant("setSpeed" as const), speed: fc.constantFrom(0, 0.3, 1, 3, 50) }),
  );

  it("lets everything that is due happen exactly once, in order of time", () => {
    const pass = holdClock();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const made: number[] = [];
        const ran: { number: number; at: number }[] = [];
        const { clock, now } = watched(1);
        const plan = (delayInMs: number, nestedInMs?: number): void => {
          const number = made.push(now() + delayInMs) - 1;
          clock.later(delayInMs, () => {
            ran.push({ number, at: now() });
            if (nestedInMs !== undefined) plan(nestedInMs);
          });
        };
        for (const step of steps) take(step, clock, plan, pass);
        clock.stop();
        expect(ran.map(({ number, at }) => at - (made[number] ?? NaN))).toEqual(ran.map(() => 0));
        expect(ran.map(({ at }) => at)).toEqual(ran.map(({ at }) => at).toSorted((a, b) => a - b));
        const due = made.flatMap((at, number) => (at <= now() ? [number] : []));
        expect(ran.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(due);
      }),
    );
  });

  function take(
    step: Step,
    clock: Clock,
    plan: (delayInMs: number, nestedInMs?: number) => void,
    pass: (ms: number) => void,
  ): void {
    if (step.act === "later") plan(step.delayInMs, step.nestedInMs);
    if (step.act === "advance") clock.advance(step.ms);
    if (step.act === "pass") pass(step.ms);
    if (step.act === "setSpeed") clock.setSpeed(step.speed);
  }
});

describe("the emulator's clock", () => {
  it("is this machine's unless said otherwise", async () => {
    holdClock();
    const { clock } = await emulated();
    expect(clock.now()).toEqual(new Date());
    expect(clock.speed).toBe(1);
  });

  it("stamps messages and requests with its own time", async () => {
    const emulator = await emulated({ clock: { ...still, offsetInMs: -24 * hour } });
    const at = emulator.clock.now();
    expect(at.getTime()).toBeLessThan(Date.now() - 23 * hour);
    await sendItems(emulator);
    emulator.phone(ann).send("Hi", { to: sender });
    expect(emulator.messages()).toMatchObject([{ at }, { at }]);
    expect(emulator.requests()).toMatchObject([{ at, signature: "valid" }]);
    expect(emulator.phone(ann).messages()).toMatchObject([{ at }]);
  });

  it("holds the delivery delay", async () => {
    const emulator = await emulated({ clock: still, deliveryDelayInMs: 600_000 });
    await sendItems(emulator);
    const start = emulator.clock.now().getTime();
    emulator.clock.advance(599_999);
    expect(texts(emulator, ann)).toEqual([]);
    emulator.clock.advance(1);
    expect(emulator.phone(ann).messages()).toMatchObject([{ at: new Date(start + 600_000) }]);
    await emulator.eventsSettled();
  });

  it("holds the timeout of a report for half a day", async () => {
    const recipients = [{ number: ann, deliveryStatus: "none" }] as const;
    const emulator = await emulated({ clock: still, recipients });
    const smsSendOptions = { enableDeliveryReport: true };
    const [item] = await sendItems(emulator, { smsSendOptions });
    emulator.clock.advance(43_200 * second - 1);
    expect(await reportOf(emulator, item?.["messageId"])).toMatchObject({ status: 404 });
    emulator.clock.advance(1);
    expect(await reportOf(emulator, item?.["messageId"])).toMatchObject({
      status: 200,
      body: { deliveryStatus: "Failed", receivedTimestamp: emulator.clock.now().toISOString() },
    });
  });

  it("holds the window of the rate limit", async () => {
    const emulator = await emulated({ clock: still, rateLimits: { units: { "toll-free": 1 } } });
    const send = () => call(emulator, { target: "/sms?api-version=2026-01-23", body: sendBody() });
    expect(await send()).toMatchObject({ status: 202 });
    expect(await send()).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
    emulator.clock.advance(minute);
    expect(await send()).toMatchObject({ status: 202 });
  });

  it("holds the window in which a request id is known", async () => {
    const emulator = await emulated({ clock: still });
    const smsRecipients = [
      {
        to: ann,
        repeatabilityRequestId: "8aa7a4a6-0c2a-4b8e-9a1c-2f5d1f0b7c11",
        repeatabilityFirstSent: new Date().toUTCString(),
      },
    ];
    const first = await sendItems(emulator, { smsRecipients });
    emulator.clock.advance(5 * minute - 1);
    expect(await sendItems(emulator, { smsRecipients })).toEqual(first);
    emulator.clock.advance(1);
    expect(await sendItems(emulator, { smsRecipients })).not.toEqual(first);
    expect(texts(emulator, ann)).toEqual(["Hello", "Hello"]);
  });

  it("holds Event Grid's retries", async () => {
    let attempts = 0;
    const receiver = await receiving(() => ({ status: (attempts += 1) < 3 ? 503 : 200 }));
    const emulator = await emulated({ clock: still, webhooks: [{ url: receiver.url }] });
    await emulator.eventsSettled();
    emulator.phone(ann).send("Hi", { to: sender });
    await until(() => emulator.deliveries().length === 1);
    emulator.clock.advance(10 * second);
    await until(() => emulator.deliveries().length === 2);
    emulator.clock.advance(30 * second - 1);
    expect(receiver.requests.filter(isDelivery)).toHaveLength(2);
    emulator.clock.advance(1);
    await emulator.eventsSettled();
    expect(emulator.deliveries()).toMatchObject([{ status: 503 }, { status: 503 }, { status: 200 }]);
    const [first, , third] = emulator.deliveries().map(({ at }) => at.getTime());
    expect((third ?? 0) - (first ?? 0)).toBe(40 * second);
  });

  it("holds the window in which a validation URL can be opened", async () => {
    const receiver = await received(() => ({}));
    const emulator = await emulated({ clock: still });
    const add = () => emulator.addWebhook({ url: receiver.url });
    expect([await add(), await add()]).toMatchObject([
      { state: "awaiting-manual-action" },
      { state: "awaiting-manual-action" },
    ]);
    const [inTime, late] = receiver.requests.map((request) => validationIn(request).validationUrl);
    emulator.clock.advance(10 * minute - 1);
    expect(await fetch(inTime ?? "")).toMatchObject({ status: 200 });
    emulator.clock.advance(1);
    expect(emulator.webhooks()).toMatchObject([{ state: "validated" }, { state: "failed" }]);
    expect(await fetch(late ?? "")).toMatchObject({ status: 400 });
  });

  it("can be made to pass faster while the emulator runs", async () => {
    const pass = holdClock();
    const emulator = await emulated({ clock: still, deliveryDelayInMs: 1000 });
    await sendItems(emulator);
    emulator.clock.setSpeed(100);
    expect(emulator.clock.speed).toBe(100);
    pass(10);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it.each<[unknown, string]>([
    [-1, "-1"],
    [1_000_001, "1000001"],
    [Number.NaN, "NaN"],
    ["1", '"1"'],
    [undefined, "undefined"],
  ])("has no speed of %j", async (speed, shown) => {
    const emulator = await emulated();
    const wanted = `to be a number from 0 to 1000000, got ${shown}`;
    expect(() => emulator.clock.setSpeed(speed as number)).toThrow(`Expected \`speed\` ${wanted}`);
    expect(emulator.clock.speed).toBe(1);
    // A speed that is left out is the default.
    if (speed === undefined) return;
    const clock = { speed: speed as number };
    await expect(emulated({ clock })).rejects.toThrow(`Expected \`clock.speed\` ${wanted}`);
  });

  it.each<[unknown, string]>([
    [-1, "-1"],
    [31_536_000_001, "31536000001"],
    [Infinity, "Infinity"],
    ["1", '"1"'],
  ])("advances by no %j", async (ms, shown) => {
    const { clock } = await emulated({ clock: still });
    const before = clock.now();
    const wanted = `Expected \`ms\` to be a number from 0 to 31536000000, got ${shown}`;
    expect(() => clock.advance(ms as number)).toThrow(wanted);
    expect(clock.now()).toEqual(before);
  });

  it.each<[unknown, string]>([
    [{ offsetInMs: 315_360_000_001 }, "`clock.offsetInMs` to be a number from -315360000000 to 315360000000"],
    [{ offset: 1 }, "`clock` to be an object without offset"],
    [1, "`clock` to be an object, got 1"],
  ])("does not begin with %j", async (clock, wanted) => {
    await expect(emulated({ clock: clock as { speed: number } })).rejects.toThrow(`Expected ${wanted}`);
  });
});
