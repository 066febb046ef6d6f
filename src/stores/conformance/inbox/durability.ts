import { same } from "../checks.js";
import { minute } from "../facts.js";
import type { InboxConcern } from "./context.js";

/** Another inbox on the same data knows what this one was told. */
export const sharing: InboxConcern = {
  name: "sharing",
  needs: ["openAnother"],
  tests: {
    "what one claims or completes another knows": async ({ inbox, openAnother }) => {
      const other = await openAnother();
      const token = await inbox.claimed("event");
      same(await other.stateOf("event"), "busy", "Another machine must know who is at work on an event.");
      await inbox.complete("event", token);
      same(await other.stateOf("event"), "done", "Another machine must know what is done.");
    },
    "a claim of one can be ended by another": async ({ inbox, openAnother }) => {
      const other = await openAnother();
      await other.release("released", await inbox.claimed("released"));
      same(await inbox.stateOf("released"), "claimed", "What counts is the token, not who shows it.");
      await other.complete("completed", await inbox.claimed("completed"));
      same(await inbox.stateOf("completed"), "done", "What counts is the token, not who shows it.");
    },
    "replies too": async ({ inbox, openAnother }) => {
      const other = await openAnother();
      await inbox.beginReply("reply", minute(0));
      same(
        { ...(await other.beginReply("reply", minute(1))) },
        { beganAt: minute(0), isNew: false },
        "One reply, one time.",
      );
      await other.completeReply("reply", "Outgoing_1");
      const sent = { beganAt: minute(0), sentMessageId: "Outgoing_1", isNew: false };
      same(
        { ...(await inbox.beginReply("reply", minute(2))) },
        sent,
        "What another machine sent must not be sent again.",
      );
    },
  },
};

/** What a process did is known when it is gone. */
export const durability: InboxConcern = {
  name: "durability",
  needs: ["completeElsewhere"],
  tests: {
    "what a process completed outlives it": async ({ inbox, completeElsewhere }) => {
      await completeElsewhere("key", "Outgoing_1");
      same(
        await inbox.stateOf("key"),
        "done",
        "An event that a process completed must be done after its end.",
      );
      const { isNew, sentMessageId } = await inbox.beginReply("key", minute(1));
      same(
        [isNew, sentMessageId],
        [false, "Outgoing_1"],
        "A reply that a process sent must be known after its end.",
      );
    },
  },
};
