import { same } from "../checks.js";
import { minute, times } from "../facts.js";
import type { CheckedInbox } from "./checked-inbox.js";
import type { InboxConcern, InboxContext } from "./context.js";

/** Many ask at once, over one inbox. */
export const concurrency: InboxConcern = {
  name: "concurrency",
  needs: [],
  tests: testsOf(async ({ inbox }) => [inbox, inbox]),
};

/** Many ask at once, over two inboxes on the same data. */
export const concurrencyOfTwo: InboxConcern = {
  name: "concurrency of two inboxes",
  needs: ["openAnother"],
  tests: testsOf(async ({ inbox, openAnother }) => [inbox, await openAnother()]),
};

type Workers = readonly [CheckedInbox, CheckedInbox];

const rounds = 5;

function testsOf(open: (context: InboxContext) => Promise<Workers>): InboxConcern["tests"] {
  return {
    "of many who claim an event at once, one has it": async (context) => {
      const inboxes = await open(context);
      for (const key of times(rounds, (round) => `event ${round}`)) {
        const claims = await Promise.all(times(20, (index) => worker(inboxes, index).claim(key)));
        const winners = claims.filter(({ state }) => state === "claimed").length;
        same(winners, 1, `A claim that is not atomic: of 20 who claimed an event at once ${winners} had it.`);
      }
    },
    "of many who begin a reply at once, one does, and all are told when": async (context) => {
      const inboxes = await open(context);
      for (const key of times(rounds, (round) => `reply ${round}`)) {
        const records = await Promise.all(
          times(20, (index) => worker(inboxes, index).beginReply(key, minute(index))),
        );
        const began = records.filter(({ isNew }) => isNew).map(({ beganAt }) => beganAt.toISOString());
        same(
          began.length,
          1,
          `A reply that is not begun atomically: of 20 at once ${began.length} began it.`,
        );
        const told = [...new Set(records.map(({ beganAt }) => beganAt.toISOString()))];
        same(told, began, "All who begin a reply at once must be told one time: it is the reply's identity.");
      }
    },
    "many events at once don't block each other": async (context) => {
      const inboxes = await open(context);
      const keys = times(50, (index) => `event ${index}`);
      await Promise.all(
        keys.map(async (key, index) => {
          const inbox = worker(inboxes, index);
          await inbox.complete(key, await inbox.claimed(key));
        }),
      );
      const states = await Promise.all(keys.map((key, index) => worker(inboxes, index + 1).stateOf(key)));
      same(
        states,
        keys.map(() => "done"),
        "Every event that was completed must be done, for everybody.",
      );
    },
  };
}

function worker(inboxes: Workers, index: number): CheckedInbox {
  return inboxes[index % 2 === 0 ? 0 : 1];
}
