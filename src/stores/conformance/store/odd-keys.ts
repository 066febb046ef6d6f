import { same } from "../checks.js";
import { fact, minute, plain, unordered } from "../facts.js";
import { ambiguousPairs, oddKeys, oddTexts } from "../odd-texts.js";
import { collect } from "./checked-store.js";
import { ledgerConcern, type StoreConcern } from "./context.js";

const apart =
  "Two keys were taken for one: keys are told apart by every character, case, spaces and accents included.";
const verbatim = "A text was changed on its way: what was said must be kept verbatim.";

/** Whatever text a key or a field may be. */
export const oddity: StoreConcern = {
  name: "odd keys",
  needs: [],
  tests: {
    senders: async ({ store }) => {
      const facts = oddKeys.map((sender, index) => fact({ sender, at: minute(index) }));
      await store.record(facts);
      await store.holds(facts, apart);
      const again = await store.record(facts);
      same(
        again,
        facts.map(() => false),
        apart,
      );
    },
    recipients: async ({ store }) => {
      const facts = oddKeys.map((recipient, index) => fact({ recipient, at: minute(index) }));
      await store.record(facts);
      await store.holds(facts, apart);
    },
    "one at a time": async ({ store }) => {
      for (const [index, key] of oddKeys.entries()) {
        const facts = [fact({ recipient: key, sender: key, at: minute(index) })];
        same(await store.of(key), [], apart);
        same(await store.record(facts), [true], apart);
        await store.holds(facts, apart);
      }
    },
    "recipients and senders that look alike when they are joined": async ({ store }) => {
      const facts = ambiguousPairs.map(([recipient, sender], index) =>
        fact({ recipient, sender, at: minute(index) }),
      );
      same(
        await store.record(facts),
        facts.map(() => true),
        apart,
      );
      await store.holds(facts, apart);
    },
    texts: async ({ store }) => {
      const facts = oddTexts.map((text, index) =>
        fact({ sender: `SENDER${index}`, keyword: text, messageId: text, note: text }),
      );
      await store.record(facts);
      await store.holds(facts, verbatim);
    },
    "what is absent stays absent": async ({ store }) => {
      const facts = [
        fact({ sender: "A" }),
        fact({ sender: "B", keyword: "STOP" }),
        fact({ sender: "C", messageId: "Incoming_1" }),
        fact({ sender: "D", note: "by phone" }),
      ];
      await store.record(facts);
      await store.holds(
        facts,
        "A field that was absent came back: it must stay absent, and be neither `null` nor `undefined`.",
      );
    },
  },
};

/** Whatever text a key may be, in a ledger's lists too. */
export const oddityOfLedgers: StoreConcern = ledgerConcern({
  name: "odd keys of a ledger",
  needs: [],
  tests: {
    "they are all in its lists": async ({ store }) => {
      const facts = oddKeys.map((key, index) => fact({ recipient: key, sender: key, at: minute(index) }));
      await store.record(facts);
      same(unordered(await collect(store.entries())), unordered(facts), apart);
      for (const entry of facts)
        same((await collect(store.history(entry.recipient))).map(plain), [plain(entry)], apart);
    },
  },
});
