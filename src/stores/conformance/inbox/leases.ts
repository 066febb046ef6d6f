import { setTimeout as pause } from "node:timers/promises";

import { ensure, fail, same } from "../checks.js";
import { times } from "../facts.js";
import type { CheckedInbox } from "./checked-inbox.js";
import type { InboxConcern } from "./context.js";

const tooEarly = "An event went to another before its lease had run out, so that both work on it.";
const done =
  "Work that was done counts as done, though its lease had run out: a third worker must not repeat it.";

/** What becomes of an event whose worker died, or was late. */
export const leases: InboxConcern = {
  name: "leases",
  needs: [],
  tests: {
    "an event goes to another when its lease has run out, and not before": async ({ inbox }) => {
      const leaseInMs = 300;
      const started = performance.now();
      const token = await inbox.claimed("event", leaseInMs);
      const second = await nextClaim(inbox, "event");
      // The lease began after the call did, whatever the clock it goes by; two clocks may differ by some milliseconds.
      ensure(performance.now() - started > leaseInMs - 20, tooEarly);
      ensure(token !== second, "Who takes an event over must have a token of their own.");
      same(
        await inbox.stateOf("event"),
        "busy",
        "An event that was taken over is at work, for a lease of its own.",
      );
    },
    "one of many takes it over": async ({ inbox }) => {
      await lateWorker(inbox, "event");
      const claims = await Promise.all(times(20, () => inbox.claim("event")));
      const winners = claims.filter(({ state }) => state === "claimed").length;
      same(winners, 1, `One of 20 must take over an event whose worker died; ${winners} did.`);
    },
    "who was late does not give back what another works on": async ({ inbox }) => {
      const late = await lateWorker(inbox, "event");
      await inbox.claimed("event");
      await inbox.release("event", late);
      same(
        await inbox.stateOf("event"),
        "busy",
        "Who lost a claim must not give back what another works on.",
      );
    },
    "who was late is done, where nobody took over": async ({ inbox }) => {
      await inbox.complete("event", await lateWorker(inbox, "event"));
      same(await inbox.stateOf("event"), "done", done);
    },
    "who was late is done, where another took over and fails": async ({ inbox }) => {
      const late = await lateWorker(inbox, "event");
      const second = await inbox.claimed("event");
      await inbox.complete("event", late);
      same(await inbox.stateOf("event"), "done", done);
      await inbox.release("event", second);
      same(await inbox.stateOf("event"), "done", done);
    },
  },
};

/** Claims an event and lets the lease run out; gives the token of a worker that is late. */
async function lateWorker(inbox: CheckedInbox, key: string): Promise<string> {
  const leaseInMs = 30;
  const token = await inbox.claimed(key, leaseInMs);
  // One that was claimed after it, for as long: when that is over, so is the other.
  await inbox.claimed("witness", leaseInMs);
  await nextClaim(inbox, "witness");
  return token;
}

/** Claims an event as soon as its lease has run out. */
async function nextClaim(inbox: CheckedInbox, key: string): Promise<string> {
  const giveUpAt = performance.now() + inbox.limitInMs;
  while (performance.now() < giveUpAt) {
    const claim = await inbox.claim(key);
    if (claim.state === "claimed") return claim.token;
    await pause(10);
  }
  return fail(
    "A lease never ran out, long after its time: the event of a worker that died would never be handled.",
  );
}
