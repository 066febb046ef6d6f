import { outcomeOf, rejects, same } from "../checks.js";
import { fact, minute, person, plain, times, unordered } from "../facts.js";
import { collect } from "./checked-store.js";
import { readsOnOrThrows, recordMany } from "./interrupted.js";
import { ledgerConcern, type StoreConcern } from "./context.js";

const ignored =
  "A signal that was aborted before the call must make it reject: the caller has given up already.";

/** A caller who gives up. */
export const abort: StoreConcern = {
  name: "abort",
  needs: [],
  tests: {
    "`find` rejects where the signal was aborted before": async ({ store }) => {
      await store.record([fact()]);
      await rejects(store.find([person(0)], aborted()), ignored);
      await store.holds([fact()], "A call that was aborted must leave the store as it was.");
    },
    "`record` rejects where the signal was aborted before, and records nothing": async ({ store }) => {
      await rejects(store.record([fact()], aborted()), ignored);
      same(
        await store.of(person(0)),
        [],
        "A signal that was aborted before the call: nothing must be recorded.",
      );
      same(await store.record([fact()]), [true], "What was rejected can be repeated, and is news then.");
    },
    "a signal that is not aborted changes nothing": async ({ store }) => {
      const { signal } = new AbortController();
      same(await store.record([fact()], { abortSignal: signal }), [true], "It is the first fact.");
      const found = await store.find([person(0)], { abortSignal: signal });
      same(
        found.map((entries) => entries.map(plain)),
        [[plain(fact())]],
        "An opt-out must be found.",
      );
    },
    "a call that is aborted half way settles, and can be repeated": async ({ store }) => {
      for (const [round, moment] of moments.entries()) {
        const facts = times(400, (index) => fact({ recipient: person(index), at: minute(round) }));
        const controller = new AbortController();
        const options = { abortSignal: controller.signal };
        const calls = Promise.all([
          outcomeOf(store.record(facts, options)),
          outcomeOf(
            store.find(
              facts.map(({ recipient }) => recipient),
              options,
            ),
          ),
        ]);
        await moment();
        controller.abort();
        await calls;
        await store.record(facts);
        await store.holds(facts, "After a rejection the whole list is repeated, and must be in then.");
      }
    },
  },
};

/** A caller who gives up on a ledger. */
export const abortOfLedgers: StoreConcern = ledgerConcern({
  name: "abort of a ledger",
  needs: [],
  tests: {
    "`history` and `entries` throw where the signal was aborted before": async ({ store }) => {
      await store.record([fact()]);
      await rejects(collect(store.history(person(0), aborted())), ignored);
      await rejects(collect(store.entries(aborted())), ignored);
    },
    "what was aborted and repeated is in the history once": async ({ store }) => {
      const facts = times(400, (index) => fact({ at: minute(index) }));
      const controller = new AbortController();
      const call = outcomeOf(store.record(facts, { abortSignal: controller.signal }));
      await new Promise(setImmediate);
      controller.abort();
      await call;
      await store.record(facts);
      const told = await collect(store.history(person(0)));
      same(unordered(told), unordered(facts), "What was aborted and repeated must be in the history once.");
    },
    "a list that is aborted half way throws, or is read to its end": async ({ store }) => {
      const recipients = await recordMany(store);
      const controller = new AbortController();
      const list = store.entries({ abortSignal: controller.signal });
      await readsOnOrThrows(list, recipients, async () => controller.abort());
    },
  },
});

function aborted(): { abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.abort() };
}

/** Some moments at which a call may be under way. */
const moments: readonly (() => Promise<unknown>)[] = [
  async () => {},
  () => new Promise((resolve) => process.nextTick(resolve)),
  () => new Promise(setImmediate),
  () => new Promise((resolve) => void setTimeout(resolve, 1)),
  () => new Promise((resolve) => void setTimeout(resolve, 5)),
];
