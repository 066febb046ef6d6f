import { describe, expect, it, vi } from "vitest";

import { observe } from "../../src/observers/observe.js";
import type { SmsObservation, SmsObserver } from "../../src/observers/observer.js";
import { wrong } from "../support/wrong.js";

const observation: SmsObservation = {
  type: "attempt",
  at: new Date(0),
  from: "+18005551234",
  recipients: 1,
  attempt: 1,
  verdict: "answered",
  statusCode: 202,
  durationInMs: 1,
};

const settled = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("observe", () => {
  it("tells every observer at once, in order, of the very observation", () => {
    const told: unknown[] = [];
    const observers = ["a", "b", "c"].map((name): SmsObserver => ({
      observe: (seen) => void told.push(name, seen),
    }));
    observe(observers, observation, vi.fn());
    expect(told).toEqual(["a", observation, "b", observation, "c", observation]);
    expect(told[1]).toBe(observation);
  });

  it("calls it as a method, so that a class can be an observer", () => {
    class Counter implements SmsObserver {
      count = 0;
      observe(): void {
        this.count += 1;
      }
    }
    const counter = new Counter();
    observe([counter, counter], observation, vi.fn());
    expect(counter.count).toBe(2);
  });

  it("awaits nobody", async () => {
    const failure = vi.fn();
    const hanging = { observe: () => new Promise<void>(() => {}) };
    const last = vi.fn();
    expect(observe([hanging, { observe: last }], observation, failure)).toBeUndefined();
    expect(last).toHaveBeenCalledTimes(1);
    await settled();
    expect(failure).not.toHaveBeenCalled();
  });

  it.each<[string, () => unknown]>([
    ["throws an error", () => fail(new Error("no"))],
    ["throws something else", () => fail("no")],
    ["throws nothing", () => fail(undefined)],
  ])("goes on to the next where one %s", (_name, throwing) => {
    const failure = vi.fn();
    const next = vi.fn();
    observe([{ observe: wrong(throwing) }, { observe: next }], observation, failure);
    expect(failure).toHaveBeenCalledTimes(1);
    expect(next).toHaveBeenCalledTimes(1);
  });

  it("passes on what was thrown, at once, and what was rejected, later", async () => {
    const [thrown, rejected, thenable] = [new Error("thrown"), new Error("rejected"), new Error("thenable")];
    const failure = vi.fn();
    const observers = [
      { observe: () => Promise.reject(rejected) },
      { observe: () => fail(thrown) },
      { observe: () => wrong<Promise<void>>(new Thenable(thenable)) },
    ];
    observe(observers, observation, failure);
    expect(failure.mock.calls).toEqual([[thrown]]);
    await settled();
    expect(failure.mock.calls).toEqual(expect.arrayContaining([[thrown], [rejected], [thenable]]));
    expect(failure).toHaveBeenCalledTimes(3);
  });

  it("does nothing without observers", () => {
    expect(() => observe([], observation, fail)).not.toThrow();
  });
});

/** What a caller's own promises may be. */
class Thenable {
  readonly #error: Error;

  constructor(error: Error) {
    this.#error = error;
  }

  // oxlint-disable-next-line unicorn/no-thenable
  then(_resolve: unknown, reject: (error: Error) => void): void {
    reject(this.#error);
  }
}

function fail(error: unknown): never {
  throw error;
}
