import { outcomeOf, same } from "../checks.js";
import { fact, person, plain } from "../facts.js";
import type { StoreConcern } from "./context.js";

/** The end of a store. */
export const disposal: StoreConcern = {
  name: "disposal",
  needs: [],
  tests: {
    "it ends, also the second time": async ({ store, disposeNow }) => {
      await store.record([fact()]);
      await disposeNow();
      await disposeNow();
    },
    "it ends for a store that was never used": async ({ disposeNow }) => {
      await disposeNow();
    },
    "a store that was disposed of rejects, or answers right": async ({ store, disposeNow }) => {
      await store.record([fact()]);
      await disposeNow();
      await outcomeOf(store.record([fact()]));
      const found = await outcomeOf(store.of(person(0)));
      if (found.isDone) {
        const message =
          'A store that was disposed of must reject, or know what it knew: never "nobody opted out".';
        same(found.value.map(plain), [plain(fact())], message);
      }
    },
    "a store that is made next is empty": async ({ store }) => {
      same(await store.of(person(0)), [], "`createStore` must make a store that is empty, for each test.");
    },
  },
};
