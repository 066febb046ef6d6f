import { compareEntries } from "../../../suppression/entry-order.js";
import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { fact, person } from "../facts.js";
import type { CheckedStore } from "./checked-store.js";
import type { StoreConcern } from "./context.js";

type Pair = readonly [loser: SuppressionEntry, winner: SuppressionEntry];

const undecided =
  "A tie was decided by arrival: two machines that hear of the same facts in different orders would end differently. " +
  "Of equal times the entry that `compareEntries` puts last must stay.";

/** Equal times, and times that hardly differ. */
export const ties: StoreConcern = {
  name: "ties",
  needs: [],
  tests: {
    "at equal times the source decides, whichever comes first": async ({ store }) => {
      const sources = ["import", "service", "delivery-report", "manual", "keyword"] as const;
      const facts = sources.map((source) => fact({ source }));
      await winsEitherWay(store, neighbours(facts), undecided);
    },
    "at equal times and sources message id and words decide, whichever comes first": async ({ store }) => {
      const facts = [
        fact({ messageId: "Incoming_1" }),
        fact({ messageId: "Incoming_2" }),
        fact({ keyword: "STOP" }),
        fact({ keyword: "Stop" }),
        fact({ note: "by phone" }),
        fact(),
      ];
      await winsEitherWay(store, neighbours(facts.toSorted(compareEntries)), undecided);
    },
    "a millisecond decides": async ({ store }) => {
      const times = [997, 998, 999, 1000].map((time) => new Date(Date.UTC(2026, 2, 2, 12, 0, 0, time)));
      const facts = times.map((at, index) => fact({ at, source: index % 2 === 0 ? "keyword" : "import" }));
      const message =
        "A fact that is one millisecond newer must win: times count in whole milliseconds, not in seconds.";
      await winsEitherWay(store, neighbours(facts), message);
    },
    "times far away are kept, and in their order": async ({ store }) => {
      const far = ["1899-12-31", "1969-12-31", "1970-01-01", "2001-09-09", "2100-01-01", "9999-12-31"];
      const times = [-1, 0, 1, ...far.map((day) => Date.parse(`${day}T01:46:39.999Z`))].toSorted(
        (a, b) => a - b,
      );
      const facts = times.map((time) => fact({ at: new Date(time), recordedAt: new Date(time) }));
      const message =
        "A time before 1970, or far from now, must be kept and have its place among the others.";
      await winsEitherWay(store, neighbours(facts), message);
    },
    "an opt-out and an opt-in of the same time are both kept": async ({ store }) => {
      const facts = [fact(), fact({ state: "opted-in" })];
      for (const entry of facts) await store.record([entry]);
      await store.holds(
        facts,
        "At equal times the opt-out must win, so it must be there, and so must the opt-in.",
      );
    },
  },
};

/** Each with the one that follows it, and wins over it. */
function neighbours(facts: readonly SuppressionEntry[]): Pair[] {
  return facts.flatMap((loser, index) =>
    facts.slice(index + 1, index + 2).map((winner) => [loser, winner] as const),
  );
}

/** Fails unless both orders of arrival end at the winner. Each has a recipient of its own. */
async function winsEitherWay(store: CheckedStore, pairs: readonly Pair[], message: string): Promise<void> {
  const arrivals = pairs.flatMap(([loser, winner]) => [
    { first: loser, second: winner, winner },
    { first: winner, second: loser, winner },
  ]);
  for (const [index, { first, second, winner }] of arrivals.entries()) {
    const recipient = person(index);
    await store.record([{ ...first, recipient }]);
    await store.record([{ ...second, recipient }]);
    await store.holds([{ ...winner, recipient }], message);
  }
}
