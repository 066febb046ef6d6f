import { ensure, same } from "../checks.js";
import { times } from "../facts.js";
import type { InboxConcern } from "./context.js";

const twice = "An event that somebody is at work on must be `busy`, or it is handled twice at once.";
const again = "An event that was completed must be `done`, or it is handled again.";
const stranger =
  "Only who holds the claim can give an event back: others must not take it from who works on it.";

/** Who may work on an event. */
export const claims: InboxConcern = {
  name: "claims",
  needs: [],
  tests: {
    "an event is claimed once": async ({ inbox }) => {
      await inbox.claimed("event");
      same(await inbox.stateOf("event"), "busy", twice);
      same(await inbox.stateOf("event"), "busy", twice);
    },
    "events are told apart": async ({ inbox }) => {
      await inbox.claimed("event");
      await inbox.complete("done", await inbox.claimed("done"));
      same(
        await inbox.stateOf("another"),
        "claimed",
        "One event's claim must not keep another from being handled.",
      );
      same(await inbox.stateOf("event"), "busy", twice);
      same(await inbox.stateOf("done"), "done", again);
    },
    "an event that is completed stays done": async ({ inbox }) => {
      const token = await inbox.claimed("event");
      await inbox.complete("event", token);
      same(await inbox.stateOf("event"), "done", again);
      await inbox.complete("event", token);
      await inbox.release("event", token);
      same(
        await inbox.stateOf("event"),
        "done",
        "An event that was completed must stay so, whoever releases it.",
      );
    },
    "an event that is released can be claimed at once": async ({ inbox }) => {
      for (let round = 0; round < 3; round += 1) {
        await inbox.release("event", await inbox.claimed("event"));
      }
      same(await inbox.stateOf("event"), "claimed", "An event that was given back must be there for others.");
      same(await inbox.stateOf("event"), "busy", twice);
    },
    "who does not hold the claim does not release it": async ({ inbox }) => {
      const old = await inbox.claimed("event");
      await inbox.release("event", old);
      const other = await inbox.claimed("another");
      await inbox.claimed("event");
      for (const token of [old, other, "", "stranger"]) await inbox.release("event", token);
      same(await inbox.stateOf("event"), "busy", stranger);
    },
    "an event that nobody claimed can be released and completed": async ({ inbox }) => {
      await inbox.release("event", "token");
      same(await inbox.stateOf("event"), "claimed", "To release what nobody claimed changes nothing.");
      await inbox.complete("forgotten", "token");
      same(
        await inbox.stateOf("forgotten"),
        "done",
        "Work that was done counts as done, also where its claim was forgotten.",
      );
    },
    "every claim has a token of its own": async ({ inbox }) => {
      const tokens: string[] = [];
      for (const key of times(20, (index) => `event ${index % 4}`)) {
        const token = await inbox.claimed(key);
        tokens.push(token);
        await inbox.release(key, token);
      }
      ensure(
        new Set(tokens).size === tokens.length,
        "Two claims had the same token: one could end the other's work.",
      );
    },
  },
};
