import type { SuppressionEntry } from "../suppression/suppression-store.js";

/** What every result of a send has. */
export interface SmsResultBase {
  /** The recipient in E.164; where it is not a phone number, what was given. */
  readonly to: string;
  /** The service's status for this recipient; 0 where nothing left this process. */
  readonly httpStatusCode: number;
  /** Why it was not accepted, in a sentence. */
  readonly errorMessage?: string;
}

/** The service took the message for this recipient. What becomes of it, the delivery report tells. */
export interface SmsAcceptedResult extends SmsResultBase {
  readonly status: "accepted";
  readonly successful: true;
  /** Names the message in its delivery report. */
  readonly messageId: string;
  /** What the service made of the message's identity. */
  readonly repeatabilityResult?: "accepted" | "rejected";
}

/** The service refused this recipient. */
export interface SmsRejectedResult extends SmsResultBase {
  readonly status: "rejected";
  readonly successful: false;
  readonly messageId?: string;
  /** What the service made of the message's identity. */
  readonly repeatabilityResult?: "accepted" | "rejected";
  readonly error: Error;
}

/** The recipient opted out; nothing was sent. */
export interface SmsSuppressedResult extends SmsResultBase {
  readonly status: "suppressed";
  readonly successful: false;
  /** The opt-out that stands. */
  readonly entry: SuppressionEntry;
}

/** The recipient is not a phone number; nothing was sent. */
export interface SmsInvalidResult extends SmsResultBase {
  readonly status: "invalid";
  readonly successful: false;
  readonly error: Error;
}

/** The message may have arrived. Repeating it under `idempotency` while the service remembers it cannot double it. */
export interface SmsUnknownResult extends SmsResultBase {
  readonly status: "unknown";
  readonly successful: false;
  readonly error: Error;
  readonly idempotency: { readonly key: string; readonly firstSentAt: Date };
}

/** Certainly not sent: an abort, a failed suppression store or a refusal of the whole request came first. */
export interface SmsUnsentResult extends SmsResultBase {
  readonly status: "unsent";
  readonly successful: false;
  readonly error: Error;
}

/** What became of the message for one recipient. */
export type SmsSendResult =
  | SmsAcceptedResult
  | SmsRejectedResult
  | SmsSuppressedResult
  | SmsInvalidResult
  | SmsUnknownResult
  | SmsUnsentResult;

/** Whether this recipient got a definite answer that is about them, as opposed to about the call. */
export function isVerdict(result: SmsSendResult): boolean {
  return result.status !== "unknown" && result.status !== "unsent";
}
