import type { SuppressionEntry } from "./suppression-store.js";

/** A confirmation is presumed fine within five minutes of the opt-out (47 CFR 64.1200(a)(12)). */
const confirmationWindowInMs = 5 * 60_000;

/**
 * Leave for one text to pass the suppression check: the confirmation of an opt-out, or the answer to HELP. It is data,
 * and can be queued, as JSON too; what makes it single-use is in the store.
 */
export interface ConfirmationGrant {
  /** What the inbound message asked for. */
  readonly intent: "opt-out" | "help";
  /** The inbound message it answers. */
  readonly messageId: string;
  /** The key of the sender that was texted: the text must come from it. */
  readonly sender: string;
  /** The key of the person: the text must go to them alone. */
  readonly recipient: string;
  /** When the inbound message was received. */
  readonly receivedAt: Date;
  /** Five minutes after `receivedAt`, or after now where that lies in the future. */
  readonly expiresAt: Date;
}

/** The grant that an inbound message gives, unless it is too old already. One from the future counts as of now. */
export function grantFor(
  message: Pick<ConfirmationGrant, "intent" | "messageId" | "sender" | "recipient" | "receivedAt">,
  now: number,
): ConfirmationGrant | undefined {
  const expiresAt = new Date(Math.min(message.receivedAt.getTime(), now) + confirmationWindowInMs);
  return expiresAt.getTime() > now ? { ...message, expiresAt } : undefined;
}

/** Whether a grant can still be used. Its dates may have been through JSON. */
export function isValid(grant: ConfirmationGrant, now: number): boolean {
  return new Date(grant.expiresAt).getTime() > now;
}

/** Whether this opt-out is the one that the grant is about: a later STOP is not confirmed with an earlier one's leave. */
export function grantCovers(grant: ConfirmationGrant, entry: SuppressionEntry): boolean {
  return grant.intent === "help" || entry.messageId === grant.messageId;
}

/** Marks in a store are kept apart from facts by a sender that no sender can have: none holds a colon. */
const markPrefix = "confirmation:";

/**
 * What is recorded when a grant is used. Since a store tells atomically whether an entry became the newest of its
 * sender, recipient and state, and each grant has a sender of its own here, `record` answers `true` to exactly one of
 * all who try, on any store, and the ledger shows what was answered. A reader that knows nothing of marks takes it for
 * an opt-out of a sender that does not exist, which is the harmless way to be wrong.
 */
export function markOf(grant: ConfirmationGrant): SuppressionEntry {
  return {
    sender: markPrefix + grant.messageId,
    recipient: grant.recipient,
    state: "opted-out",
    // Not the grant's time: a message that comes again, without one, must be the same fact.
    at: new Date(0),
    recordedAt: new Date(),
    source: "keyword",
    messageId: grant.messageId,
    note: `The ${grant.intent} from this message was answered; it can be answered once.`,
  };
}

/** Whether an entry is a used grant and no fact about a sender. */
export function isMark(entry: SuppressionEntry): boolean {
  return entry.sender.startsWith(markPrefix);
}
