import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { isSmsError } from "../../src/errors/sms-error.js";
import type { RateRequest } from "../../src/rates/rate-gate.js";
import { RateLimiter, type RateLimiterOptions } from "../../src/rates/rate-limiter.js";
import { canary } from "../support/canary.js";
import { rejection, sender } from "../support/clients.js";
import { wrong } from "../support/wrong.js";
import { mostInWindow, type Departure } from "./departures.js";

const wish: RateRequest = { sender, units: 1, lane: "normal" };
const inMs = (ms: number): Date => new Date(Date.now() + ms);

/** Whether the request leaves without waiting. */
async function leavesAtOnce(limiter: RateLimiter, request: RateRequest): Promise<boolean> {
  const controller = new AbortController();
  const acquired = limiter.acquire({ ...request, abortSignal: controller.signal });
  let hasLeft = false;
  const seen = acquired.then(
    () => (hasLeft = true),
    () => {},
  );
  await vi.advanceTimersByTimeAsync(0);
  controller.abort();
  await seen;
  return hasLeft;
}

/** Uses up the burst of a toll-free number. */
async function useBurst(limiter: RateLimiter): Promise<void> {
  await limiter.acquire({ ...wish, units: 5 });
}

/** Notes the order in which requests leave. */
class Order {
  readonly left: string[] = [];

  ask(limiter: RateLimiter, name: string, request: Partial<RateRequest>): void {
    void limiter.acquire({ ...wish, ...request }).then(() => this.left.push(name));
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  const timers = vi.getTimerCount();
  vi.useRealTimers();
  if (timers > 0) throw new Error("A limiter that nobody waits for has a timer.");
});

describe("a rate limiter", () => {
  it("lets a backlog leave at the documented rate, from when it begins", async () => {
    const limiter = new RateLimiter();
    const left: Departure[] = [];
    const backlog = Array.from({ length: 600 }, async () => {
      await limiter.acquire({ ...wish, lane: "bulk" });
      left.push({ units: 1, at: performance.now() });
    });
    await vi.advanceTimersByTimeAsync(180_000);
    expect(left.length).toBeGreaterThanOrEqual(0.95 * 600);
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all(backlog);
    expect(mostInWindow(left)).toBeLessThanOrEqual(200);
  });

  it("makes up for an event loop that was late, up to the burst", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    const order = new Order();
    for (let index = 0; index < 8; index++) order.ask(limiter, `${index}`, {});
    await vi.advanceTimersByTimeAsync(0);
    // Time passes, but no timer rings.
    const late = performance.now() + 30_000;
    const now = vi.spyOn(performance, "now").mockImplementation(() => late);
    await vi.advanceTimersByTimeAsync(310);
    expect(order.left).toHaveLength(5);
    now.mockRestore();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(order.left).toHaveLength(8);
  });

  it("lets plain sends of 100 through, about two a minute", async () => {
    const limiter = new RateLimiter();
    const order = new Order();
    for (let index = 0; index < 4; index++) order.ask(limiter, `${index}`, { units: 100 });
    await vi.advanceTimersByTimeAsync(0);
    expect(order.left).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(order.left).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(order.left).toHaveLength(4);
  });

  it("gives units back, and wakes whoever waits for them", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    const order = new Order();
    order.ask(limiter, "waiting", { units: 3 });
    await vi.advanceTimersByTimeAsync(0);
    limiter.giveBack(sender, 3);
    await vi.advanceTimersByTimeAsync(0);
    expect(order.left).toEqual(["waiting"]);
  });
});

describe("lanes", () => {
  it("leave strictly in their order, each first come, first served", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    const order = new Order();
    for (const name of ["bulk 1", "bulk 2", "normal 1", "normal 2", "urgent 1", "urgent 2"]) {
      const [lane] = name.split(" ") as [RateRequest["lane"]];
      order.ask(limiter, name, { lane });
    }
    await limiter.acquire({ ...wish, sender: "+18335550000" });
    await vi.advanceTimersByTimeAsync(3000);
    expect(order.left).toEqual(["urgent 1", "urgent 2", "normal 1", "normal 2", "bulk 1", "bulk 2"]);
  });

  it("have a newcomer take the next token from a bulk request that saves up for many", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    await limiter.acquire({ ...wish, lane: "urgent", units: 190 });
    limiter.giveBack(sender, 190);
    limiter.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 0 });
    const order = new Order();
    order.ask(limiter, "bulk", { lane: "bulk", units: 4 });
    await vi.advanceTimersByTimeAsync(1500);
    order.ask(limiter, "normal", { lane: "normal" });
    order.ask(limiter, "urgent", { lane: "urgent" });
    await vi.advanceTimersByTimeAsync(0);
    expect(order.left).toEqual(["normal", "urgent"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(order.left).toEqual(["normal", "urgent", "bulk"]);
  });

  it("let an urgent one pass those who wait, and at once where the minute has room", async () => {
    const limiter = new RateLimiter();
    const order = new Order();
    for (let index = 0; index < 20; index++) order.ask(limiter, "bulk", { lane: "bulk", units: 3 });
    await vi.advanceTimersByTimeAsync(0);
    expect(order.left).toEqual(["bulk"]);
    order.ask(limiter, "urgent", { lane: "urgent" });
    await vi.advanceTimersByTimeAsync(0);
    expect(order.left).toEqual(["bulk", "urgent"]);
    await vi.advanceTimersByTimeAsync(60_000);
  });
});

