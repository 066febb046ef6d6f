import { describe, expect, it } from "vitest";

import { Caution } from "../../src/rates/caution.js";

/** Refused again and again, each time by the first that left after the pause. */
function refusedOften(times: number, retryAfterInMs?: number): { pauses: number[]; speeds: number[] } {
  const caution = new Caution();
  const pauses: number[] = [];
  const speeds: number[] = [];
  for (let now = 0; pauses.length < times; now = caution.pausedUntil) {
    caution.left();
    caution.refused(retryAfterInMs, now);
    pauses.push(caution.pausedUntil - now);
    speeds.push(caution.speed);
  }
  return { pauses, speeds };
}

/** Answers come every 100 ms. */
function answeredFor(caution: Caution, from: number, ms: number): void {
  caution.left();
  for (let now = from; now <= from + ms; now += 100) caution.answered(now);
}

describe("caution after 429", () => {
  it("pauses for as long as was asked, or longer and longer, and halves the speed each time, to an eighth", () => {
    expect(refusedOften(6)).toEqual({
      pauses: [5000, 10_000, 20_000, 40_000, 60_000, 60_000],
      speeds: [1 / 2, 1 / 4, 1 / 8, 1 / 8, 1 / 8, 1 / 8],
    });
    expect(refusedOften(2, 1234).pauses).toEqual([1234, 1234]);
  });

  it("counts those that were under way together as one, and pauses as long as the longest asks", () => {
    const caution = new Caution();
    expect(caution.refused(2000, 0)).toBe(true);
    expect(caution.refused(1000, 10)).toBe(false);
    expect(caution.refused(undefined, 10)).toBe(false);
    expect(caution.refused(5000, 20)).toBe(true);
    expect(caution).toMatchObject({ pausedUntil: 5020, speed: 1 / 2 });
    // Late, but nothing left since.
    expect(caution.refused(undefined, 9000)).toBe(false);
    expect(caution).toMatchObject({ pausedUntil: 5020, speed: 1 / 2 });
  });

  it("comes back by an eighth every 3 s while answers come", () => {
    const caution = new Caution();
    caution.refused(1000, 0);
    const speeds = [0, 1, 2, 3, 4].map((step) => {
      answeredFor(caution, 1000 + step * 3000, 2900);
      return caution.speed;
    });
    expect(speeds).toEqual([4 / 8, 5 / 8, 6 / 8, 7 / 8, 1]);
  });

  it("learns nothing from answers to what was under way before", () => {
    const caution = new Caution();
    caution.refused(1000, 0);
    for (let now = 0; now < 60_000; now += 100) caution.answered(now);
    expect(caution.speed).toBe(1 / 2);
  });

  it("forgets after an answer how often it was refused", () => {
    const caution = new Caution();
    caution.refused(undefined, 0);
    answeredFor(caution, 5000, 100);
    caution.refused(undefined, 6000);
    expect(caution.pausedUntil - 6000).toBe(5000);
    expect(caution.speed).toBe(1 / 4);
  });

  it("does not slow down after 503", () => {
    const caution = new Caution();
    caution.unavailable(5000, 0);
    caution.unavailable(1000, 0);
    expect(caution).toMatchObject({ pausedUntil: 5000, speed: 1 });
  });
});
