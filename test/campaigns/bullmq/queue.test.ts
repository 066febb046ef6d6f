import { setTimeout as delay } from "node:timers/promises";

import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";

import { RedisRateLimiter } from "../../../src/campaigns/bullmq/rates/redis-rate-limiter.js";
import type { FailedBatch } from "../../../src/campaigns/bullmq/worker/worker-types.js";
import type { Campaign } from "../../../src/campaigns/campaign.js";
import { SqliteCampaignJournal } from "../../../src/campaigns/journal/sqlite-campaign-journal.js";
import { SmsClient } from "../../../src/client/sms-client.js";
import { canary } from "../../support/canary.js";
import { people, person, rejection, sender } from "../../support/clients.js";
import { ownRedisService, redisService } from "../../support/services/redis.js";
import { collect } from "../../support/stores.js";
import { wrong } from "../../support/wrong.js";
import { textsOf } from "../stage.js";
import { contentOf, privateIn, setQueueStage, type QueueStage } from "./queue-stage.js";

const redis = await redisService();
afterAll(async () => redis?.[Symbol.asyncDispose]());

let prefix: string;
let set: QueueStage;
beforeEach(async () => {
  if (redis === undefined) return;
  prefix = (await redis.place()).name;
  set = await setQueueStage({ url: redis.url, prefix });
});
afterEach(async () => set?.[Symbol.asyncDispose]());

const once = (count: number): number[] => Array.from({ length: count }, () => 1);

describe.skipIf(redis === undefined)("a campaign in a queue", () => {
  it("is sent by workers, and its results are read in order", async () => {
    const recipients = [...people(250), "no number", person, person];
    const queue = set.queue();
    const campaign = set.stage.campaign({ recipients });
    const reading = collect(queue.results(campaign));
    const totals = await queue.enqueue(campaign);
    expect(totals).toEqual({ items: 253, planned: 250, known: 0, invalid: 1, duplicate: 2, expired: 0 });
    expect(await queue.progress(campaign)).toMatchObject({
      isPlanned: true,
      waiting: 3,
      totals: { open: 250 },
    });
    expect(privateIn(await contentOf(set.redis, prefix), people(250))).toEqual([]);
    const finished: object[] = [];
    set.worker({ onBatch: (batch) => finished.push(batch) });
    const results = await reading;
    expect(results.map(({ to }) => to)).toEqual(people(250));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["accepted"]));
    expect(results[0]).toMatchObject({ key: people(1)[0], from: sender, batch: 1, httpStatusCode: 202 });
    expect(textsOf(set.stage.emulator, people(250))).toEqual(once(250));
    expect(finished).toContainEqual({ campaign: "spring sale", batch: 1, totals: { accepted: 100 } });
    const later = await collect(queue.results("spring sale", { after: 2 }));
    expect(later).toHaveLength(50);
    expect(await queue.progress("spring sale")).toEqual({
      totals: { accepted: 250, rejected: 0, suppressed: 0, invalid: 1, expired: 0, unknown: 0, open: 0 },
      isPlanned: true,
      waiting: 0,
      active: 0,
      dead: 0,
    });
    expect(set.errors).toEqual([]);
  });

  it("is not harmed by whoever is told of its batches and fails, at once or later", async () => {
    const queue = set.queue();
    await queue.enqueue(set.stage.campaign({ recipients: people(200) }));
    let told = 0;
    const onBatch = (): unknown => {
      told += 1;
      if (told === 1) throw new Error("told at once");
      // A worker's program may well be async here.
      return Promise.reject(new Error("told later"));
    };
    set.worker({ onBatch: wrong(onBatch) });
    await collect(queue.results("spring sale"));
    await expect.poll(() => set.errors.map(({ message }) => message)).toHaveLength(2);
    expect(set.errors.map(({ message }) => message).toSorted()).toEqual(["told at once", "told later"]);
    set.errors.length = 0;
  });

  it("is enqueued once, however often that is said", async () => {
    const recipients = people(300);
    const queue = set.queue();
    for (const planned of [300, 0, 0]) {
      const totals = await queue.enqueue(set.stage.campaign({ recipients }));
      expect(totals).toMatchObject({ items: 300, planned, known: 300 - planned });
    }
    expect(await queue.progress("spring sale")).toMatchObject({ waiting: 3 });
    set.worker();
    await collect(queue.results("spring sale"));
    expect(textsOf(set.stage.emulator, recipients)).toEqual(once(300));
    expect(await queue.enqueue(set.stage.campaign({ recipients }))).toMatchObject({ planned: 0, known: 300 });
    expect(textsOf(set.stage.emulator, recipients)).toEqual(once(300));
  });

  it("is completed after Redis has lost everything", async () => {
    const recipients = people(400);
    const queue = set.queue();
    await queue.enqueue(set.stage.campaign({ recipients }));
    const keys = await set.redis.keys(`${prefix}:*`);
    await set.redis.del(...keys);
    expect(await queue.progress("spring sale")).toMatchObject({ waiting: 0, totals: { open: 400 } });
    await queue.enqueue(set.stage.campaign({ recipients }));
    set.worker();
    expect(await collect(queue.results("spring sale"))).toHaveLength(400);
    expect(textsOf(set.stage.emulator, recipients)).toEqual(once(400));
  });

  it("is read no faster than it is sent", async () => {
    let read = 0;
    function* list(): Generator<string> {
      for (const number of people(9000)) {
        read += 1;
        yield number;
      }
    }
    const queue = set.queue();
    const enqueuing = queue.enqueue(set.stage.campaign({ recipients: list }), { mostWaiting: 20 });
    await delay(600);
    expect(read).toBeLessThan(6000);
    expect((await queue.progress("spring sale")).waiting).toBeLessThan(120);
    set.worker();
    expect(await enqueuing).toMatchObject({ planned: 9000 });
    expect(await collect(queue.results("spring sale"))).toHaveLength(9000);
  });

  it("ends its reading when it is told to, and goes on from there", async () => {
    const recipients = people(5000);
    const queue = set.queue();
    const abortSignal = AbortSignal.timeout(300);
    const enqueuing = queue.enqueue(set.stage.campaign({ recipients }), { mostWaiting: 1, abortSignal });
    expect(await rejection(enqueuing)).toMatchObject({ name: "AbortError" });
    const reading = collect(queue.results("spring sale", { abortSignal: AbortSignal.timeout(300) }));
    expect(await rejection(reading)).toMatchObject({ name: "AbortError" });
    set.worker();
    const totals = await queue.enqueue(set.stage.campaign({ recipients }));
    expect(totals.known).toBeGreaterThan(0);
    expect(totals.known + totals.planned).toBe(5000);
    expect(await collect(queue.results("spring sale"))).toHaveLength(5000);
    expect(textsOf(set.stage.emulator, recipients)).toEqual(once(5000));
  });

  it("is one of the queue's journal", async () => {
    const queue = set.queue();
    const elsewhere = set.stage.campaign({ journal: set.stage.openJournal() });
    expect(await rejection(queue.enqueue(elsewhere))).toMatchObject({
      message: expect.stringContaining("journal of the queue"),
    });
    expect(await rejection(queue.enqueue(wrong<Campaign>({})))).toBeInstanceOf(TypeError);
    expect(await rejection(queue.enqueue(set.stage.campaign(), { mostWaiting: 0 }))).toBeInstanceOf(
      RangeError,
    );
    expect(await queue.progress("nobody's")).toMatchObject({ isPlanned: false, totals: { open: 0 } });
  });

  it("asks the suppression list when a batch leaves, and not before", async () => {
    const recipients = people(300);
    const queue = set.queue();
    await queue.enqueue(set.stage.campaign({ recipients }));
    const stopped = recipients.slice(250);
    for (const number of stopped)
      await set.stage.suppression.handleMessage({ from: number, to: sender, message: "STOP" });
    set.worker();
    const results = await collect(queue.results("spring sale"));
    expect(results.filter(({ status }) => status === "suppressed").map(({ to }) => to)).toEqual(stopped);
    expect(textsOf(set.stage.emulator, stopped)).toEqual(stopped.map(() => 0));
  });
});

