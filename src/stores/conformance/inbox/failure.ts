import { rejects } from "../checks.js";
import { minute } from "../facts.js";
import type { CheckedInbox } from "./checked-inbox.js";
import type { InboxConcern } from "./context.js";

const claimed =
  "An inbox swallowed its backend's error: where it cannot tell whether an event was handled, it must reject.";
const lost =
  "An inbox acknowledged what its backend did not take: the event would be handled again, or never.";
const begun =
  "An inbox swallowed its backend's error: where it cannot tell whether a reply was sent, it must reject.";

/** An inbox whose backend fails says so, each time. */
export const failure: InboxConcern = {
  name: "failure",
  needs: ["breakBackend"],
  tests: {
    "every call rejects": async ({ inbox, breakBackend }) => {
      const token = await inbox.claimed("event");
      await inbox.beginReply("reply", minute(0));
      await breakBackend();
      await allReject(inbox, token);
      await allReject(inbox, token);
    },
    "every call rejects where the backend fails before the first use": async ({ inbox, breakBackend }) => {
      await breakBackend();
      await allReject(inbox, "token");
    },
  },
};

async function allReject(inbox: CheckedInbox, token: string): Promise<void> {
  await rejects(inbox.claim("event"), claimed);
  await rejects(inbox.claim("another"), claimed);
  await rejects(inbox.complete("event", token), lost);
  await rejects(inbox.release("event", token), lost);
  await rejects(inbox.beginReply("reply", minute(1)), begun);
  await rejects(inbox.beginReply("another", minute(1)), begun);
  await rejects(inbox.completeReply("reply", "Outgoing_1"), lost);
  await rejects(inbox.cancelReply("reply"), lost);
}
