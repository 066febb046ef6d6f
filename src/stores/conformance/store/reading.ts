import { ensure, same } from "../checks.js";
import { fact, minute, otherSender, person, sender, times, unordered } from "../facts.js";
import type { StoreConcern } from "./context.js";

/** What is written can be read, by those it is about. */
export const reading: StoreConcern = {
  name: "reading",
  needs: [],
  tests: {
    "a new store knows nothing of anybody": async ({ store }) => {
      same(await store.find([person(0)]), [[]], "A fresh store must answer with an empty list.");
      same(await store.find([]), [], "Nothing asked is nothing answered.");
      same(await store.record([]), [], "Nothing recorded is nothing answered.");
    },
    "an opt-out is found, whole": async ({ store }) => {
      const stop = fact({ keyword: "Stop!", messageId: "Incoming_1", note: "by phone" });
      ensure(await store.recordOne(stop), "`record` must answer `true` where an entry became the newest.");
      await store.holds([stop], "An opt-out that was recorded must be found, with every word of it.");
    },
    "every source is kept": async ({ store }) => {
      const sources = ["keyword", "delivery-report", "service", "manual", "import"] as const;
      const facts = sources.map((source, index) => fact({ source, recipient: person(index) }));
      await store.record(facts);
      await store.holds(facts, "Where a fact comes from must be kept: it is the proof.");
    },
    "each recipient has their own": async ({ store }) => {
      const facts = [fact({ recipient: person(1) }), fact({ recipient: person(2), at: minute(1) })];
      await store.record(facts);
      await store.holds(facts, "One recipient's entries must not show up at another's, nor displace them.");
      same(await store.of(person(3)), [], "Whoever was in no fact must have an empty list.");
    },
    "each sender has their own": async ({ store }) => {
      const facts = [sender, otherSender, "12345", "CONTOSO", "*"].flatMap((sender, index) => [
        fact({ sender, at: minute(index) }),
        fact({ sender, state: "opted-in", at: minute(-index) }),
      ]);
      await store.record(facts);
      await store.holds(facts, "Each sender must have a newest opt-out and a newest opt-in of its own.");
    },
    "an answer is in the order of the question, with empty lists for strangers": async ({ store }) => {
      const known = times(150, (index) => fact({ recipient: person(2 * index), at: minute(index) }));
      await store.record(known);
      const asked = times(300, person).toReversed();
      const found = await store.find(asked);
      const expected = asked.map((recipient) =>
        unordered(known.filter((entry) => entry.recipient === recipient)),
      );
      same(
        found.map(unordered),
        expected,
        "`find` must answer for each recipient, in the order of the question.",
      );
    },
    "it is a ledger, or none, as it is said to be": async ({ store, ledger = store.isLedger }) => {
      const has = store.ledgerMethods.map((name) => `\`${name}\``).join(" and ");
      ensure(
        store.ledgerMethods.length !== 1,
        `A ledger must have both \`history\` and \`entries\`, and this has ${has}.`,
      );
      ensure(
        store.isLedger === ledger,
        `\`ledger: ${ledger}\` was said of a store that has ${has || "neither"}.`,
      );
    },
  },
};
