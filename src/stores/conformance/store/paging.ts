import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { ensure, same } from "../checks.js";
import { fact, minute, otherSender, person, recipientsOf, times, unordered } from "../facts.js";
import { inBatches, seeded } from "../random.js";
import { collect, type CheckedStore } from "./checked-store.js";
import { ledgerConcern, type StoreConcern } from "./context.js";

/** More than any database gives in one page. */
const many = 2500;

/** The state of everybody, in pages. */
export const paging: StoreConcern = ledgerConcern({
  name: "paging",
  needs: [],
  tests: {
    "a new store has no entries": async ({ store }) => {
      same(await collect(store.entries()), [], "A fresh ledger must have no entries.");
    },
    "the newest entries are listed, and no others": async ({ store }) => {
      const facts = [
        ...[1, 3, 2].map((at) => fact({ at: minute(at) })),
        fact({ at: minute(4), state: "opted-in" }),
        fact({ sender: "*", at: minute(5) }),
        fact({ recipient: person(1), sender: otherSender }),
      ];
      await store.record(facts);
      await listsWhatIsFound(store, recipientsOf(facts));
    },
    [`${many} recipients are all listed, each once, with all of their entries together`]: async ({
      store,
    }) => {
      for (const facts of inBatches(times(many, person).flatMap(factsAbout), 800, seeded(8)))
        await store.record(facts);
      await listsWhatIsFound(store, times(many, person));
    },
    "reading may end early, as often as one likes": async ({ store }) => {
      const facts = times(50, (index) => fact({ recipient: person(index) }));
      await store.record(facts);
      for (let round = 0; round < 20; round += 1) for await (const _ of store.entries()) break;
      await store.record([fact({ recipient: person(50) })]);
      await listsWhatIsFound(store, times(51, person));
    },
  },
});

/** Two for most, and many for some. */
function factsAbout(recipient: string, index: number): SuppressionEntry[] {
  const senders = index % 100 === 0 ? times(12, (number) => `SENDER${number}`) : ["CONTOSO"];
  return senders.flatMap((sender) => [
    fact({ recipient, sender }),
    fact({ recipient, sender, state: "opted-in", at: minute(index) }),
  ]);
}

async function listsWhatIsFound(store: CheckedStore, recipients: readonly string[]): Promise<void> {
  const listed = await collect(store.entries());
  const begun = listed.filter((entry, index) => entry.recipient !== listed[index - 1]?.recipient);
  const seen = new Set(listed.map(({ recipient }) => recipient));
  const missing = recipients.filter((recipient) => !seen.has(recipient)).length;
  same(
    missing,
    0,
    `\`entries\` left out ${missing} of ${recipients.length} recipients: it must read on to the last page.`,
  );
  ensure(
    begun.length === seen.size,
    "`entries` must list all entries of one recipient together, and nobody twice: whoever exports them goes by that.",
  );
  const found = (await store.find(recipients)).flat();
  same(unordered(listed), unordered(found), "`entries` must list exactly what `find` answers.");
}
