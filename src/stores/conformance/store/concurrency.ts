import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { same } from "../checks.js";
import { fact, minute, newestOf, otherSender, person, recipientsOf, sender, times } from "../facts.js";
import { inBatches, oneOf, seeded, shuffled } from "../random.js";
import type { CheckedStore } from "./checked-store.js";
import type { StoreConcern, StoreContext } from "./context.js";

/** Many write at once, over one store. */
export const concurrency: StoreConcern = {
  name: "concurrency",
  needs: [],
  tests: testsOf(async ({ store }) => [store, store]),
};

/** Many write at once, over two stores on the same data. */
export const concurrencyOfTwo: StoreConcern = {
  name: "concurrency of two stores",
  needs: ["openAnother"],
  tests: testsOf(async ({ store, openAnother }) => [store, await openAnother()]),
};

type Writers = readonly [CheckedStore, CheckedStore];

const lost =
  "A write that is not atomic: what one writer recorded was overwritten by another who had looked before. Comparing " +
  "and replacing must be one step in the database.";

function testsOf(open: (context: StoreContext) => Promise<Writers>): StoreConcern["tests"] {
  return {
    "of many who record one fact at once, one is told `true`": async (context) => {
      const stores = await open(context);
      for (let round = 0; round < 5; round += 1) {
        const mark = fact({ recipient: person(round), sender: `confirmation:${round}`, at: new Date(0) });
        const changed = await Promise.all(times(20, (index) => writer(stores, index).recordOne(mark)));
        const wins = changed.filter((became) => became).length;
        same(
          wins,
          1,
          `A write that is not atomic: 20 recorded one fact at once, and ${wins} were told \`true\`, so ${once}`,
        );
      }
    },
    "of many facts recorded at once the newest stays": async (context) => {
      const stores = await open(context);
      for (let round = 0; round < 5; round += 1) {
        const facts = times(20, (index) => fact({ recipient: person(round), at: minute(index) }));
        const arrivals = shuffled(facts, seeded(round));
        const changed = await Promise.all(
          arrivals.map((entry, index) => writer(stores, index).recordOne(entry)),
        );
        const newest = arrivals.findIndex((entry) => entry === facts.at(-1));
        same(
          changed[newest],
          true,
          "The newest of many became so, whenever it came, and must be told `true`.",
        );
        await stores[1].holds(facts, lost);
      }
    },
    "facts of different senders and states at once are all kept": async (context) => {
      const stores = await open(context);
      const facts = times(20, (index) =>
        fact({ sender: `+180055501${10 + (index >> 1)}`, state: index % 2 === 0 ? "opted-out" : "opted-in" }),
      );
      await Promise.all(facts.map((entry, index) => writer(stores, index).record([entry])));
      await stores[1].holds(facts, lost);
    },
    "lists of the same recipients in opposite orders don't block each other": async (context) => {
      const stores = await open(context);
      const recipients = times(60, person);
      const lists = times(8, (index) => {
        const facts = recipients.map((recipient) => fact({ recipient, at: minute(index) }));
        return index % 2 === 0 ? facts : facts.toReversed();
      });
      await Promise.all(lists.map((facts, index) => writer(stores, index).record(facts)));
      await stores[1].holds(lists.flat(), lost);
    },
    "any facts in any order at once end at the one right state": async (context) => {
      const stores = await open(context);
      const random = seeded(5);
      const facts = randomFacts(120, random);
      const wins = await Promise.all(
        times(6, (index) =>
          recordAll(writer(stores, index), writer(stores, index + 1), shuffled(facts, random), random),
        ),
      );
      await stores[1].holds(facts, lost);
      for (const newest of recipientsOf(facts).flatMap((recipient) => newestOf(facts, recipient)))
        same(
          wins.flat().filter((entry) => entry === newest).length,
          1,
          `A newest fact became so once, so ${once}`,
        );
    },
  };
}

const once = "exactly one must be told `true`: it is what makes a confirmation single-use.";

function writer(stores: Writers, index: number): CheckedStore {
  return stores[index % 2 === 0 ? 0 : 1];
}

/** Records facts in lists, and looks through the other store whether what was acknowledged is there. */
async function recordAll(
  store: CheckedStore,
  reader: CheckedStore,
  facts: readonly SuppressionEntry[],
  random: () => number,
): Promise<SuppressionEntry[]> {
  const wins: SuppressionEntry[] = [];
  for (const batch of inBatches(facts, 7, random)) {
    const changed = await store.record(batch);
    wins.push(...batch.filter((_, index) => changed[index] === true));
    await reader.includes(batch, "What was acknowledged must be found from then on, or by something newer.");
  }
  return wins;
}

/** Distinct facts about five recipients, some of the same time. */
function randomFacts(count: number, random: () => number): SuppressionEntry[] {
  return times(count, (index) =>
    fact({
      recipient: person(Math.floor(random() * 5)),
      sender: oneOf([sender, otherSender], random),
      state: oneOf(["opted-out", "opted-in"], random),
      at: minute(Math.floor(random() * 30)),
      messageId: `Incoming_${index}`,
    }),
  );
}
