import { ensure, same } from "../checks.js";
import { minute } from "../facts.js";
import type { CheckedInbox } from "./checked-inbox.js";
import type { InboxConcern } from "./context.js";

const first =
  "A repeated reply is sent under the identity of its first time, so `beganAt` must be that, to the millisecond.";

/** What is known of replies, so that none is sent twice. */
export const replies: InboxConcern = {
  name: "replies",
  needs: [],
  tests: {
    "a reply is begun once": async ({ inbox }) => {
      const at = new Date(minute(0).getTime() + 123);
      await tells(
        inbox,
        "reply",
        at,
        { beganAt: at, isNew: true },
        "The first to begin a reply must be told so.",
      );
      await tells(inbox, "reply", minute(1), { beganAt: at, isNew: false }, first);
      await tells(inbox, "reply", minute(-1), { beganAt: at, isNew: false }, first);
    },
    "a reply that was sent says so": async ({ inbox }) => {
      await inbox.beginReply("reply", minute(0));
      await inbox.completeReply("reply", "Outgoing_1");
      const sent = { beganAt: minute(0), sentMessageId: "Outgoing_1", isNew: false };
      await tells(inbox, "reply", minute(1), sent, "A reply that was sent must say so, or it is sent again.");
    },
    "a reply that was cancelled is begun anew": async ({ inbox }) => {
      await inbox.beginReply("reply", minute(0));
      await inbox.cancelReply("reply");
      const message = "A reply that was not sent must be there to be sent, under a new time.";
      await tells(inbox, "reply", minute(1), { beganAt: minute(1), isNew: true }, message);
      await tells(inbox, "reply", minute(2), { beganAt: minute(1), isNew: false }, first);
    },
    "a reply that was sent is not forgotten by cancelling it": async ({ inbox }) => {
      await inbox.beginReply("reply", minute(0));
      await inbox.completeReply("reply", "Outgoing_1");
      await inbox.cancelReply("reply");
      const sent = { beganAt: minute(0), sentMessageId: "Outgoing_1", isNew: false };
      const message =
        "Of two at work on one reply, one may send it and the other be refused: what was sent must stay known.";
      await tells(inbox, "reply", minute(1), sent, message);
    },
    "replies are told apart": async ({ inbox }) => {
      for (const key of ["reply 1 to m", "reply 2 to m"]) await inbox.beginReply(key, minute(0));
      await inbox.completeReply("reply 1 to m", "Outgoing_1");
      await inbox.cancelReply("reply 3 to m");
      const open = { beganAt: minute(0), isNew: false };
      await tells(inbox, "reply 2 to m", minute(1), open, "One reply was taken for another.");
      await tells(
        inbox,
        "reply 3 to m",
        minute(1),
        { beganAt: minute(1), isNew: true },
        "One reply was taken for another.",
      );
    },
    "a reply that was forgotten can be completed": async ({ inbox }) => {
      await inbox.completeReply("reply", "Outgoing_1");
      const { sentMessageId, isNew } = await inbox.beginReply("reply", minute(0));
      same(
        [sentMessageId, isNew],
        ["Outgoing_1", false],
        "What was sent must be known, also where its beginning is not.",
      );
    },
    "a reply and an event may have the same key": async ({ inbox }) => {
      await inbox.complete("key", await inbox.claimed("key"));
      await tells(
        inbox,
        "key",
        minute(0),
        { beganAt: minute(0), isNew: true },
        "An event was taken for a reply.",
      );
      await inbox.cancelReply("key");
      same(
        await inbox.stateOf("key"),
        "done",
        "To cancel a reply must leave the event of the same key alone.",
      );
    },
    "a time that is changed later changes nothing": async ({ inbox }) => {
      const at = minute(0);
      const { beganAt } = await inbox.beginReply("reply", at);
      at.setTime(0);
      beganAt.setTime(0);
      await tells(
        inbox,
        "reply",
        minute(1),
        { beganAt: minute(0), isNew: false },
        "The inbox and its caller share a `Date`.",
      );
    },
  },
};

async function tells(
  inbox: CheckedInbox,
  key: string,
  at: Date,
  expected: object,
  message: string,
): Promise<void> {
  const record = await inbox.beginReply(key, at);
  ensure(
    record.sentMessageId !== undefined || !("sentMessageId" in record),
    "`sentMessageId` must be absent until it is known.",
  );
  same({ ...record }, expected, message);
}