describe("whose rate it is", () => {
  it("has a bucket for each number, however it is written", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    expect(await leavesAtOnce(limiter, { ...wish, sender: "+1 (800) 555-1234" })).toBe(false);
    expect(await leavesAtOnce(limiter, { ...wish, sender: "+18335550000" })).toBe(true);
  });

  it("is shared by all alphanumeric senders, but for one that has its own", async () => {
    const limiter = new RateLimiter({ rate: { fabrikam: 40 } });
    await limiter.acquire({ ...wish, sender: "CONTOSO", units: 15 });
    expect(await leavesAtOnce(limiter, { ...wish, sender: "Northwind" })).toBe(false);
    expect(await leavesAtOnce(limiter, { ...wish, sender: "Fabrikam" })).toBe(true);
    expect(await leavesAtOnce(limiter, { ...wish, sender: "FABRIKAM" })).toBe(false);
  });

  it.each<[string, RateLimiterOptions, number, number]>([
    [sender, {}, 200, 3],
    ["12345", {}, 6000, 100],
    ["CONTOSO", {}, 600, 10],
    ["+14255550100", {}, Infinity, 100],
    [sender, { rate: 400 }, 400, 6],
    [sender, { rate: Infinity }, Infinity, 100],
    [sender, { rate: { "+1 800 555 1234": 1000 } }, 1000, 16],
    [sender, { rate: { "+18335550000": 1000 } }, 200, 3],
    [sender, { rate: 1 }, 1, 1],
    [sender, { burst: 30 }, 200, 20],
    [sender, { burst: 1000 }, 200, 66],
  ])("of %s with %o is %d a minute, %d in a request", (from, options, perMinute, most) => {
    const limiter = new RateLimiter(options);
    expect(limiter.unitsPerMinute(from)).toBe(perMinute);
    expect(limiter.mostPerRequest(from)).toBe(most);
  });

  it("knows no limit for long codes, but a pause", async () => {
    const limiter = new RateLimiter();
    const unlimited = { ...wish, sender: "+14255550100", units: 100 };
    for (let index = 0; index < 1000; index++) await limiter.acquire(unlimited);
    limiter.report(unlimited.sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 2000 });
    expect(await leavesAtOnce(limiter, unlimited)).toBe(false);
    await vi.advanceTimersByTimeAsync(2001);
    for (let index = 0; index < 1000; index++) await limiter.acquire(unlimited);
  });
});

describe("a wait", () => {
  it("ends when the caller aborts, and the place in the queue is free", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    const controller = new AbortController();
    const aborted = rejection(limiter.acquire({ ...wish, units: 5, abortSignal: controller.signal }));
    const order = new Order();
    order.ask(limiter, "next", {});
    await vi.advanceTimersByTimeAsync(1000);
    expect(order.left).toEqual([]);
    controller.abort("enough");
    expect(await aborted).toMatchObject({ name: "AbortError", code: "aborted", cause: "enough" });
    await vi.advanceTimersByTimeAsync(1);
    expect(order.left).toEqual(["next"]);
  });

  it("ends for all who share the signal, without a token for any", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    const { signal, abort } = aborter();
    const waits = [5, 1, 1].map((units) =>
      rejection(limiter.acquire({ ...wish, units, abortSignal: signal })),
    );
    await vi.advanceTimersByTimeAsync(1500);
    abort();
    expect((await Promise.all(waits)).map(({ name }) => name)).toEqual(Array(3).fill("AbortError"));
    expect(await leavesAtOnce(limiter, { ...wish, units: 4 })).toBe(true);
  });

  it("ends when the message is of no more use, at that time", async () => {
    const limiter = new RateLimiter();
    limiter.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 60_000 });
    const ends: string[] = [];
    for (const ms of [3000, 1000, 2000])
      void rejection(limiter.acquire({ ...wish, sendBefore: inMs(ms) })).then((error) =>
        ends.push(`${ms} ${isSmsError(error) ? error.code : error.message}`),
      );
    await vi.advanceTimersByTimeAsync(999);
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends).toEqual(["1000 expired"]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(ends).toEqual(["1000 expired", "2000 expired", "3000 expired"]);
  });

  it("ends for one that expires behind others, and before one that does not", async () => {
    const limiter = new RateLimiter();
    await useBurst(limiter);
    const order = new Order();
    order.ask(limiter, "first", { units: 4 });
    const expired = rejection(limiter.acquire({ ...wish, units: 5, sendBefore: inMs(2000) }));
    order.ask(limiter, "last", {});
    await vi.advanceTimersByTimeAsync(1999);
    expect(order.left).toEqual(["first"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await expired).toMatchObject({ name: "SmsError", code: "expired" });
    expect(order.left).toEqual(["first", "last"]);
  });

  it("may last longer than Node's longest timer", async () => {
    const limiter = new RateLimiter();
    const fiftyDays = 50 * 86_400_000;
    limiter.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: fiftyDays });
    const order = new Order();
    order.ask(limiter, "late", {});
    await vi.advanceTimersByTimeAsync(fiftyDays);
    expect(order.left).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(order.left).toEqual(["late"]);
  });

  it("does not begin for what is aborted or of no use already", async () => {
    const limiter = new RateLimiter();
    const aborted = limiter.acquire({ ...wish, abortSignal: AbortSignal.abort("no") });
    expect(await rejection(aborted)).toMatchObject({ name: "AbortError", cause: "no" });
    const expired = limiter.acquire({ ...wish, sendBefore: inMs(0) });
    expect(await rejection(expired)).toMatchObject({ code: "expired" });
    expect(await leavesAtOnce(limiter, { ...wish, units: 5 })).toBe(true);
  });
});

