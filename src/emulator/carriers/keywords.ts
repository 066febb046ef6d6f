/** What somebody does about a word that a person replied with. */
export interface Keyword {
  /** Whether the pair is entered in the opt-out list or taken out of it; `help` changes nothing. */
  readonly intent: "opt-out" | "opt-in" | "help";
  /** What is texted back. */
  readonly reply: string;
}

/**
 * What ACS answers, in the words of the business; in reality they come from the short code's program brief. Default for
 * each: a text of ACS's own.
 */
export interface KeywordReplies {
  /** To STOP and the other words of the FCC's list. */
  readonly optOut?: string | undefined;
  /** To START and UNSTOP. */
  readonly optIn?: string | undefined;
  /** To HELP. */
  readonly help?: string | undefined;
}

/** The carrier's texts, which nobody can change; the quotation marks differ in the original. */
const blocked: Keyword = {
  intent: "opt-out",
  reply:
    'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.',
};
const unblocked: Keyword = {
  intent: "opt-in",
  reply: "NETWORK MSG: You have replied “unstop” and will begin receiving messages again from this number.",
};

/** The words that the carrier of a toll-free number acts on. */
export const carrierKeywords: ReadonlyMap<string, Keyword> = new Map([
  ["STOP", blocked],
  ["START", unblocked],
  ["UNSTOP", unblocked],
]);

/** The words that ACS acts on: the seven of the FCC, those that undo them, and HELP. */
export const acsIntents: ReadonlyMap<string, Keyword["intent"]> = new Map([
  ["STOP", "opt-out"],
  ["QUIT", "opt-out"],
  ["END", "opt-out"],
  ["REVOKE", "opt-out"],
  ["OPT OUT", "opt-out"],
  ["CANCEL", "opt-out"],
  ["UNSUBSCRIBE", "opt-out"],
  ["START", "opt-in"],
  ["UNSTOP", "opt-in"],
  ["HELP", "help"],
]);

/** The fixed texts of 2021, and the documentation's sample for HELP. */
export const defaultReplies: Readonly<Record<keyof KeywordReplies, string>> = {
  optOut: "You have successfully been unsubscribed to messages from this number. Reply START to resubscribe",
  optIn: "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe.",
  help: "Thanks for texting Contoso! Call 1-800-800-8000 for support.",
};
