/**
 * What went wrong, for `switch (error.code)`:
 *
 * - `aborted`: the caller's signal ended the call.
 * - `invalid-phone-number`: a recipient is not a phone number; nothing was sent to it.
 * - `missing-field`: a template needs a field that this recipient has not, or has empty; nothing was sent to it.
 * - `recipient-rejected`: the service refused this recipient.
 * - `suppression-unavailable`: the suppression store failed, hung or answered nonsense, so nothing was sent (fail closed).
 * - `answer-unreadable`: the service took the request, but its answer could not be read.
 * - `answer-incomplete`: the service's answer says nothing about this recipient.
 * - `outcome-unknown`: an earlier attempt may have arrived, and was not repeated, or its repeat was refused.
 * - `repeatability-window-passed`: a repeat came too late to be recognised by the service as one.
 * - `expired`: the message's `sendBefore` passed before it could leave.
 * - `campaign-changed`: a message of a campaign that was sent already has another text now.
 * - `campaign-taken-over`: another run, or another worker, has gone on with a campaign or a batch of it.
 * - `attempt-stale`: the process stood still between the checks and the wire for so long that they no longer hold.
 * - `attempt-reused`: a policy sent one attempt twice, past the suppression check.
 */
export type SmsErrorCode =
  | "aborted"
  | "invalid-phone-number"
  | "missing-field"
  | "recipient-rejected"
  | "suppression-unavailable"
  | "answer-unreadable"
  | "answer-incomplete"
  | "outcome-unknown"
  | "repeatability-window-passed"
  | "expired"
  | "campaign-changed"
  | "campaign-taken-over"
  | "attempt-stale"
  | "attempt-reused";

/**
 * What this package itself throws or reports, besides `TypeError` and `RangeError` for a caller's mistakes. The
 * service's refusals are not of this family: they stay `RestError`, as in every Azure SDK.
 *
 * Neither the message nor any property holds a key, a message text or a whole phone number.
 */
export class SmsError extends Error {
  override readonly name: "SmsError" | "AbortError" = "SmsError";
  /** What went wrong, for programs. */
  readonly code: SmsErrorCode;

  constructor(code: SmsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Thrown when the caller's `abortSignal` ended a call. Its `name` is `"AbortError"`, as Azure SDKs have it; `cause`
 * is the signal's reason where it gave one.
 */
export class AbortError extends SmsError {
  override readonly name = "AbortError";

  constructor(reason?: unknown) {
    super("aborted", "The call was aborted.", reason === undefined ? undefined : { cause: reason });
  }
}

/**
 * Whether something caught is an {@link SmsError}, of one code if given. Works across copies of this package too.
 *
 * @example
 * ```ts
 * import { isSmsError, SmsClient } from "acs-sms";
 *
 * export async function remind(sms: SmsClient, to: string): Promise<void> {
 *   try {
 *     await sms.send({ from: "+18005551234", to: [to], message: "See you at 10." });
 *   } catch (error) {
 *     if (!isSmsError(error, "suppression-unavailable")) throw error;
 *     console.error("The suppression store is down: nothing was sent.");
 *   }
 * }
 * ```
 */
export function isSmsError(error: unknown, code?: SmsErrorCode): error is SmsError {
  if (!(error instanceof Error) || (error.name !== "SmsError" && error.name !== "AbortError")) return false;
  return "code" in error && (code === undefined ? typeof error.code === "string" : error.code === code);
}
