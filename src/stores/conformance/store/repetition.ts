import { same } from "../checks.js";
import { fact, minute, person, times } from "../facts.js";
import type { StoreConcern } from "./context.js";

const again =
  "The same fact again must be answered `false`: whoever acts on `true` (a confirmation) would act twice.";

/** Events come more than once. */
export const repetition: StoreConcern = {
  name: "repetition",
  needs: [],
  tests: {
    "the same fact again is no news": async ({ store }) => {
      same(
        await store.recordOne(fact()),
        true,
        "A first fact became the newest, and must be answered `true`.",
      );
      same(await store.recordOne(fact()), false, again);
      same(await store.recordOne(fact()), false, again);
      await store.holds([fact()], "A repeated fact must change nothing.");
    },
    "nor is it when it is written down later": async ({ store }) => {
      await store.record([fact({ recordedAt: minute(1) })]);
      same(await store.recordOne(fact({ recordedAt: minute(2) })), false, again);
      await store.holds(
        [fact({ recordedAt: minute(1) })],
        "Of a repeated fact the first `recordedAt` must stay.",
      );
    },
    "nor is one that was superseded": async ({ store }) => {
      await store.record([fact({ at: minute(1) })]);
      await store.record([fact({ at: minute(2) })]);
      same(await store.recordOne(fact({ at: minute(1) })), false, again);
      await store.holds(
        [fact({ at: minute(2) })],
        "A superseded fact that is repeated must stay superseded.",
      );
    },
    "nor is a whole list": async ({ store }) => {
      const facts = times(50, (index) => fact({ recipient: person(index % 20), at: minute(index) }));
      await store.record(facts);
      const repeated = await store.record(facts);
      same(
        repeated,
        facts.map(() => false),
        again,
      );
      await store.holds(facts, "A repeated list must change nothing.");
    },
    "a mark of a used confirmation is news once": async ({ store }) => {
      const mark = { sender: "confirmation:Incoming_1", at: new Date(0), messageId: "Incoming_1" };
      same(
        await store.recordOne(fact({ ...mark, recordedAt: minute(1) })),
        true,
        "The first to use it must be told so.",
      );
      same(await store.recordOne(fact({ ...mark, recordedAt: minute(9) })), false, again);
    },
  },
};
