import type { SmsInboundObservation } from "../observers/observer.js";

/** What became of a message: each has one. They are those of the figures of a summary, and mean the same. */
export type MessageOutcome =
  | "delivered"
  | "failed"
  | "blocked"
  | "unconfirmed"
  | "pending"
  | "overdue"
  | "unreported"
  | "rejected"
  | "suppressed"
  | "invalid"
  | "unknown"
  | "unsent";

/** Which messages are read. */
export interface MessagesOptions {
  /** Messages from this time on, */
  from: Date;
  /** and before this time. */
  to: Date;
  /** Only messages with all of these; several values of one: any of them. */
  where?: MessagesWhere | undefined;
  /** What counts as pending and what as overdue goes by it. Default: now. */
  at?: Date | undefined;
  /** How many at most, from 1: the newest. Default: all. */
  limit?: number | undefined;
}

/** By what messages are chosen. */
export interface MessagesWhere {
  /** As they were sent. */
  tag?: string | readonly string[] | undefined;
  /** As they were sent. */
  sender?: string | readonly string[] | undefined;
  /** `"toll-free"` and its like, as in groups. */
  senderKind?: string | readonly string[] | undefined;
  /** Of the recipient: `"US"`. */
  country?: string | readonly string[] | undefined;
  /** Numbers in E.164, also where the log has hashes of them. */
  recipient?: string | readonly string[] | undefined;
  /** What became of them. */
  outcome?: MessageOutcome | readonly MessageOutcome[] | undefined;
  /** Codes of reports, as in `failedByCode`: `"4006"`, or `"none"` for a report without one. */
  code?: string | readonly string[] | undefined;
}

/** One message, and what became of it. */
export interface LoggedMessage {
  /** Of the first acceptance, or else of the first result. */
  readonly at: Date;
  /** What names the message; a repeat of it has the same. */
  readonly identity: string;
  /** The service's name for it; only of one that was accepted. */
  readonly messageId?: string;
  /** The sender. */
  readonly from: string;
  /** The person's number in E.164, or its hash where the log has hashes; left out where it was no phone number. */
  readonly to?: string;
  /** Of the recipient: `"US"`. */
  readonly country?: string;
  readonly tag?: string;
  /** As they were counted when it was sent. */
  readonly segments: number;
  /** What became of it. */
  readonly outcome: MessageOutcome;
  /** The code of the report. */
  readonly code?: number;
  /** When the carrier was last tried, as the report says. */
  readonly lastAttemptAt?: Date;
  /** When the service got the report that counts. */
  readonly reportedAt?: Date;
  /** Left out where the log did not keep it, and where none could be made. */
  readonly text?: string;
}

/** Which texts from people are read. */
export interface InboundOptions {
  /** Texts that the service received from this time on, */
  from: Date;
  /** and before this time. */
  to: Date;
  /** Only texts with all of these; several values of one: any of them. */
  where?: InboundWhere | undefined;
  /** How many at most, from 1: the newest. Default: all. */
  limit?: number | undefined;
}

/** By what texts from people are chosen. Names are those of the messages that they answer. */
export interface InboundWhere {
  /** Numbers that were texted. */
  sender?: string | readonly string[] | undefined;
  /** People who wrote: numbers in E.164, also where the log has hashes of them. */
  recipient?: string | readonly string[] | undefined;
  /** What they ask for; `"none"` for a reply. */
  intent?: SmsInboundObservation["intent"] | readonly SmsInboundObservation["intent"][] | undefined;
}

/** One text from a person. */
export interface LoggedInbound {
  /** When the service got it. */
  readonly receivedAt: Date;
  /** The service's name for it. */
  readonly messageId: string;
  /** The person's number, or its hash where the log has hashes. */
  readonly from: string;
  /** The number that was texted. */
  readonly to: string;
  /** What it asks for; `"none"` for a reply. */
  readonly intent: SmsInboundObservation["intent"];
  /** Left out where the log did not keep it. */
  readonly text?: string;
  /** The `identity` of the last message that was accepted from that sender to that person within 72 h before, if there is one. */
  readonly inReplyTo?: string;
}
