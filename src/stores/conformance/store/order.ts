import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { same } from "../checks.js";
import { fact, minute, otherSender, person, sender, times } from "../facts.js";
import { inBatches, oneOf, seeded, shuffled } from "../random.js";
import type { StoreConcern } from "./context.js";

const arrival = "Arrival order decided: events come late and out of order, so the newest by `at` must stay.";
const erased =
  "A fact of one state erased one of the other: the newest opt-out and the newest opt-in must both be kept, since " +
  "which of them counts is decided when they are read.";

/** Which fact stays has nothing to do with which came last. */
export const order: StoreConcern = {
  name: "order",
  needs: [],
  tests: {
    "an older fact that comes later changes nothing": async ({ store }) => {
      await store.record([fact({ at: minute(5) })]);
      same(await store.recordOne(fact({ at: minute(4) })), false, "An older fact did not become the newest.");
      await store.holds([fact({ at: minute(5) })], arrival);
    },
    "a newer fact takes the place of an older one": async ({ store }) => {
      await store.record([fact({ at: minute(4) })]);
      same(await store.recordOne(fact({ at: minute(5) })), true, "A newer fact became the newest.");
      await store.holds([fact({ at: minute(5) })], "The newer of two facts must stay.");
    },
    "a list is in no order": async ({ store }) => {
      const facts = [3, 1, 4, 2].map((at) => fact({ at: minute(at) }));
      await store.record(facts);
      await store.holds(facts, arrival);
    },
    "an opt-in does not erase the opt-out": async ({ store }) => {
      const facts = [fact({ at: minute(1) }), fact({ at: minute(2), state: "opted-in" })];
      for (const entry of facts) same(await store.recordOne(entry), true, "It is the newest of its state.");
      await store.holds(facts, erased);
    },
    "an opt-out does not erase the opt-in": async ({ store }) => {
      const facts = [fact({ at: minute(1), state: "opted-in" }), fact({ at: minute(2) })];
      for (const entry of facts) same(await store.recordOne(entry), true, "It is the newest of its state.");
      await store.holds(facts, erased);
    },
    "a sender's facts do not displace another's": async ({ store }) => {
      const facts = [fact({ at: minute(1) }), fact({ at: minute(2), sender: otherSender })];
      for (const entry of facts) await store.record([entry]);
      await store.holds(
        facts,
        "A fact about one sender displaced another sender's: each sender has a state of its own.",
      );
    },
    "the wall clock of writing does not matter": async ({ store }) => {
      const facts = [
        fact({ at: minute(5), recordedAt: minute(6) }),
        fact({ at: minute(4), recordedAt: minute(60) }),
      ];
      for (const entry of facts) await store.record([entry]);
      await store.holds(
        facts,
        "What was written down later took the place of what was said later: `at` must decide.",
      );
    },
    "any order of arrival, one by one or in lists, ends at the same state": async ({ store }) => {
      const random = seeded(3);
      for (let round = 0; round < 20; round += 1) {
        const facts = randomFacts(person(round), random);
        for (const batch of inBatches(shuffled([...facts, ...facts], random), 5, random))
          await store.record(batch);
        await store.holds(facts, arrival);
      }
    },
  },
};

/** Facts about one recipient, some of the same time. */
function randomFacts(recipient: string, random: () => number): SuppressionEntry[] {
  return times(16, () =>
    fact({
      recipient,
      sender: oneOf([sender, otherSender], random),
      state: oneOf(["opted-out", "opted-in"], random),
      at: minute(Math.floor(random() * 6)),
      source: oneOf(["keyword", "manual", "import"], random),
    }),
  );
}
