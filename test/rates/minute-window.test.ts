import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { MinuteWindow } from "../../src/rates/minute-window.js";

/** What is counted: all of the last 60 s, and nothing that is 62 s old. */
function unitsSince(departures: readonly { units: number; at: number }[], time: number): number {
  return departures.filter(({ at }) => at > time).reduce((sum, { units }) => sum + units, 0);
}

const additions = fc.array(fc.record({ units: fc.integer({ min: 1, max: 100 }), after: fc.nat(30_000) }), {
  maxLength: 60,
});

describe("the last minute", () => {
  it("has at least what left in 60 s, and at most what left in 62 s", () => {
    fc.assert(
      fc.property(additions, fc.nat(100_000), fc.integer({ min: 1, max: 400 }), (additions, start, limit) => {
        const window = new MinuteWindow(start);
        const left: { units: number; at: number }[] = [];
        let now = start;
        for (const { units, after } of additions) {
          now += after;
          window.add(units, now);
          left.push({ units, at: now });
          const fits = window.msUntilRoom(1, limit, now) === 0;
          expect(!fits || unitsSince(left, now - 60_000) + 1 <= limit).toBe(true);
          expect(fits || unitsSince(left, now - 62_000) + 1 > limit).toBe(true);
        }
      }),
    );
  });

  it("says when there will be room, and there is, and not before", () => {
    fc.assert(
      fc.property(additions, fc.integer({ min: 1, max: 100 }), (additions, units) => {
        const window = new MinuteWindow(0);
        let now = 0;
        for (const addition of additions) window.add(addition.units, (now += addition.after));
        const wait = window.msUntilRoom(units, 100, now);
        const justBefore = now + Math.max(0, wait - 1);
        expect(window.msUntilRoom(units, 100, justBefore)).toBe(Math.min(1, wait));
        expect(window.msUntilRoom(units, 100, now + wait)).toBe(0);
      }),
    );
  });

  it("lets anything into an empty one", () => {
    const window = new MinuteWindow(0);
    expect(window.msUntilRoom(100, 50, 0)).toBe(0);
    window.add(100, 0);
    expect(window.msUntilRoom(100, 50, 0)).toBe(62_000);
    expect(window.isEmpty(61_999)).toBe(false);
    expect(window.isEmpty(62_000)).toBe(true);
  });

  it("forgets the oldest first of what is given back", () => {
    const window = new MinuteWindow(0);
    window.add(3, 0);
    window.add(3, 10_000);
    window.remove(4, 20_000);
    expect(window.msUntilRoom(1, 2, 20_000)).toBe(52_000);
    window.remove(10, 20_000);
    expect(window.isEmpty(20_000)).toBe(true);
  });

  it("bears a time before zero, and one that stands still for hours", () => {
    const window = new MinuteWindow(-5000);
    window.add(1, -4999);
    expect(window.isEmpty(0)).toBe(false);
    expect(window.isEmpty(10_000_000)).toBe(true);
  });
});
