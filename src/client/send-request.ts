import type { ConfirmationGrant } from "../suppression/confirmation.js";
import type { RateGate, SendLane } from "../rates/rate-gate.js";
import type { SuppressionGate } from "../suppression/suppression-gate.js";
import type { MessagingConnectOptions, SmsOperationOptions } from "../transport/sms-transport.js";

/** A message, and whom it is for. */
export interface SmsSendRequest {
  /** A number of the resource in E.164, a short code, or an alphanumeric sender. */
  from: string;
  /**
   * Any number of recipients: E.164, or any way to write a number with `defaultCountry`. They are sent in requests of
   * at most 100. A number given twice is texted once.
   */
  to: readonly string[];
  /** 1 to 2048 characters (UTF-16 code units). */
  message: string;
}

/** The identity under which a message is sent and repeated. */
export interface SmsIdempotency {
  /** Names one message: the same key with the same sender and recipient is the same message to the service. */
  key: string;
  /**
   * When the message was first tried, for repeating one whose outcome is `unknown`. Give what the result's
   * `idempotency` holds. Default: now, for a message that was never tried.
   */
  firstSentAt?: Date | undefined;
  /**
   * Whether the message may have been tried at `firstSentAt`. Default: `true`. Give `false` with the time of a first try
   * that you wrote down before it, so that a later repeat can say the same time.
   */
  isRepeat?: boolean | undefined;
}

/** What is about to leave. */
export interface SmsUpcomingAttempt {
  readonly from: string;
  /** Whom it carries, in E.164: those who have not opted out. */
  readonly recipients: readonly string[];
  /** The time it says the message was first tried; a repeat under its identity must say the same. */
  readonly firstSentAt: Date;
  /** 1 for the first of this call. */
  readonly attempt: number;
  /** Whether the message may have arrived by an earlier attempt. */
  readonly isRepeat: boolean;
}

/** How a message is sent. */
export interface SmsSendOptions extends SmsOperationOptions {
  /** Whether to report through Event Grid what became of the message. Default: `false`. */
  enableDeliveryReport?: boolean | undefined;
  /** Comes back in the delivery report. */
  tag?: string | undefined;
  /** After this time without a word from the carrier the report says so. 60 to 43200 seconds. */
  deliveryReportTimeoutInSeconds?: number | undefined;
  /** Sends through a Messaging Connect partner. */
  messagingConnect?: MessagingConnectOptions | undefined;
  /** The identity of the message. Default: a fresh one for each call. */
  idempotency?: SmsIdempotency | undefined;
  /**
   * Lets this one text past the recipient's opt-out, as its confirmation: what `SuppressionList.handleMessage` gave.
   * The message must go to that recipient alone, from the sender that was texted. The grant is used up by the first
   * attempt, whatever comes of it.
   */
  confirmation?: ConfirmationGrant | undefined;
  /** The list that is asked for this message where the client has none of its own. */
  suppression?: SuppressionGate | undefined;
  /** Who says when each attempt may leave. Default: the client's, if it has one. */
  rateLimiter?: RateGate | undefined;
  /** Which lane of the rate limiter the message waits in. Default: `"normal"`. */
  lane?: SendLane | undefined;
  /**
   * From this time on the message is of no use: what has not left by then is `unsent`, with an `SmsError` of the code
   * `expired`, and not sent late.
   */
  sendBefore?: Date | undefined;
  /**
   * Awaited before every attempt as the last thing before it leaves, after the suppression list was asked: the place to
   * write down that it is about to. Where it rejects, nothing is sent.
   */
  beforeAttempt?: ((attempt: SmsUpcomingAttempt) => void | Promise<void>) | undefined;
}
