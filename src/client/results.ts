import { SmsError } from "../errors/sms-error.js";
import { redact } from "../privacy/safe-error.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import type { SmsAnswer } from "../transport/sms-transport.js";
import type { BatchDelivery, StoppedRecipient } from "./batch-delivery.js";
import type { SmsInvalidResult, SmsSendResult, SmsSuppressedResult } from "./send-result.js";

const failedItem = { successful: false, httpStatusCode: 0 } as const;

export function invalidResult(given: string): SmsInvalidResult {
  const errorMessage = "Not a phone number.";
  const error = new SmsError(
    "invalid-phone-number",
    `${errorMessage} Expected E.164, or a number of \`defaultCountry\`.`,
  );
  return { to: given, ...failedItem, status: "invalid", errorMessage, error };
}

export function suppressedResult(to: string, entry: SuppressionEntry): SmsSuppressedResult {
  return { to, ...failedItem, status: "suppressed", errorMessage: "The recipient opted out.", entry };
}

/** The result for a recipient of the last attempt, which was answered. */
export function answeredResult(
  to: string,
  answer: SmsAnswer | undefined,
  delivery: BatchDelivery,
  key: string,
): SmsSendResult {
  if (answer === undefined || (answer.successful && answer.messageId === undefined)) {
    const error = new SmsError(
      "answer-incomplete",
      "The service's answer says nothing about this recipient.",
    );
    return unsettledResult(to, error, delivery, key);
  }
  const { httpStatusCode, messageId, repeatabilityResult } = answer;
  const shared = { to, httpStatusCode, ...(repeatabilityResult !== undefined && { repeatabilityResult }) };
  if (answer.successful && messageId !== undefined) {
    return { ...shared, status: "accepted", successful: true, messageId };
  }
  const errorMessage = redact(answer.errorMessage ?? "The service refused this recipient.");
  if (delivery.isRepeat && !isTrueOfTheFirst(answer)) {
    const message = `The service answered ${httpStatusCode} to a repeat (${errorMessage}). The first may have arrived.`;
    return unsettledResult(to, new SmsError("outcome-unknown", message), delivery, key);
  }
  const error = new SmsError(
    "recipient-rejected",
    `The service answered ${httpStatusCode} for this recipient: ${errorMessage}`,
  );
  const rejected = { status: "rejected", successful: false, errorMessage, error } as const;
  return { ...shared, ...rejected, ...(messageId !== undefined && { messageId }) };
}

/**
 * Whether what is said of a repeat was as true of what it repeats. A bad number always is bad; but that an id was known, or
 * came too late, or that the service was busy, says nothing of whether the message went out the first time.
 */
function isTrueOfTheFirst({ httpStatusCode, repeatabilityResult }: SmsAnswer): boolean {
  return httpStatusCode === 400 && repeatabilityResult !== "rejected";
}

/** The result for a recipient about whom nothing definite is known after `error`: `unknown`, or certainly `unsent`. */
export function unsettledResult(
  to: string,
  error: Error,
  delivery: BatchDelivery,
  key: string,
): SmsSendResult {
  const shared = { to, ...failedItem, errorMessage: error.message, error };
  const { mayHaveArrived, firstSentAt } = delivery;
  if (!mayHaveArrived || firstSentAt === undefined) return { ...shared, status: "unsent" };
  return { ...shared, status: "unknown", idempotency: { key, firstSentAt } };
}

/**
 * The result for a recipient whom the suppression list stopped: `suppressed`, unless the opt-out came between two
 * attempts and the earlier one may have arrived.
 */
export function stoppedResult(
  to: string,
  stop: StoppedRecipient,
  delivery: BatchDelivery,
  key: string,
): SmsSendResult {
  if (!stop.mayHaveArrived) return suppressedResult(to, stop.entry);
  const error = new SmsError(
    "outcome-unknown",
    "The message may have arrived before the recipient opted out.",
  );
  return unsettledResult(to, error, delivery, key);
}
