import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { compareEntries, entryRank } from "../../src/suppression/entry-order.js";
import type { SuppressionEntry, SuppressionSource } from "../../src/suppression/suppression-store.js";
import { fact, minute } from "../support/stores.js";

const sources: readonly SuppressionSource[] = ["import", "service", "delivery-report", "manual", "keyword"];

const anyFact = fc
  .record({
    at: fc.oneof(
      fc.date({ noInvalidDate: true }),
      fc.constantFrom(minute(0), new Date(0), new Date(-1), new Date(8.64e15), new Date(-8.64e15)),
    ),
    source: fc.constantFrom(...sources),
    messageId: fc.constantFrom("", "a", "b"),
    keyword: fc.constantFrom("", "STOP", "stop", "\ud83d", "\ud83e"),
    note: fc.string({ unit: "binary" }),
  })
  .map(fact);

describe("compareEntries", () => {
  it("goes by time first", () => {
    const later = new Date(minute(0).getTime() + 1);
    expect(compareEntries(fact({ source: "keyword" }), fact({ at: later, source: "import" }))).toBeLessThan(
      0,
    );
  });

  it("goes by how much the source tells, at equal times", () => {
    const facts = sources.map((source, index) => fact({ source, messageId: String(9 - index) }));
    expect(facts.toReversed().sort(compareEntries)).toEqual(facts);
  });

  it("tells any two different facts apart, in an order that holds both ways", () => {
    const pairs: readonly [Partial<SuppressionEntry>, Partial<SuppressionEntry>][] = [
      [{ messageId: "a" }, { messageId: "b" }],
      [{ messageId: "a" }, {}],
      [{ keyword: "STOP" }, { keyword: "stop" }],
      [
        { keyword: "a", note: "" },
        { keyword: "", note: "a" },
      ],
      [{ keyword: "\ud83d" }, { keyword: "\ud83e" }],
    ];
    for (const [a, b] of pairs) {
      expect(compareEntries(fact(a), fact(b))).not.toBe(0);
      expect(compareEntries(fact(a), fact(b))).toBe(-compareEntries(fact(b), fact(a)));
    }
  });

  it("says 0 of the same fact, whenever it was written down, and of nothing in place of an empty text", () => {
    expect(compareEntries(fact({ recordedAt: minute(1) }), fact({ recordedAt: minute(9) }))).toBe(0);
    expect(compareEntries(fact({ note: "", keyword: "", messageId: "" }), fact())).toBe(0);
  });
});

describe("entryRank", () => {
  it("sorts as compareEntries does, and is the same only for the same fact", () => {
    fc.assert(
      fc.property(anyFact, anyFact, (a, b) => {
        const [one, other] = [entryRank(a), entryRank(b)];
        expect(one).toMatch(/^[0-9a-f]{50}$/);
        expect(Math.sign(compareEntries(a, b))).toBe(one === other ? 0 : one < other ? -1 : 1);
        expect(one === other).toBe(
          a.at.getTime() === b.at.getTime() &&
            a.source === b.source &&
            a.messageId === b.messageId &&
            a.keyword === b.keyword &&
            a.note === b.note,
        );
      }),
      { numRuns: 2000 },
    );
  });
});
