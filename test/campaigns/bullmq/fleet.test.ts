import { setTimeout as delay } from "node:timers/promises";

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { startEmulator, type Emulator } from "../../../src/emulator/emulator.js";
import type { EmulatorOptions } from "../../../src/emulator/settings/options.js";
import { randomFrom } from "../../support/random.js";
import { requireBuild } from "../../support/require-build.js";
import { ownRedisService, redisService } from "../../support/services/redis.js";
import { postgresService } from "../../support/services/postgres.js";
import { Fleet } from "./fleet.js";
import type { JournalPlace } from "./programs/open-journal.js";

/*
 * Producers and workers in processes of their own that are killed, stand still and lose their Redis. `npm run soak` does
 * the same at length: these numbers are for a test that anybody can wait for.
 */
const people = Number(process.env["SOAK_PEOPLE"] ?? 4000);
const kills = Number(process.env["SOAK_KILLS"] ?? 2);
const seed = Number(process.env["SOAK_SEED"] ?? 20_261_125);

beforeAll(() => requireBuild());

const redis = await redisService();
const ownRedis = await ownRedisService();
const postgres = await postgresService();
afterAll(async () => {
  for (const service of [redis, ownRedis, postgres]) await service?.[Symbol.asyncDispose]();
});

let emulator: Emulator;
let fleet: Fleet;
afterEach(async () => {
  await fleet[Symbol.asyncDispose]();
  await emulator.close();
});

let prefix: string;
beforeEach(async () => {
  prefix = (await redis?.place())?.name ?? "";
});

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator({ deliveryDelayInMs: 0, ...options });
}

const settled = (open: number): object => ({ open, unknown: 0, rejected: 0, expired: 0 });

async function untilSettled(): Promise<void> {
  await expect.poll(async () => (await fleet.totals()).open, { timeout: 60_000, interval: 100 }).toBe(0);
}

describe.skipIf(ownRedis === undefined)(
  "workers that are killed, and a Redis that is restarted",
  { timeout: 120_000 },
  () => {
    const random = randomFrom(seed);

    it.each(["sqlite", "postgres"] as const)(
      "text everybody once, and nobody who opted out (%s)",
      async (kind) => {
        if (kind === "postgres" && postgres === undefined) return;
        const place = kind === "postgres" ? await postgres?.place() : undefined;
        const journal: JournalPlace | undefined = place && {
          kind: "postgres",
          url: place.url,
          name: place.name,
        };
        await start({ faults: { latencyInMs: { least: 100, most: 300 } } });
        fleet = await Fleet.of(emulator, ownRedis?.url ?? "", { people, prefix: `own-${kind}`, journal });
        const optedOut = new Set(fleet.numbers.filter((_, person) => person % 10 === 0));
        await fleet.optOut([...optedOut]);
        const enqueuing = fleet.enqueue();
        const workers = Array.from({ length: kills + 1 }, () => fleet.worker({ concurrency: 2 }));
        for (const worker of workers.slice(1)) {
          await worker.until((lines) => lines.some((line) => line.startsWith("done")));
          await delay(random() * 200);
          await worker.kill();
        }
        await ownRedis?.stop();
        await delay(100);
        await ownRedis?.start();
        expect((await fleet.totals()).open).toBeGreaterThan(0);
        await enqueuing;
        await untilSettled();
        expect(fleet.wrong(emulator, optedOut)).toEqual([]);
        expect(await fleet.totals()).toEqual({
          ...settled(0),
          invalid: 0,
          accepted: people - optedOut.size,
          suppressed: optedOut.size,
        });
      },
    );
  },
);

describe.skipIf(redis === undefined)("a producer that is killed", { timeout: 60_000 }, () => {
  it("has left whole batches, and the next one adds the rest", async () => {
    await start();
    fleet = await Fleet.of(emulator, redis?.url ?? "", { people, prefix });
    const producer = fleet.producer({ mostWaiting: 10 });
    await producer.until((lines) => lines.includes("read 1000"));
    await producer.kill();
    expect((await fleet.totals()).open).toBeLessThan(people);
    fleet.worker();
    const totals = await fleet.enqueue();
    expect(totals).toMatchObject({ items: people, invalid: 0, duplicate: 0 });
    expect(totals).not.toMatchObject({ known: 0 });
    await untilSettled();
    expect(fleet.wrong(emulator)).toEqual([]);
    expect(await fleet.totals()).toMatchObject({ ...settled(0), accepted: people });
  });
});

describe.skipIf(redis === undefined)("a worker that stands still", { timeout: 60_000 }, () => {
  const few = 500;

  it.each(["begin", "wire"] as const)(
    "doubles nobody while the service knows a repeat (before the %s)",
    async (before) => {
      await start();
      fleet = await Fleet.of(emulator, redis?.url ?? "", { people: few, prefix });
      await fleet.enqueue();
      const slow = fleet.worker({ concurrency: 1, standstill: { before, forInMs: 3000 } });
      await slow.until((lines) => lines.includes("stands still"));
      fleet.worker();
      await slow.until((lines) => lines.includes("goes on"));
      await untilSettled();
      await delay(500);
      expect(fleet.wrong(emulator)).toEqual([]);
      expect(await fleet.totals()).toMatchObject({ ...settled(0), accepted: few });
    },
  );

  it("doubles nobody after the service has forgotten it, either", async () => {
    await start({ repeatability: { late: "send" } });
    fleet = await Fleet.of(emulator, redis?.url ?? "", {
      people: few,
      prefix,
      repeatabilityWindowInSeconds: 1,
    });
    await fleet.enqueue();
    const slow = fleet.worker({ concurrency: 1, standstill: { before: "wire", forInMs: 5000 } });
    await slow.until((lines) => lines.includes("stands still"));
    fleet.worker();
    // The other one has the batch by then, and holds its people.
    await expect.poll(async () => (await fleet.totals()).unknown, { timeout: 10_000 }).toBeGreaterThan(0);
    emulator.clock.advance(600_000);
    await slow.until((lines) => lines.includes("goes on"));
    // What it sent after all is known in the end.
    await expect.poll(async () => (await fleet.totals()).accepted, { timeout: 10_000 }).toBe(few);
    expect(fleet.wrong(emulator)).toEqual([]);
  });
});

describe.skipIf(redis === undefined)("workers that share a rate", { timeout: 60_000 }, () => {
  it("keep to what the service allows, and use it", async () => {
    // 600 a minute, counted in windows of 3 s: a tenth of a second's worth may come late.
    await start({ rateLimits: { units: { "toll-free": 32 + 15 }, windowInSeconds: 3 } });
    fleet = await Fleet.of(emulator, redis?.url ?? "", { people: 70, prefix, rate: 600 });
    const producer = fleet.producer();
    await producer.end();
    const [one, other] = [fleet.worker({ concurrency: 10 }), fleet.worker({ concurrency: 10 })];
    await Promise.all([one, other].map(async (worker) => worker.until((lines) => lines.includes("ready"))));
    await untilSettled();
    expect(fleet.wrong(emulator)).toEqual([]);
    const refused = emulator.requests().filter(({ status }) => status === 429);
    expect(refused.length).toBeLessThanOrEqual(1);
  });
});
