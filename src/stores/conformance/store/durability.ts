import { same } from "../checks.js";
import { fact, minute, person, times } from "../facts.js";
import type { StoreConcern } from "./context.js";

const facts = [
  fact({ at: minute(1), keyword: "STOP" }),
  fact({ at: minute(2), state: "opted-in" }),
  ...times(20, (index) => fact({ recipient: person(index), at: minute(index - 30) })),
];

/** Another store on the same data knows what this one was told. */
export const sharing: StoreConcern = {
  name: "sharing",
  needs: ["openAnother"],
  tests: {
    "a store that is opened later knows": async ({ store, openAnother }) => {
      await store.record(facts);
      await (
        await openAnother()
      ).holds(facts, "Another store on the same data must know what this one recorded.");
    },
    "a store that is open already knows": async ({ store, openAnother }) => {
      const other = await openAnother();
      same(await other.of(person(0)), [], "A fresh store must be empty.");
      same(await store.of(person(0)), [], "A fresh store must be empty.");
      await store.record(facts);
      await other.holds(
        facts,
        "An answer from before was remembered: what another machine records must be seen at once.",
      );
    },
    "what one knows is no news to the other": async ({ store, openAnother }) => {
      const other = await openAnother();
      await store.record([fact({ at: minute(5) })]);
      same(
        await other.record([fact({ at: minute(5) })]),
        [false],
        "A fact that another store recorded is no news.",
      );
      same(
        await other.record([fact({ at: minute(4) })]),
        [false],
        "A fact older than another store's is no news.",
      );
      same(
        await other.record([fact({ at: minute(6) })]),
        [true],
        "A fact newer than another store's became the newest.",
      );
      await store.holds([fact({ at: minute(6) })], "Each store must see what the other recorded.");
    },
  },
};

/** What was recorded is there when the process that did it is not. */
export const durability: StoreConcern = {
  name: "durability",
  needs: ["recordElsewhere"],
  tests: {
    "what a process recorded outlives it": async ({ store, recordElsewhere }) => {
      await recordElsewhere(facts);
      await store.holds(facts, "What was acknowledged must be there after its process has ended.");
    },
    "what a process recorded is no news to the next": async ({ store, recordElsewhere }) => {
      await recordElsewhere([fact({ at: minute(5) })]);
      same(
        await store.record([fact({ at: minute(5) })]),
        [false],
        "A fact that an earlier process recorded is no news.",
      );
      same(
        await store.record([fact({ at: minute(4) })]),
        [false],
        "A fact older than an earlier process's is no news.",
      );
      await recordElsewhere([fact({ at: minute(3) }), fact({ at: minute(7) })]);
      await store.holds([fact({ at: minute(7) })], "What another process records meanwhile must be seen.");
    },
  },
};
