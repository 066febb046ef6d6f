import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { TokenBucket, type TokenBucketShape } from "../../src/rates/token-bucket.js";
import { mostInWindow, type Departure } from "./departures.js";

const shape = fc.record({
  burst: fc.integer({ min: 1, max: 200 }),
  refillPerMinute: fc.integer({ min: 1, max: 6000 }),
});
/** Requests, and how long nothing is asked for before each. */
const schedule = fc.array(
  fc.record({ units: fc.integer({ min: 1, max: 100 }), idleInMs: fc.nat({ max: 20_000 }) }),
  { maxLength: 150 },
);
type Schedule = readonly { readonly units: number; readonly idleInMs: number }[];

/** Takes each as soon as the bucket lets it. */
function departures(bucket: TokenBucket, wishes: Schedule, mostUnits: number): Departure[] {
  let now = 0;
  return wishes.map(({ units, idleInMs }) => {
    const taken = Math.min(units, mostUnits);
    now += idleInMs;
    for (let wait = bucket.msUntil(taken, now); wait > 0; wait = bucket.msUntil(taken, now))
      now += Math.ceil(wait);
    bucket.take(taken, now);
    return { units: taken, at: now };
  });
}

const toTollFree: TokenBucketShape = { burst: 5, refillPerMinute: 195 };

describe("a token bucket", () => {
  it("lets no minute have more than a burst and what came back, whatever is asked of it", () => {
    fc.assert(
      fc.property(shape, schedule, (shape, wishes) => {
        const left = departures(new TokenBucket(shape, 0), wishes, shape.burst);
        expect(mostInWindow(left)).toBeLessThanOrEqual(shape.burst + shape.refillPerMinute);
      }),
    );
  });

  it("has debts repaid: in the long run no more leaves than came back, and one request", () => {
    fc.assert(
      fc.property(shape, schedule, (shape, wishes) => {
        const left = departures(new TokenBucket(shape, 0), wishes, 100);
        const last = left.at(-1) ?? { units: 0, at: 0 };
        const before = left.slice(0, -1).reduce((sum, { units }) => sum + units, 0);
        expect(before).toBeLessThanOrEqual(shape.burst + (shape.refillPerMinute * last.at) / 60_000 + 1e-6);
      }),
    );
  });

  it("gives a request beyond its burst leave when it is full, and then waits until that is repaid", () => {
    const bucket = new TokenBucket(toTollFree, 0);
    expect(bucket.msUntil(100, 0)).toBe(0);
    bucket.take(100, 0);
    expect(bucket.msUntil(1, 0)).toBeCloseTo((96 / 195) * 60_000);
    expect(bucket.msUntil(100, 0)).toBeCloseTo((100 / 195) * 60_000);
  });

  it("counts what came back while nobody looked, up to its burst", () => {
    const bucket = new TokenBucket(toTollFree, 0);
    bucket.take(5, 0);
    bucket.take(5, 3_600_000);
    expect(bucket.msUntil(1, 3_600_000)).toBeCloseTo(60_000 / 195);
  });

  it("takes back what was not used, never beyond its burst", () => {
    const bucket = new TokenBucket(toTollFree, 0);
    bucket.take(3, 0);
    bucket.giveBack(100, 0);
    expect(bucket.msUntil(5, 0)).toBe(0);
    bucket.take(5, 0);
    expect(bucket.msUntil(1, 0)).toBeGreaterThan(0);
  });

  it("can be emptied until a time, keeps a debt, and fills at another speed", () => {
    const bucket = new TokenBucket({ burst: 10, refillPerMinute: 60 }, 0);
    bucket.emptyUntil(5000);
    bucket.setSpeed(0.5, 1000);
    expect(bucket.msUntil(1, 2000)).toBe(3000 + 2000);
    bucket.take(2, 5000);
    bucket.emptyUntil(6000);
    expect(bucket.msUntil(1, 6000)).toBe(6000);
    bucket.setSpeed(1, 8000);
    expect(bucket.msUntil(1, 8000)).toBe(2000);
  });
});
