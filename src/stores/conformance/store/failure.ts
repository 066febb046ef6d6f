import { rejects } from "../checks.js";
import { fact, minute, person, times } from "../facts.js";
import { collect } from "./checked-store.js";
import { endedEarly, readsOnOrThrows, recordMany } from "./interrupted.js";
import { ledgerConcern, type StoreConcern } from "./context.js";

const swallowed =
  "A store swallowed its backend's error: one that cannot answer must reject. Whatever it answers instead reads as " +
  '"not opted out", and people who said STOP are texted.';
const lost =
  "A store acknowledged what its backend did not take: it must reject, so that the event comes again.";

/** A store whose backend fails says so, each time. */
export const failure: StoreConcern = {
  name: "failure",
  needs: ["breakBackend"],
  tests: {
    "`find` rejects, for one and for many": async ({ store, breakBackend }) => {
      await store.record([fact()]);
      await store.find([person(0)]);
      await breakBackend();
      await rejects(store.find([person(0)]), swallowed);
      await rejects(store.find([person(1)]), swallowed);
      await rejects(store.find(times(500, person)), swallowed);
    },
    "`record` rejects, for one and for many": async ({ store, breakBackend }) => {
      await store.record([fact()]);
      await breakBackend();
      await rejects(store.record([fact({ at: minute(1) })]), lost);
      await rejects(store.record([fact()]), lost);
      await rejects(store.record(times(500, (index) => fact({ recipient: person(index) }))), lost);
    },
    "a store whose backend fails before its first use rejects": async ({ store, breakBackend }) => {
      await breakBackend();
      await rejects(store.find([person(0)]), swallowed);
      await rejects(store.record([fact()]), lost);
      await rejects(store.find([person(0)]), swallowed);
    },
    "calls at once all reject": async ({ store, breakBackend }) => {
      await store.record([fact()]);
      await breakBackend();
      await Promise.all(
        times(10, async (index) => {
          await rejects(store.find([person(0)]), swallowed);
          await rejects(store.record([fact({ at: minute(index) })]), lost);
        }),
      );
    },
  },
};

/** A ledger whose backend fails says so, also half way through a list. */
export const failureOfLedgers: StoreConcern = ledgerConcern({
  name: "failure of a ledger",
  needs: ["breakBackend"],
  tests: {
    "`history` and `entries` throw": async ({ store, breakBackend }) => {
      await store.record([fact()]);
      await breakBackend();
      await rejects(collect(store.history(person(0))), endedEarly);
      await rejects(collect(store.entries()), endedEarly);
    },
    "`entries` throws where its backend fails half way, or is read to its end": async ({
      store,
      breakBackend,
    }) => {
      const count = await recordMany(store);
      await readsOnOrThrows(store.entries(), count, breakBackend);
    },
  },
});
