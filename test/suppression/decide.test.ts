import { describe, expect, it } from "vitest";

import { markOf } from "../../src/suppression/confirmation.js";
import { decide, type SuppressionPolicy } from "../../src/suppression/decide.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { canary } from "../support/canary.js";
import { fact, minute } from "../support/stores.js";

const each: SuppressionPolicy = { program: (sender) => sender, revokeAll: false };
const revokeAll: SuppressionPolicy = { ...each, revokeAll: true };
/** A and B send for one purpose, C for another. */
const pool: SuppressionPolicy = { ...each, program: (sender) => (sender === "C" ? "news" : "orders") };

const stop = (sender: string, at: number): SuppressionEntry => fact({ sender, at: minute(at) });
const start = (sender: string, at: number): SuppressionEntry =>
  fact({ sender, at: minute(at), state: "opted-in", keyword: "START" });

describe("a send from A", () => {
  it.each<[string, SuppressionPolicy, SuppressionEntry[], SuppressionEntry | undefined]>([
    ["nothing known", each, [], undefined],
    ["an opt-in alone", each, [start("A", 0)], undefined],
    ["an opt-out", each, [stop("A", 0)], stop("A", 0)],
    ["a later opt-in", each, [stop("A", 0), start("A", 1)], undefined],
    ["an earlier opt-in", each, [start("A", 0), stop("A", 1)], stop("A", 1)],
    ["a tie", each, [start("A", 1), stop("A", 1)], stop("A", 1)],
    ["another sender's opt-out", each, [stop("B", 0)], undefined],
    ["another sender's opt-in", each, [stop("A", 0), start("B", 1)], stop("A", 0)],

    ["its program's opt-out", pool, [stop("B", 0)], stop("B", 0)],
    ["its program's opt-in", pool, [stop("B", 0), start("A", 1)], undefined],
    ["a tie across its program", pool, [stop("B", 1), start("A", 1)], stop("B", 1)],
    ["the newest of its program", pool, [stop("A", 0), stop("B", 2), start("A", 1)], stop("B", 2)],
    ["another program's opt-out", pool, [stop("C", 0)], undefined],
    ["another program's opt-in", pool, [stop("A", 0), start("C", 1)], stop("A", 0)],

    ["anybody's opt-out with revokeAll", revokeAll, [stop("B", 0)], stop("B", 0)],
    ["its own opt-in with revokeAll", revokeAll, [stop("B", 0), start("A", 1)], undefined],
    ["another's opt-in with revokeAll", revokeAll, [stop("A", 0), start("B", 1)], stop("A", 0)],
    ["opting in elsewhere is no opting in here", revokeAll, [stop("B", 0), start("B", 1)], stop("B", 0)],
    ["revokeAll with a pool", { ...pool, revokeAll: true }, [stop("C", 1), start("B", 2)], undefined],

    ["an opt-out from everybody", each, [stop("*", 0)], stop("*", 0)],
    ["which only its like can lift", each, [stop("*", 0), start("A", 5)], stop("*", 0)],
    ["and it does", each, [stop("*", 0), start("*", 1)], undefined],
    ["but not at the same time", each, [stop("*", 1), start("*", 1)], stop("*", 1)],
    ["nor an opt-out from A", each, [stop("A", 0), start("*", 1)], stop("A", 0)],
    ["nor with revokeAll", revokeAll, [stop("B", 0), start("*", 1)], stop("B", 0)],
    ["a lifted one does not hide another", each, [stop("*", 0), start("*", 2), stop("A", 1)], stop("A", 1)],
    [
      "also where the program is named like it",
      { ...each, program: () => "*" },
      [start("A", 5), stop("*", 0)],
      stop("*", 0),
    ],
  ])("%s", (_name, policy, entries, stopping) => {
    const decision = stopping === undefined ? { suppressed: false } : { suppressed: true, entry: stopping };
    expect(decide("A", entries, policy)).toEqual(decision);
    expect(decide("A", entries.toReversed(), policy)).toEqual(decision);
  });

  it("shows the same one of several opt-outs at one time, in whatever order the store has them", () => {
    const entries = [stop("B", 1), stop("A", 1)];
    expect(decide("A", entries, pool)).toEqual({ suppressed: true, entry: stop("B", 1) });
    expect(decide("A", entries.toReversed(), pool)).toEqual({ suppressed: true, entry: stop("B", 1) });
  });

  it.each([each, revokeAll, { ...each, program: () => "one for all" }])(
    "is not stopped by the mark of a used confirmation (policy %#)",
    (policy) => {
      const grant = { intent: "opt-out", messageId: "m", sender: "A", recipient: canary.numbers[0] } as const;
      const mark = markOf({ ...grant, receivedAt: minute(9), expiresAt: minute(14) });
      expect(decide("A", [mark], policy)).toEqual({ suppressed: false });
      expect(decide("A", [mark, stop("A", 1)], policy)).toEqual({ suppressed: true, entry: stop("A", 1) });
      expect(decide("A", [mark, stop("A", 1), start("A", 2)], policy)).toEqual({ suppressed: false });
    },
  );
});
