import { same } from "../checks.js";
import {
  distinct,
  fact,
  minute,
  otherSender,
  person,
  plain,
  recipientsOf,
  times,
  unordered,
} from "../facts.js";
import { inBatches, seeded, shuffled } from "../random.js";
import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { collect, type CheckedStore } from "./checked-store.js";
import { ledgerConcern, type StoreConcern } from "./context.js";

const inOrder =
  "The history must hold every distinct fact once, in the order of arrival, the superseded ones too.";

/** The proof of who said what, and when. */
export const history: StoreConcern = ledgerConcern({
  name: "history",
  needs: [],
  tests: {
    "whoever was in no fact has none": async ({ store }) => {
      await store.record([fact()]);
      same(await collect(store.history(person(1))), [], "The history of a stranger must be empty.");
    },
    "a fact that came too late to be the newest is in it": async ({ store }) => {
      const facts = [3, 1, 2, 5, 4].map((at) => fact({ at: minute(at) }));
      for (const entry of facts) await store.record([entry]);
      await tells(
        store,
        facts,
        "The history lost a superseded fact: it must hold every one, in the order of arrival.",
      );
    },
    "a list is in it, in the list's order": async ({ store }) => {
      const facts = [
        fact({ at: minute(3) }),
        fact({ at: minute(1), sender: otherSender }),
        fact({ at: minute(2), state: "opted-in" }),
        fact({ at: minute(1) }),
        fact({ at: minute(2), sender: "*" }),
      ];
      await store.record(facts);
      await tells(store, facts, inOrder);
    },
    "a repeated fact is in it once, as it was written down first": async ({ store }) => {
      const facts = [
        fact({ at: minute(2) }),
        fact({ at: minute(1) }),
        fact({ at: minute(2), messageId: "Incoming_1" }),
      ];
      await store.record([...facts, ...facts]);
      await store.record(facts.map((entry) => ({ ...entry, recordedAt: minute(500) })));
      for (const entry of facts) await store.record([{ ...entry, recordedAt: minute(600) }]);
      await tells(
        store,
        facts,
        "A repeated fact was doubled, or written down anew: it must be there once, with the first `recordedAt`.",
      );
    },
    "the words are verbatim": async ({ store }) => {
      const facts = [
        fact({ keyword: " “Stop” all of it,\r\nnow!\t", messageId: "Incoming_1", note: "n".repeat(10_000) }),
        fact({ keyword: "ARRÊT 🛑", state: "opted-in", source: "manual" }),
      ];
      await store.record(facts);
      await tells(store, facts, "What was said must be kept verbatim: it is the proof.");
    },
    "each recipient has their own": async ({ store }) => {
      const facts = times(30, (index) => fact({ recipient: person(index % 3), at: minute(index) }));
      await store.record(facts);
      await tells(store, facts, "A history must hold its recipient's facts, and nobody else's.");
    },
    "it may be longer than any page": async ({ store }) => {
      const facts = shuffled(
        times(1500, (index) => fact({ at: minute(index) })),
        seeded(6),
      );
      for (const batch of inBatches(facts, 600, seeded(7))) await store.record(batch);
      await tells(store, facts, "A long history was cut, or lost its order: it must be read to its end.");
    },
    "reading it may end early, as often as one likes": async ({ store }) => {
      const facts = times(20, (index) => fact({ at: minute(index) }));
      await store.record(facts);
      for (let round = 0; round < 20; round += 1) {
        for await (const first of store.history(person(0))) {
          same(plain(first), plain(facts[0] ?? first), inOrder);
          break;
        }
      }
      await tells(store, facts, "A reader who left early must not keep others from reading.");
    },
    "many who write at once leave each fact once": async ({ store }) => {
      const facts = times(60, (index) => fact({ recipient: person(index % 4), at: minute(index % 20) }));
      const unique = distinct(facts);
      await Promise.all(
        times(6, async (index) => {
          for (const batch of inBatches(shuffled(facts, seeded(index)), 9, seeded(index)))
            await store.record(batch);
        }),
      );
      for (const recipient of recipientsOf(unique)) {
        const told = await collect(store.history(recipient));
        const expected = unique.filter((entry) => entry.recipient === recipient);
        same(
          unordered(told),
          unordered(expected),
          "Of many writers at once each fact must be in the history once.",
        );
      }
    },
  },
});

/** Fails unless the histories of all recipients of these facts are these facts, in this order. */
async function tells(
  store: CheckedStore,
  facts: readonly SuppressionEntry[],
  message: string,
): Promise<void> {
  for (const recipient of recipientsOf(facts)) {
    const told = await collect(store.history(recipient));
    same(told.map(plain), facts.filter((entry) => entry.recipient === recipient).map(plain), message);
  }
}
