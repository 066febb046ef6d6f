import { same } from "../checks.js";
import { minute } from "../facts.js";
import { oddKeys } from "../odd-texts.js";
import type { InboxConcern } from "./context.js";

const apart =
  "Two keys were taken for one: keys are told apart by every character, case, spaces and accents included.";

/** Keys hold message ids, which come from outside. */
export const oddity: InboxConcern = {
  name: "odd keys",
  needs: [],
  tests: {
    events: async ({ inbox }) => {
      for (const key of keys) await inbox.complete(key, await inbox.claimed(key));
      for (const key of keys) same(await inbox.stateOf(key), "done", apart);
    },
    replies: async ({ inbox }) => {
      for (const [index, key] of keys.entries()) {
        same((await inbox.beginReply(key, minute(index))).isNew, true, apart);
        await inbox.completeReply(key, `Outgoing ${key}`);
      }
      for (const [index, key] of keys.entries()) {
        const expected = { beganAt: minute(index), sentMessageId: `Outgoing ${key}`, isNew: false };
        same({ ...(await inbox.beginReply(key, minute(-1))) }, expected, apart);
      }
    },
  },
};

const keys = [...oddKeys, "k".repeat(3000), `${"k".repeat(2999)}K`];
