import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { RedisConnection } from "../../../src/stores/redis/connection.js";
import { Sentinel } from "../../../src/stores/redis/sentinel.js";
import { Keys, shardCount } from "../../../src/stores/redis/shards.js";
import { rejection } from "../../support/clients.js";

/*
 * The shards of a cluster are asked one by one, by many at once. Here what each is asked comes in any order, over a
 * Redis that knows just what the scripts do to the sentinel.
 */

class Race {
  readonly marks = new Map<string, string>();
  readonly #scheduler: fc.Scheduler;

  constructor(scheduler: fc.Scheduler) {
    this.#scheduler = scheduler;
  }

  /** @param commands - After so many its process is gone. */
  sentinel(create: boolean, commands: number = Number.POSITIVE_INFINITY): Sentinel {
    let left = commands;
    const connection: RedisConnection = {
      send: async (key, _evalsha, _digest, _keyCount, _key, known, mark) => {
        await this.#scheduler.schedule(Promise.resolve());
        left -= 1;
        if (left < 0) throw new Error("The process is gone.");
        const held = this.marks.get(key);
        if (mark !== undefined && (held ?? "") === known) this.marks.set(key, mark);
        return [this.marks.get(key) ?? null];
      },
      sendToMasters: async () => ["maxmemory_policy:noeviction"],
    };
    return new Sentinel(connection, new Keys("race"), create);
  }
}

describe("a list that is created by many at once", () => {
  it("is one, and nobody takes it for one that has lost something", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const race = new Race(scheduler);
        const created = Promise.all([race.sentinel(true).expected(), race.sentinel(true).expected()]);
        const looked = race
          .sentinel(false)
          .expected()
          .catch((error: unknown) => String(error));
        const [answers, seen] = await scheduler.waitFor(Promise.all([created, looked]));
        const [mark] = answers;
        expect(new Set([...answers, ...race.marks.values()])).toEqual(new Set([mark]));
        expect(race.marks.size).toBe(shardCount);
        expect(seen === mark || /is not there|was not created to the end/.test(seen)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("is created to the end by the next, wherever those before it were cut short", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(60), fc.nat(60), async (scheduler, one, two) => {
        const race = new Race(scheduler);
        const gone = [one, two].map(async (commands) => race.sentinel(true, commands).expected());
        await scheduler.waitFor(Promise.allSettled(gone));
        const mark = await scheduler.waitFor(race.sentinel(true).expected());
        expect(new Set(race.marks.values())).toEqual(new Set([mark]));
        expect(race.marks.size).toBe(shardCount);
        expect(await scheduler.waitFor(race.sentinel(false).expected())).toBe(mark);
      }),
      { numRuns: 200 },
    );
  });

  it("and then loses any of its shards is refused", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.subarray(
          Array.from({ length: shardCount }, (_, shard) => shard),
          { minLength: 1 },
        ),
        async (scheduler, shards) => {
          const race = new Race(scheduler);
          await scheduler.waitFor(race.sentinel(true).expected());
          for (const shard of shards) race.marks.delete(`race:{${shard}}:newest`);
          const refusal = await scheduler.waitFor(rejection(race.sentinel(false).expected()));
          expect(refusal.message).toMatch(shards.length === shardCount ? /is not there/ : /has lost some/);
        },
      ),
    );
  });
});
