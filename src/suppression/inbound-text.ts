import type { ConfirmationGrant } from "./confirmation.js";
import type { KeywordMatch } from "./opt-out-keyword.js";

/** A message that a person sent to one of your numbers. */
export interface InboundText {
  /** The person. */
  from: string;
  /** The number that was texted. */
  to: string;
  /** The whole text, as it was typed. */
  message: string;
  /**
   * When the service received it; this orders the facts. Default: now, which is right only for a message just in that is
   * handled once: without it the same message, handled again, is a new fact.
   */
  receivedAt?: Date | undefined;
  /** The service's id of it. Without one no confirmation can be given. */
  messageId?: string | undefined;
}

/** What an inbound message meant for the list. */
export interface InboundTextOutcome extends KeywordMatch {
  /** Whether a new fact was recorded that is the newest of its kind. */
  readonly changed: boolean;
  /** Leave for one confirmation or HELP answer, where nobody else answers that word and the message has an id. */
  readonly confirmation?: ConfirmationGrant;
}
