import type { EmulatorSenderKind } from "./senders.js";

/** What somebody does about a word that a person replied with. */
export interface Reaction {
  /** Whether the pair is entered in the opt-out list or taken out of it; absent: neither. */
  readonly change?: "opt-out" | "opt-in";
  /** Whether the carrier blocks or unblocks the pair as well. */
  readonly byCarrier: boolean;
  /** What is texted back. */
  readonly text: string;
}

type Reactions = Readonly<Record<string, Reaction>>;

/** The carrier's texts cannot be changed; the quotation marks differ in the original. */
const blocked: Reaction = {
  change: "opt-out",
  byCarrier: true,
  text: 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.',
};
const unblocked: Reaction = {
  change: "opt-in",
  byCarrier: true,
  text: "NETWORK MSG: You have replied “unstop” and will begin receiving messages again from this number.",
};

/** The fixed texts of 2021; today a customer may have texts of their own from the program brief. */
const unsubscribed: Reaction = {
  change: "opt-out",
  byCarrier: false,
  text: "You have successfully been unsubscribed to messages from this number. Reply START to resubscribe",
};
const resubscribed: Reaction = {
  change: "opt-in",
  byCarrier: false,
  text: "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe.",
};
const help: Reaction = {
  byCarrier: false,
  text: "Thanks for texting Contoso! Call 1-800-800-8000 for support.",
};

const tollFree: Reactions = { STOP: blocked, START: unblocked, UNSTOP: unblocked };

/** A US short code: the seven words of the FCC, and those that undo them. */
const shortCode: Reactions = {
  STOP: unsubscribed,
  QUIT: unsubscribed,
  END: unsubscribed,
  REVOKE: unsubscribed,
  "OPT OUT": unsubscribed,
  CANCEL: unsubscribed,
  UNSUBSCRIBE: unsubscribed,
  START: resubscribed,
  UNSTOP: resubscribed,
  HELP: help,
};

/** With 10DLC the business answers (nothing is documented), and nobody can text an alphanumeric sender. */
const reactions: Readonly<Record<EmulatorSenderKind, Reactions>> = {
  "toll-free": tollFree,
  "short-code": shortCode,
  "10dlc": {},
  alphanumeric: {},
};

/**
 * What happens about a message to a sender of this kind, if anything.
 *
 * [INFER] The word has to be the whole message, in any case, with blanks around it allowed: ACS says no more than
 * "exactly".
 */
export function reactionTo(kind: EmulatorSenderKind, message: string): Reaction | undefined {
  return reactions[kind][message.trim().toUpperCase()];
}
