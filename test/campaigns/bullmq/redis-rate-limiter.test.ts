import { setTimeout as delay } from "node:timers/promises";

import { Redis } from "ioredis";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";

import {
  RedisRateLimiter,
  type RedisRateLimiterOptions,
} from "../../../src/campaigns/bullmq/rates/redis-rate-limiter.js";
import type { SendLane } from "../../../src/rates/rate-gate.js";
import { rejection, sender } from "../../support/clients.js";
import { ownRedisService, redisService } from "../../support/services/redis.js";
import { wrong } from "../../support/wrong.js";

const redis = await redisService();
afterAll(async () => redis?.[Symbol.asyncDispose]());

const clients: Redis[] = [];
let prefix = "";
beforeEach(async () => {
  prefix = (await redis?.place())?.name ?? "";
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

function connect(url = redis?.url ?? ""): Redis {
  const client = new Redis(url, { retryStrategy: () => 100 });
  client.on("error", () => undefined);
  clients.push(client);
  return client;
}

/** A limiter as another process would have it: with a connection of its own. */
function limiter(options: RedisRateLimiterOptions = {}): RedisRateLimiter {
  return new RedisRateLimiter(connect(), { prefix, ...options });
}

async function leave(by: RedisRateLimiter, units: number, lane: SendLane = "bulk"): Promise<number> {
  await by.acquire({ sender, units, lane });
  return performance.now();
}

describe.skipIf(redis === undefined)("a rate that processes share", () => {
  it("is kept by all of them together, and used", async () => {
    const rate = 1200;
    const limiters = [limiter({ rate }), limiter({ rate }), limiter({ rate })];
    const startedAt = performance.now();
    const sizes = [1, 7, 20];
    const until = startedAt + 4000;
    const left: { readonly at: number; readonly units: number }[] = [];
    await Promise.all(
      limiters.flatMap((one, process) =>
        [0, 1].map(async () => {
          const units = sizes[process] ?? 1;
          for (let at = await leave(one, units); at < until; at = await leave(one, units))
            left.push({ at, units });
        }),
      ),
    );
    const total = left.reduce((sum, { units }) => sum + units, 0);
    // A burst of 30 first, then 1,159 a minute: of 4 s at 20 a second not less than 95 %, nor more than those two.
    expect(total).toBeLessThanOrEqual(30 + 78);
    expect(total).toBeGreaterThanOrEqual(Math.floor(80 * 0.95));
  });

  it("lets an urgent request pass those of other processes that wait", async () => {
    const [bulk, urgent] = [limiter({ rate: 600 }), limiter({ rate: 600 })];
    const queue = Array.from({ length: 6 }, async () => leave(bulk, 10));
    await queue[0];
    const askedAt = performance.now();
    const waited = (await leave(urgent, 1, "urgent")) - askedAt;
    const [, , , fourth = 0] = await Promise.all(queue.slice(0, 4));
    expect(waited).toBeLessThan(1500);
    expect(askedAt + waited).toBeLessThan(fourth);
    await Promise.all(queue);
  });

  it("lets an urgent request pass those of its own process", async () => {
    const one = limiter({ rate: 60 });
    const order: string[] = [];
    const ask = async (name: string, lane: SendLane): Promise<void> => {
      await one.acquire({ sender, units: 1, lane });
      order.push(name);
    };
    await ask("first", "bulk");
    await Promise.all([ask("bulk", "bulk"), ask("normal", "normal"), ask("urgent", "urgent")]);
    expect(order).toEqual(["first", "urgent", "normal", "bulk"]);
  });

  it("lets a request leave that is larger than the burst, and makes the others wait for it", async () => {
    const one = limiter({ rate: 6000, burst: 10 });
    const startedAt = performance.now();
    const large = await leave(one, 100);
    // 90 more than the burst come back in 0.9 s.
    expect(large - startedAt).toBeGreaterThan(850);
    const next = await leave(limiter({ rate: 6000, burst: 10 }), 5);
    expect(next - startedAt).toBeGreaterThan(900);
    expect(next - startedAt).toBeLessThan(3000);
  });

  it("takes back what was not used", async () => {
    const one = limiter({ rate: 60 });
    await leave(one, 1);
    one.giveBack(sender, 1);
    const askedAt = performance.now();
    expect((await leave(limiter({ rate: 60 }), 1)) - askedAt).toBeLessThan(500);
  });

  it("has each sender wait for itself, alphanumeric ones together, and others at once", async () => {
    const [one, other] = [limiter({ rate: { Contoso: 30 } }), limiter({ rate: { Contoso: 30 } })];
    expect(
      ["+18005551234", "12345", "+14255550100", "Fabrikam", "Contoso"].map((s) => one.unitsPerMinute(s)),
    ).toEqual([200, 6000, Infinity, 600, 30]);
    expect(["+18005551234", "12345", "Contoso"].map((s) => one.mostPerRequest(s))).toEqual([3, 100, 1]);
    for (let index = 0; index < 20; index += 1)
      await other.acquire({ sender: "+14255550100", units: 100, lane: "bulk" });
    await one.acquire({ sender: "Contoso", units: 1, lane: "bulk" });
    const isOver = await Promise.race([
      other
        .acquire({ sender: "Contoso", units: 1, lane: "bulk", abortSignal: AbortSignal.timeout(1500) })
        .catch(() => "no"),
      delay(100).then(() => "waits"),
    ]);
    expect(isOver).toBe("waits");
  });
});

describe.skipIf(redis === undefined)("a 429", () => {
  it("pauses all processes together, and they go on slowly", async () => {
    const [one, other] = [limiter({ rate: 6000, burst: 10 }), limiter({ rate: 6000, burst: 10 })];
    await leave(one, 1);
    one.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 1000 });
    one.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 1000 });
    one.giveBack(sender, 1);
    await delay(50);
    const askedAt = performance.now();
    const first = await leave(other, 9, "urgent");
    expect(first - askedAt).toBeGreaterThan(900);
    // At half speed 50 more take a second.
    for (let index = 0; index < 5; index += 1) await leave(other, 10, "urgent");
    expect(performance.now() - first).toBeGreaterThan(850);
    expect(performance.now() - first).toBeLessThan(2500);
  });

  it("is followed by a pause of its own where it asks for none, and 503 by one alone", async () => {
    const one = limiter();
    const client = connect();
    one.report(sender, { verdict: "refused", statusCode: 503, retryAfterInMs: 2000 });
    await delay(50);
    const keys = async (): Promise<string[]> => (await client.keys(`${prefix}:{+*`)).toSorted();
    expect(await keys()).toEqual([`${prefix}:{${sender}}`]);
    one.report("12345", { verdict: "refused", statusCode: 429 });
    await delay(50);
    expect(await client.pttl(`${prefix}:{12345}`)).toBeGreaterThan(4500);
    expect(await client.get(`${prefix}:{12345}:slowness`)).toBe("2");
  });

  it("pauses senders without a limit, too", async () => {
    const [one, other] = [limiter(), limiter()];
    one.report("+14255550100", { verdict: "refused", statusCode: 429, retryAfterInMs: 1000 });
    await delay(50);
    const askedAt = performance.now();
    await other.acquire({ sender: "+14255550100", units: 100, lane: "bulk" });
    expect(performance.now() - askedAt).toBeGreaterThan(900);
  });
});

