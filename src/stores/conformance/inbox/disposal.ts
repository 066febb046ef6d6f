import { outcomeOf, same } from "../checks.js";
import type { InboxConcern } from "./context.js";

/** The end of an inbox. */
export const disposal: InboxConcern = {
  name: "disposal",
  needs: [],
  tests: {
    "it ends, also the second time": async ({ inbox, disposeNow }) => {
      await inbox.claimed("event");
      await disposeNow();
      await disposeNow();
    },
    "it ends for an inbox that was never used": async ({ disposeNow }) => {
      await disposeNow();
    },
    "an inbox that was disposed of rejects, or answers right": async ({ inbox, disposeNow }) => {
      await inbox.complete("event", await inbox.claimed("event"));
      await disposeNow();
      const state = await outcomeOf(inbox.stateOf("event"));
      if (state.isDone)
        same(state.value, "done", "An inbox that was disposed of must reject, or know what it knew.");
    },
    "an inbox that is made next is empty": async ({ inbox }) => {
      same(
        await inbox.stateOf("event"),
        "claimed",
        "`createInbox` must make an inbox that is empty, for each test.",
      );
    },
  },
};
