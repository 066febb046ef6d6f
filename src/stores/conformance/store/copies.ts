import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { same } from "../checks.js";
import { fact, minute, person, plain, unordered } from "../facts.js";
import { collect } from "./checked-store.js";
import { ledgerConcern, type StoreConcern } from "./context.js";

const shared =
  "The store and its caller hold the same object: what one does to it later changes what the other has. Copy what is " +
  "taken and what is given out.";

/** What is given and taken are copies. */
export const copies: StoreConcern = {
  name: "copies",
  needs: [],
  tests: {
    "what a caller does to an entry later changes nothing": async ({ store }) => {
      const given = { ...fact(), at: minute(0), recordedAt: minute(1) };
      const list = [given];
      await store.record(list);
      const expected = [fact({ recordedAt: minute(1) })];
      given.sender = "CHANGED";
      given.at.setTime(1);
      given.recordedAt.setTime(1);
      list.length = 0;
      await store.holds(expected, shared);
    },
    "what a caller does to an answer changes nothing": async ({ store }) => {
      const facts = [fact(), fact({ state: "opted-in" })];
      await store.record(facts);
      spoil(await store.of(person(0)));
      await store.holds(facts, shared);
    },
    "an answer that was given out does not change": async ({ store }) => {
      await store.record([fact({ at: minute(1) })]);
      const before = await store.of(person(0));
      await store.record([fact({ at: minute(2) }), fact({ state: "opted-in" })]);
      same(before.map(plain), [plain(fact({ at: minute(1) }))], shared);
    },
    "the question and the list stay as they were": async ({ store }) => {
      const entries = [3, 1, 2].map((at) => fact({ at: minute(at) }));
      const recipients = [person(2), person(0), person(1)];
      await store.record(Object.freeze(entries.map((entry) => Object.freeze(entry))));
      await store.find(Object.freeze([...recipients]));
      same(
        entries.map(plain),
        [3, 1, 2].map((at) => plain(fact({ at: minute(at) }))),
        shared,
      );
    },
  },
};

/** What a ledger's lists give are copies. */
export const copiesOfLedgers: StoreConcern = ledgerConcern({
  name: "copies of a ledger",
  needs: [],
  tests: {
    "what a caller does to a ledger's lists changes nothing": async ({ store }) => {
      const facts = [fact(), fact({ state: "opted-in" })];
      await store.record(facts);
      spoil(await collect(store.history(person(0))));
      spoil(await collect(store.entries()));
      await store.holds(facts, shared);
      same(unordered(await collect(store.history(person(0)))), unordered(facts), shared);
    },
  },
});

/** Changes whatever can be changed; frozen objects refuse, which is as good. */
function spoil(entries: readonly SuppressionEntry[]): void {
  for (const entry of entries) {
    Reflect.set(entry, "state", "opted-in");
    Reflect.set(entry, "sender", "CHANGED");
    entry.at.setTime(1);
    entry.recordedAt.setTime(1);
  }
  Reflect.set(entries, "length", 0);
}
