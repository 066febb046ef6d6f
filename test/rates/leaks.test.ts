import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { RateLimiter } from "../../src/rates/rate-limiter.js";
import { SenderQueue } from "../../src/rates/sender-queue.js";
import { rejection, sender } from "../support/clients.js";

const wish = { sender, units: 1, lane: "normal" } as const;

describe("a rate limiter leaves nothing behind", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("with the signals of those who left, expired or gave up, and no timer", async () => {
    const warnings = vi.spyOn(process, "emitWarning");
    const limiter = new RateLimiter();
    const shared = new AbortController();
    const other = new AbortController();
    const sendBefore = new Date(Date.now() + 1000);
    const leaving = Array.from({ length: 20 }, () =>
      limiter.acquire({ ...wish, abortSignal: shared.signal }),
    );
    const ending = [
      rejection(limiter.acquire({ ...wish, lane: "bulk", sendBefore, abortSignal: shared.signal })),
      rejection(limiter.acquire({ ...wish, lane: "bulk", abortSignal: other.signal })),
    ];
    await vi.advanceTimersByTimeAsync(0);
    expect(getEventListeners(shared.signal, "abort")).toHaveLength(16);
    expect(vi.getTimerCount()).toBe(1);
    other.abort();
    await vi.advanceTimersByTimeAsync(10_000);
    await Promise.all([...leaving, ...ending]);
    for (const { signal } of [shared, other]) expect(getEventListeners(signal, "abort")).toHaveLength(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(warnings).not.toHaveBeenCalled();
  });

  it("has one timer for each sender that someone waits for, and none while nobody does", async () => {
    const limiter = new RateLimiter();
    const waits: Promise<void>[] = [];
    for (const from of [sender, "+18335550000"])
      for (let index = 0; index < 50; index++) waits.push(limiter.acquire({ ...wish, sender: from }));
    limiter.report("12345", { verdict: "refused", statusCode: 429 });
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(20_000);
    await Promise.all(waits);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("forgets senders that have long been idle, but not those that are paused, in use or waited for", async () => {
    const limiter = new RateLimiter();
    const kept = vi.spyOn(SenderQueue.prototype, "isIdle");
    const number = (index: number): string => `+1800${String(2_000_000 + index)}`;
    limiter.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 600_000 });
    for (let index = 0; index < 10_000; index++) {
      await limiter.acquire({ ...wish, sender: number(index) });
      await vi.advanceTimersByTimeAsync(10_000);
    }
    const idle = kept.mock.results.filter(({ value }) => value === true).length;
    expect(idle).toBeGreaterThan(9900);
    expect(kept.mock.calls.length).toBeLessThan(20_000);
  });
});

describe("a process", () => {
  it("is kept alive by those who wait, and not by an idle limiter", async () => {
    const refed = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = refed();
    const limiter = new RateLimiter({ rate: 6000, burst: 1 });
    await limiter.acquire(wish);
    expect(refed()).toBe(before);
    const wait = limiter.acquire(wish);
    expect(refed()).toBe(before + 1);
    await wait;
    expect(refed()).toBe(before);
  });
});
