import { setTimeout as delay } from "node:timers/promises";

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { EventQueue, type QueueOptions } from "../../src/insights/recording/event-queue.js";
import { wrong } from "../support/wrong.js";

/** A database that does as it is told, and remembers what it got. */
class Database {
  readonly groups: number[][] = [];
  readonly mostAtOnce = 3;
  isDown = false;
  isSlow = false;
  attempts = 0;
  release: () => void = () => {};

  readonly write = async (events: readonly number[]): Promise<number> => {
    this.attempts += 1;
    if (this.isSlow) await new Promise<void>((resolve) => (this.release = resolve));
    if (this.isDown) throw new Error("down");
    this.groups.push([...events]);
    return events.filter((event) => event >= 0).length;
  };
}

let database: Database;
let queue: EventQueue<number>;

const begin = (options: QueueOptions = {}): void => {
  database = new Database();
  queue = new EventQueue(database, options);
};
const add = (...events: readonly number[]): void => {
  for (const event of events) queue.add(event);
};

describe("a queue of events", () => {
  beforeEach(() => begin());
  afterEach(async () => queue.end(0));

  it("writes nothing while somebody adds, and then all in groups, in order", async () => {
    add(1, 2, 3, 4, 5);
    expect(database.attempts).toBe(0);
    expect(queue.state).toEqual({ waiting: 5, written: 0, lost: 0 });
    await queue.flush();
    expect(database.groups).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(queue.state).toEqual({ waiting: 0, written: 5, lost: 0 });
  });

  it("writes by itself, soon", async () => {
    add(1);
    await vi.waitFor(() => expect(database.groups).toEqual([[1]]), { timeout: 5000 });
    add(2, 3, 4);
    await vi.waitFor(() => expect(queue.state.written).toBe(4), { timeout: 5000 });
  });

  it("has nothing to wait for where nothing waits", async () => {
    await queue.flush();
    add(1);
    await Promise.all([queue.flush(), queue.flush()]);
    expect(queue.state.written).toBe(1);
  });

  it("tries again what failed, until it works, and loses none of it", async () => {
    database.isDown = true;
    add(1, 2);
    await vi.waitFor(() => expect(database.attempts).toBeGreaterThan(1), { timeout: 5000 });
    add(3, 4);
    database.isDown = false;
    await queue.flush();
    expect(database.groups).toEqual([[1, 2, 3], [4]]);
    expect(queue.state).toEqual({ waiting: 0, written: 4, lost: 0 });
  });

  it("counts as lost what can never be written", async () => {
    add(1, -1, 2);
    await queue.flush();
    expect(queue.state).toEqual({ waiting: 0, written: 2, lost: 1 });
  });

  it.each([0, 1.5, Number.NaN])("is refused for room for %d events", (maxWaiting) => {
    expect(() => begin({ maxWaiting })).toThrow("`maxWaiting`");
    begin();
  });
});

describe("a queue that is full", () => {
  afterEach(() => void vi.useRealTimers());

  it("loses what comes, keeps what waits, and tells it now and then", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const told: number[] = [];
    begin({ maxWaiting: 4, onLoss: (lost) => told.push(lost) });
    database.isSlow = true;
    add(1, 2, 3, 4, 5, 6);
    expect([queue.state, told]).toEqual([{ waiting: 4, written: 0, lost: 2 }, []]);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual([2]);
    add(7, 8, 9);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(told).toEqual([2]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(told).toEqual([2, 3]);
    await vi.advanceTimersByTimeAsync(600_000);
    add(10);
    vi.useRealTimers();
    await queue.end(0);
    expect(told).toEqual([2, 3, 1 + 4]);
    expect(queue.state).toEqual({ waiting: 0, written: 0, lost: 10 });
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["fails later", wrong<() => void>(async () => Promise.reject(new Error("no")))],
  ])("is not harmed by whoever is told and %s", async (_, onLoss) => {
    begin({ maxWaiting: 1, onLoss });
    add(1, 2);
    await delay(5);
    await queue.flush();
    expect(queue.state).toEqual({ waiting: 0, written: 1, lost: 1 });
    await queue.end(0);
  });
});

describe("the end of a queue", () => {
  it("writes what waits", async () => {
    begin();
    add(1, 2, 3, 4);
    await queue.end(5000);
    expect(queue.state).toEqual({ waiting: 0, written: 4, lost: 0 });
  });

  it("does not wait longer than it was told, and counts what is lost", async () => {
    begin();
    database.isDown = true;
    add(1, 2, 3, 4);
    const flushed = queue.flush();
    await queue.end(20);
    await flushed;
    add(5);
    expect(queue.state).toEqual({ waiting: 0, written: 0, lost: 5 });
    await queue.end(0);
  });

  it.each([Infinity, 2 ** 31])("waits for as long as it takes where it is told %d", async (limitInMs) => {
    begin();
    database.isSlow = true;
    add(1, 2);
    const ended = queue.end(limitInMs);
    await delay(20);
    database.release();
    await ended;
    expect(queue.state).toEqual({ waiting: 0, written: 2, lost: 0 });
  });

  it("does not count twice what is written at last", async () => {
    begin();
    database.isSlow = true;
    add(1, 2);
    await queue.end(20);
    database.release();
    await delay(1);
    expect(queue.state).toEqual({ waiting: 0, written: 0, lost: 2 });
  });
});