describe.skipIf(redis === undefined)("a batch that cannot be sent", () => {
  it(
    "is tried again, is dead at last, shows nothing private, and lives again",
    { timeout: 30_000 },
    async () => {
      const { connectionString } = set.stage.emulator;
      const key = connectionString.replace(/accesskey=.*/, `accesskey=${canary.accessKey}`);
      const refused = new SmsClient(key, { allowInsecureConnection: true });
      const queue = set.queue({ attempts: 2, retryDelayInSeconds: 0.1 });
      const recipients = [...people(120), ...canary.numbers];
      await queue.enqueue(set.stage.campaign({ recipients }));
      const failures: FailedBatch[] = [];
      const worker = set.worker({ onFailure: (failure) => failures.push(failure) }, refused);
      await expect.poll(async () => (await queue.progress("spring sale")).dead, { timeout: 20_000 }).toBe(2);
      const dead = await collect(queue.dead());
      expect(dead).toMatchObject([
        {
          campaign: "spring sale",
          attempts: 2,
          failedAt: expect.any(Date),
          reason: expect.stringMatching(/\w/),
        },
        { campaign: "spring sale", attempts: 2 },
      ]);
      expect(dead.map(({ recipients }) => recipients ?? 0).toSorted((a, b) => a - b)).toEqual([22, 100]);
      expect(failures.map(({ attempt, isDead }) => `${attempt} ${isDead}`).toSorted()).toEqual([
        "1 false",
        "1 false",
        "2 true",
        "2 true",
      ]);
      expect(privateIn(await contentOf(set.redis, prefix), people(120))).toEqual([]);
      await worker.close();
      // A further call of `enqueue` is no further attempt.
      await queue.enqueue(set.stage.campaign({ recipients }));
      expect(await queue.progress("spring sale")).toMatchObject({
        dead: 2,
        waiting: 0,
        totals: { open: 122 },
      });
      expect(await queue.retryDead()).toBe(2);
      set.worker();
      expect(await collect(queue.results("spring sale"))).toHaveLength(122);
      expect(textsOf(set.stage.emulator, recipients)).toEqual(once(122));
      expect(await collect(queue.dead())).toEqual([]);
    },
  );

  it("is what becomes of it where the worker has another journal, and nothing is lost", async () => {
    const queue = set.queue({ attempts: 1 });
    await queue.enqueue(set.stage.campaign({ recipients: [person] }));
    await using journal = new SqliteCampaignJournal(":memory:");
    const mistaken = set.worker({ journal });
    await expect.poll(async () => collect(queue.dead()), { timeout: 10_000 }).toHaveLength(1);
    await mistaken.close();
    expect(await queue.retryDead()).toBe(1);
    set.worker();
    expect(await collect(queue.results("spring sale"))).toMatchObject([{ to: person, status: "accepted" }]);
  });

  it("tells its reason without what a store wrote into its error", async () => {
    const sms = set.stage.client({
      suppression: {
        check: async () => {
          throw new Error(`cannot look up ${canary.numbers[0]} for "${canary.text}"`);
        },
        claimConfirmation: async () => false,
      },
    });
    const queue = set.queue({ attempts: 1 });
    await queue.enqueue(set.stage.campaign({ recipients: [person] }));
    set.worker({ retryForInSeconds: 0 }, sms);
    await expect.poll(async () => collect(queue.dead()), { timeout: 10_000 }).toHaveLength(1);
    expect(privateIn(JSON.stringify(await collect(queue.dead())))).toEqual([]);
    expect(privateIn(await contentOf(set.redis, prefix))).toEqual([]);
  });
});