function aborter(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe("after a 429", () => {
  it("nothing leaves in any lane until the pause is over, then slowly, then as before", async () => {
    const limiter = new RateLimiter();
    await limiter.acquire(wish);
    for (let index = 0; index < 5; index++)
      limiter.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 3000 });
    const order = new Order();
    for (const lane of ["bulk", "normal", "urgent"] as const) order.ask(limiter, lane, { lane });
    await vi.advanceTimersByTimeAsync(3000);
    expect(order.left).toEqual([]);
    // At half speed: one every 619 ms.
    await vi.advanceTimersByTimeAsync(3 * 620);
    expect(order.left).toEqual(["urgent", "normal", "bulk"]);
    for (let second = 0; second < 16; second++) {
      limiter.report(sender, { verdict: "answered", statusCode: 202 });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(await leavesAtOnce(limiter, { ...wish, lane: "urgent", units: 100 })).toBe(true);
  });

  it("others go on: another number, and what is told of no sender", async () => {
    const limiter = new RateLimiter();
    limiter.report(sender, { verdict: "refused", statusCode: 429 });
    limiter.report("no sender at all", { verdict: "refused", statusCode: 429 });
    limiter.giveBack("no sender at all", 1);
    limiter.giveBack("+18335550000", 1);
    expect(await leavesAtOnce(limiter, wish)).toBe(false);
    expect(await leavesAtOnce(limiter, { ...wish, sender: "+18335550000" })).toBe(true);
  });
});

function errorOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe("malformed options and requests are refused by name", () => {
  it.each<[unknown, string]>([
    [null, "`options`"],
    [{ rate: "fast" }, "`rate` to be a number of message units a minute, or a record of them"],
    [{ rate: null }, "`rate`"],
    [{ rate: [200] }, "`rate`"],
    [{ rate: 0 }, "`rate` to be above 0 message units a minute, got 0 (number)."],
    [{ rate: Number.NaN }, "`rate`"],
    [{ rate: { [canary.numbers[0]]: -1 } }, '`rate["…0123"]` to be above 0'],
    [{ rate: { [canary.numbers[0]]: "1" } }, '`rate["…0123"]`'],
    [{ rate: { "": 1 } }, "`rate` to be a record by sender"],
    [{ rate: { [canary.text]: 1 } }, "`rate` to be a record by sender"],
    [{ burst: "5" }, "`burst`"],
    [{ burst: 0 }, "`burst` to be 1 message unit or more"],
    [{ burst: Infinity }, "`burst`"],
  ])("%o", (options, message) => {
    const error = errorOf(() => new RateLimiter(wrong<RateLimiterOptions>(options)));
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(message) });
    expect(String(error)).not.toContain(canary.numbers[0].slice(1));
    expect(String(error)).not.toContain(canary.text);
  });

  it.each<[Partial<Record<keyof RateRequest, unknown>>, string]>([
    [{ sender: "no sender at all" }, "`sender`"],
    [{ units: 0 }, "`units`"],
    [{ units: 1.5 }, "`units`"],
    [{ units: "1" }, "`units`"],
    [{ lane: "express" }, "`lane`"],
    [{ sendBefore: new Date(Number.NaN) }, "`sendBefore`"],
    [{ sendBefore: 5 }, "`sendBefore`"],
  ])("%o", async (change, message) => {
    const error = await rejection(new RateLimiter().acquire(wrong<RateRequest>({ ...wish, ...change })));
    expect(error.message).toContain(message);
  });

  it("also where a sender's rate is asked for", () => {
    expect(() => new RateLimiter().unitsPerMinute("no sender at all")).toThrow(TypeError);
    expect(() => new RateLimiter().mostPerRequest("")).toThrow(TypeError);
  });
});
