/** One HTTP attempt of a send is over. */
export interface SmsAttemptObservation {
  readonly type: "attempt";
  readonly at: Date;
  readonly from: string;
  /** How many recipients the attempt carried. */
  readonly recipients: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** Whether the service answered, certainly nothing was sent, or neither is known. */
  readonly verdict: "answered" | "refused" | "unclear";
  readonly statusCode?: number;
  /** How long the service asked to wait, with 429 or 503. */
  readonly retryAfterInMs?: number;
  /** From the suppression check's end to the answer. */
  readonly durationInMs: number;
}

/** One recipient of a send has its result. */
export interface SmsResultObservation {
  readonly type: "result";
  /** When its request was over. */
  readonly at: Date;
  /**
   * Names the message to this recipient: the id under which the service knows repeats of it. A repeat of an `unknown` message
   * has the same one again, and so have two positions of a list with one number.
   */
  readonly identity: string;
  readonly from: string;
  /** E.164, or what the caller gave where it is no phone number. */
  readonly to: string;
  readonly status: "accepted" | "rejected" | "suppressed" | "invalid" | "unknown" | "unsent";
  readonly httpStatusCode: number;
  readonly messageId?: string;
  readonly tag?: string;
  /**
   * Gives the text of the message; left out where none could be made. It has to be asked for, so that whoever writes an
   * observation down as it is writes no text down.
   */
  readonly text?: () => string;
  readonly encoding: "gsm-7" | "ucs-2";
  readonly segments: number;
  /** Whether a delivery report was asked for. */
  readonly isReportExpected: boolean;
  /** `deliveryReportTimeoutInSeconds` of the send. */
  readonly reportTimeoutInSeconds?: number;
}

/** A person has sent a text, and it was read for what it asks. */
export interface SmsInboundObservation {
  readonly type: "inbound";
  readonly at: Date;
  /** The person. */
  readonly from: string;
  /** The number that was texted. */
  readonly to: string;
  readonly messageId: string;
  readonly receivedAt: Date;
  /** Gives what they wrote. */
  readonly text?: () => string;
  readonly intent: "opt-out" | "opt-in" | "help" | "none";
}

/** A carrier has told what became of a message. */
export interface SmsDeliveryObservation {
  readonly type: "delivery";
  readonly at: Date;
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly status: "delivered" | "failed";
  readonly code?: number;
  readonly tag?: string;
  /** When the service got the carrier's word. */
  readonly receivedAt?: Date;
  /** When the message was last tried: where it was delivered, when it arrived. */
  readonly lastAttemptAt?: Date;
}

/** What happened, as observers are told. */
export type SmsObservation =
  | SmsAttemptObservation
  | SmsResultObservation
  | SmsInboundObservation
  | SmsDeliveryObservation;

/**
 * Someone who is told what happened: a log, a metric. An observer never delays or fails a send: it is not awaited, and
 * what it throws is dropped after a line in the log (`AZURE_LOG_LEVEL=warning` shows it).
 *
 * A result holds a phone number; an observer that writes it down is responsible for it.
 */
export interface SmsObserver {
  observe(observation: SmsObservation): void | Promise<void>;
}