describe.skipIf(redis === undefined)("a worker that is closed", () => {
  it("gives back what only waits, lets the rest end, and loses nothing", async () => {
    set.stage.emulator.setFaults({ latencyInMs: 300 });
    const recipients = people(30);
    const rateLimiter = new RedisRateLimiter(set.redis, { rate: 60, burst: 3, prefix });
    const queue = set.queue();
    await queue.enqueue(set.stage.campaign({ recipients, rateLimiter, rate: undefined }));
    const first = set.worker({ rateLimiter, concurrency: 10 });
    await expect.poll(() => set.stage.emulator.requests().length, { timeout: 10_000 }).toBeGreaterThan(0);
    await expect.poll(async () => (await queue.progress("spring sale")).active).toBeGreaterThan(5);
    const startedAt = performance.now();
    await first.close();
    expect(performance.now() - startedAt).toBeLessThan(5000);
    const { waiting, active, dead, totals } = await queue.progress("spring sale");
    expect({ active, dead }).toEqual({ active: 0, dead: 0 });
    expect(waiting).toBeGreaterThan(5);
    expect(totals).toMatchObject({ unknown: 0, accepted: 30 - totals.open });
    set.stage.emulator.setFaults({});
    set.worker();
    await collect(queue.results("spring sale"));
    expect(textsOf(set.stage.emulator, recipients)).toEqual(once(30));
    expect(set.errors).toEqual([]);
  });

  it("ends without Redis, too", { timeout: 40_000 }, async () => {
    await using own = await ownRedisService();
    if (own === undefined) return;
    const alone = await setQueueStage({ url: own.url, prefix: "alone" });
    const queue = alone.queue();
    await queue.enqueue(alone.stage.campaign({ recipients: people(10) }));
    const worker = alone.worker();
    await collect(queue.results("spring sale"));
    await own.stop();
    await expect(worker.close()).resolves.toBeUndefined();
    await own.start();
    await alone[Symbol.asyncDispose]();
  });
});

describe("options", () => {
  it.each([
    [{ connection: undefined }, /`connection`/],
    [{ journal: {} }, /`journal`/],
    [{ name: "a:b" }, /`name`/],
    [{ prefix: "" }, /`prefix`/],
    [{ attempts: 0 }, /`attempts`/],
    [{ retryDelayInSeconds: -1 }, /`retryDelayInSeconds`/],
    [{ onError: 1 }, /`onError`/],
  ])("of a queue are not %j", (options, message) => {
    const { CampaignQueue } = modules;
    const journal = { claim: () => undefined };
    expect(() => new CampaignQueue(wrong({ connection: { port: 1 }, journal, ...options }))).toThrow(message);
  });

  it.each([
    [{ lane: "fast" }, /`lane`/],
    [{ concurrency: 0 }, /`concurrency`/],
    [{ onUnknown: "drop" }, /`onUnknown`/],
    [{ retryForInSeconds: -1 }, /`retryForInSeconds`/],
    [{ lockDurationInMs: 10 }, /`lockDurationInMs`/],
    [{ onBatch: 1 }, /`onBatch`/],
  ])("of a worker are not %j", (options, message) => {
    const { CampaignWorker } = modules;
    const [sms, journal] = [{ send: () => undefined }, { claim: () => undefined }];
    const all = { connection: { port: 1 }, journal, ...options };
    expect(() => new CampaignWorker(wrong(sms), wrong(all))).toThrow(message);
  });
});

const modules = {
  ...(await import("../../../src/campaigns/bullmq/queue/campaign-queue.js")),
  ...(await import("../../../src/campaigns/bullmq/worker/campaign-worker.js")),
};
