import { ensure, same } from "../checks.js";
import { fact, minute, otherSender, person, sender, times } from "../facts.js";
import { seeded, shuffled } from "../random.js";
import type { StoreConcern } from "./context.js";

const large = 5000;

/** Lists of any length, with anything twice in them. */
export const batches: StoreConcern = {
  name: "batches",
  needs: [],
  tests: {
    "every entry of a list is recorded": async ({ store }) => {
      const facts = [
        fact(),
        fact({ state: "opted-in", at: minute(-1) }),
        fact({ sender: otherSender }),
        fact({ recipient: person(1) }),
      ];
      same(
        await store.record(facts),
        facts.map(() => true),
        "Each of these became the newest, and must say so.",
      );
      await store.holds(facts, "A list was recorded in part only: every entry of it is somebody's word.");
    },
    "one sender and recipient may come several times": async ({ store }) => {
      const facts = [2, 9, 4, 1].map((at) => fact({ at: minute(at) }));
      const changed = await store.record(facts);
      ensure(changed[1] === true, "The newest of a list must be answered as if it had come alone: `true`.");
      await store.holds(
        facts,
        "Of several entries about one sender and recipient in a list the newest must stay.",
      );
    },
    "one fact may come several times": async ({ store }) => {
      const changed = await store.record([fact(), fact(), fact()]);
      const wins = changed.filter((became) => became).length;
      same(wins, 1, `A fact three times in one list became the newest once, not ${wins} times.`);
      same(
        await store.record([fact(), fact()]),
        [false, false],
        "A fact that is known must be answered `false`.",
      );
      await store.holds([fact()], "A fact several times in a list is one fact.");
    },
    "each answer is at the place of its entry": async ({ store }) => {
      const known = times(40, (index) => fact({ recipient: person(3 * index) }));
      await store.record(known);
      const facts = shuffled(
        times(120, (index) => fact({ recipient: person(index) })),
        seeded(1),
      );
      const expected = facts.map(({ recipient }) => !known.some((entry) => entry.recipient === recipient));
      same(
        await store.record(facts),
        expected,
        "The answers of `record` must be in the order of its entries.",
      );
    },
    "a recipient may be asked for several times": async ({ store }) => {
      await store.record([fact(), fact({ recipient: person(1), at: minute(1) })]);
      const asked = [person(1), person(0), person(1), person(2), person(0), person(1)];
      const found = await store.find(asked);
      const counts = found.map((entries) => entries.length);
      same(counts, [1, 1, 1, 0, 1, 1], "A recipient who is asked for twice must be answered twice.");
    },
    [`${large} entries are one list`]: async ({ store }) => {
      const senders = times(10, (index) => `${sender}${index}`);
      const facts = times(large / senders.length, person).flatMap((recipient, index) =>
        senders.map((sender) => fact({ recipient, sender, at: minute(index) })),
      );
      const changed = await store.record(shuffled(facts, seeded(2)));
      ensure(!changed.includes(false), "Each entry of the large list became the newest, and must say so.");
      await store.holds(facts, "A large list was recorded in part only.");
    },
    [`${large} recipients are one question`]: async ({ store }) => {
      const known = [fact({ recipient: person(7) }), fact({ recipient: person(large - 1) })];
      await store.record(known);
      const found = await store.find(times(large, person));
      const places = found.flatMap((entries, index) => (entries.length > 0 ? [index] : []));
      same(places, [7, large - 1], "In a large question every recipient must be answered.");
    },
  },
};
