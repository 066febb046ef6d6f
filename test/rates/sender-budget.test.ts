import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { SendLane } from "../../src/rates/rate-gate.js";
import { SenderBudget } from "../../src/rates/sender-budget.js";
import { SenderRates } from "../../src/rates/sender-rate.js";
import { mostInWindow, type Departure } from "./departures.js";

const sender = "+18005551234";

function budgetOf(rate: number, burst?: number): SenderBudget {
  return new SenderBudget(new SenderRates({ rate, burst }).of(sender), 0);
}

/** The time at which it may leave, found as a queue finds it: by asking again when it was told to. */
function timeFor(budget: SenderBudget, wish: { units: number; lane: SendLane }, from: number): number {
  let now = from;
  for (let wait = budget.msUntil(wish, now); wait > 0; wait = budget.msUntil(wish, now))
    now += Math.ceil(wait);
  return now;
}

const wishes = fc.array(
  fc.record({
    units: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 100 })),
    lane: fc.constantFrom<SendLane>("urgent", "normal", "bulk"),
    idleInMs: fc.oneof(fc.constant(0), fc.nat({ max: 50_000 })),
    unused: fc.oneof(fc.constant(0), fc.nat({ max: 100 })),
  }),
  { maxLength: 300 },
);

describe("the budget of a sender", () => {
  it("lets no minute have more than the rate: bursts, debts, urgent ones and units given back", () => {
    const rates = fc.integer({ min: 100, max: 6000 });
    const bursts = fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined });
    fc.assert(
      fc.property(rates, bursts, wishes, (rate, burst, wishes) => {
        const budget = budgetOf(rate, burst);
        const left: Departure[] = [];
        let now = 0;
        for (const { units, lane, idleInMs, unused } of wishes) {
          now = timeFor(budget, { units, lane }, now + idleInMs);
          budget.take(units, now);
          const givenBack = Math.min(units, unused);
          if (givenBack > 0) budget.giveBack(givenBack, now);
          left.push({ units: units - givenBack, at: now });
        }
        expect(mostInWindow(left)).toBeLessThanOrEqual(rate);
      }),
    );
  });

  it.each([1, 2, 3, 10, 41, 200, 600, 6000, 123_456])(
    "of %i a minute lets 95 in a hundred leave at least, and never more than all of them",
    (rate) => {
      const budget = budgetOf(rate);
      const left: Departure[] = [];
      const minutes = rate < 10 ? 1000 : rate < 1000 ? 20 : 3;
      for (let now = 0; now < minutes * 60_000; now = timeFor(budget, { units: 1, lane: "bulk" }, now)) {
        budget.take(1, now);
        left.push({ units: 1, at: now });
      }
      expect(mostInWindow(left)).toBeLessThanOrEqual(rate);
      expect(left.length).toBeGreaterThanOrEqual(0.95 * rate * minutes);
    },
  );

  it("lets an urgent one leave while a request of many is made up for, if the minute has room", () => {
    const budget = budgetOf(200);
    budget.take(100, 0);
    expect(budget.msUntil({ units: 1, lane: "normal" }, 0)).toBeGreaterThan(28_000);
    expect(budget.msUntil({ units: 100, lane: "urgent" }, 0)).toBe(0);
    budget.take(100, 0);
    expect(budget.msUntil({ units: 1, lane: "urgent" }, 0)).toBeCloseTo((196 / 194) * 60_000);
  });

  it("lets a request of more than the rate leave when the minute before it was quiet", () => {
    const budget = budgetOf(50);
    expect(budget.msUntil({ units: 100, lane: "normal" }, 0)).toBe(0);
    budget.take(100, 0);
    expect(timeFor(budget, { units: 100, lane: "normal" }, 0)).toBeGreaterThanOrEqual(120_000);
  });

  it("holds everybody back after a 429, and gives the urgent no more than their turn after it", () => {
    const budget = budgetOf(200);
    budget.take(1, 0);
    budget.report({ verdict: "refused", statusCode: 429, retryAfterInMs: 7000 }, 0);
    for (const lane of ["urgent", "normal", "bulk"] as const)
      expect(budget.msUntil({ units: 1, lane }, 0)).toBe(7000);
    const oneAtHalfSpeed = 2 * (60_000 / 194);
    expect(budget.msUntil({ units: 1, lane: "urgent" }, 7000)).toBeCloseTo(oneAtHalfSpeed);
  });

  it("holds everybody back after a 503 that says how long, and goes on as before", () => {
    const budget = budgetOf(200);
    budget.take(1, 0);
    budget.report({ verdict: "unclear", statusCode: 503, retryAfterInMs: 7000 }, 0);
    expect(budget.msUntil({ units: 1, lane: "urgent" }, 0)).toBe(7000);
    expect(budget.msUntil({ units: 5, lane: "bulk" }, 7000)).toBe(0);
  });

  it.each([
    { statusCode: 503 },
    { statusCode: 500 },
    {},
    { statusCode: 503, retryAfterInMs: Number.NaN },
    { statusCode: 503, retryAfterInMs: -1 },
  ])("goes on after %o", (outcome) => {
    const budget = budgetOf(200);
    budget.report({ verdict: "unclear", ...outcome }, 0);
    expect(budget.msUntil({ units: 5, lane: "bulk" }, 0)).toBe(0);
  });

  it("takes a wait that is none for one that was not said", () => {
    const budget = budgetOf(200);
    budget.report({ verdict: "refused", statusCode: 429, retryAfterInMs: Number.NaN }, 0);
    expect(budget.msUntil({ units: 1, lane: "bulk" }, 0)).toBe(5000);
  });
});