describe.skipIf(redis === undefined)("a request that does not leave", () => {
  it("rejects when its time is over, or the caller gives up, and leaves the rate to others", async () => {
    const one = limiter({ rate: 60 });
    await leave(one, 1);
    const sendBefore = new Date(Date.now() + 200);
    const expired = one.acquire({ sender, units: 1, lane: "urgent", sendBefore });
    const abortSignal = AbortSignal.timeout(100);
    const aborted = one.acquire({ sender, units: 1, lane: "bulk", abortSignal });
    expect(await rejection(aborted)).toMatchObject({ name: "AbortError" });
    expect(await rejection(expired)).toMatchObject({ code: "expired" });
    const askedAt = performance.now();
    expect((await leave(one, 1)) - askedAt).toBeLessThan(1500);
    expect(await rejection(one.acquire({ sender, units: 1, lane: "bulk", sendBefore }))).toMatchObject({
      code: "expired",
    });
  });

  it.each([
    [{ sender, units: 0, lane: "bulk" as const }, RangeError],
    [{ sender, units: 1, lane: wrong<SendLane>("fast") }, TypeError],
    [{ sender: "", units: 1, lane: "bulk" as const }, TypeError],
  ])("rejects for what is malformed: %j", async (request, error) => {
    expect(await rejection(limiter().acquire(request))).toBeInstanceOf(error);
  });

  it("is not sent while Redis is away, and is when it is back", { timeout: 30_000 }, async () => {
    await using own = await ownRedisService();
    if (own === undefined) return;
    const one = new RedisRateLimiter(connect(own.url), { rate: 600 });
    await leave(one, 1);
    await own.stop();
    const error = await rejection(leave(one, 1));
    expect(error.message).toMatch(/Redis|Connection|max retries/i);
    one.giveBack(sender, 1);
    one.report(sender, { verdict: "refused", statusCode: 429 });
    await own.start();
    await expect
      .poll(
        async () =>
          leave(one, 1).then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
  });
});

describe("a limiter", () => {
  it.each([
    [[undefined], /`redis`/],
    [[{ call: () => undefined }], /`redis`/],
    [[{ call: () => undefined, multi: () => undefined }, { prefix: "{a}" }], /`prefix`/],
    [[{ call: () => undefined, multi: () => undefined }, { rate: 0 }], /`rate`/],
  ])("is not made of %j", (args, message) => {
    const [client, options] = args;
    expect(() => new RedisRateLimiter(wrong(client), wrong(options))).toThrow(message);
  });

  it("leaves the commands of the caller's client alone", () => {
    const client = connect("redis://127.0.0.1:1");
    void new RedisRateLimiter(client);
    expect("rlflxIncr" in client).toBe(false);
  });
});
