import { SmsError } from "../errors/sms-error.js";
import type { SmsDeliveryAttempt, SmsDeliveryReport } from "../transport/delivery-report.js";
import type { OptOutAnswer, SmsAnswer } from "../transport/sms-transport.js";
import { asRecord, isRecord, parseJson } from "./json.js";

/** While it is put together; a hundred of these come with each answer, too many for spreads. */
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * The items of a 202 to a send. One that is malformed is left out, so that its recipient is told of as unknown and its
 * neighbours are not harmed.
 */
export function readSendAnswer(body: string | null | undefined): readonly SmsAnswer[] {
  return readItems(body)
    .map(readAnswer)
    .filter((answer) => answer !== undefined);
}

function readAnswer(item: Record<string, unknown>): SmsAnswer | undefined {
  const { to, messageId, httpStatusCode, successful, repeatabilityResult, errorMessage } = item;
  if (typeof to !== "string" || typeof httpStatusCode !== "number" || typeof successful !== "boolean")
    return undefined;
  const answer: Writable<SmsAnswer> = { to, httpStatusCode, successful };
  if (typeof messageId === "string" && messageId !== "") answer.messageId = messageId;
  if (typeof errorMessage === "string") answer.errorMessage = errorMessage;
  const result = typeof repeatabilityResult === "string" ? repeatabilityResult.toLowerCase() : undefined;
  if (result === "accepted" || result === "rejected") answer.repeatabilityResult = result;
  return answer;
}

/** The items of a 200 to an opt-out operation. */
export function readOptOutAnswer(body: string | null | undefined): readonly OptOutAnswer[] {
  return readItems(body).flatMap(({ to, httpStatusCode, errorMessage, isOptedOut }) => {
    if (typeof to !== "string" || typeof httpStatusCode !== "number") return [];
    const answer: OptOutAnswer = {
      to,
      httpStatusCode,
      ...(typeof errorMessage === "string" && { errorMessage }),
      ...(typeof isOptedOut === "boolean" && { isOptedOut }),
    };
    return [answer];
  });
}

function readItems(body: string | null | undefined): Record<string, unknown>[] {
  const value = asRecord(parseJson(body))?.["value"];
  if (!Array.isArray(value)) throw unreadable("a list of results");
  return value.filter(isRecord);
}

/** The answer to `GET /deliveryReports/{id}`. */
export function readDeliveryReport(body: string | null | undefined): SmsDeliveryReport {
  const report = asRecord(parseJson(body));
  const { messageId, from, to, deliveryStatus, deliveryStatusDetails: details, tag } = report ?? {};
  const status =
    deliveryStatus === "Delivered" ? "delivered" : deliveryStatus === "Failed" ? "failed" : undefined;
  if (
    typeof messageId !== "string" ||
    typeof from !== "string" ||
    typeof to !== "string" ||
    status === undefined
  ) {
    throw unreadable("a delivery report");
  }
  const code = typeof details === "string" ? readCode(details) : undefined;
  const receivedAt = readDate(report?.["receivedTimestamp"]);
  const partnerId = report?.["messagingConnectPartnerMessageId"];
  return {
    messageId,
    from,
    to,
    status,
    ...(typeof details === "string" && { details }),
    ...(code !== undefined && { code }),
    attempts: readAttempts(report?.["deliveryAttempts"]),
    ...(receivedAt !== undefined && { receivedAt }),
    ...(typeof tag === "string" && { tag }),
    ...(typeof partnerId === "string" && { messagingConnectPartnerMessageId: partnerId }),
  };
}

/** `2000: No Error` has a code, `Sender blocked for given recipient.` has none. */
function readCode(details: string): number | undefined {
  const digits = /^(\d{4})\b/.exec(details)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function readAttempts(value: unknown): readonly SmsDeliveryAttempt[] {
  if (!Array.isArray(value)) return [];
  const attempts = value.flatMap((item) => {
    const { timestamp, segmentsSucceeded, segmentsFailed } = asRecord(item) ?? {};
    const at = readDate(timestamp);
    return at === undefined
      ? []
      : [{ at, segmentsSucceeded: count(segmentsSucceeded), segmentsFailed: count(segmentsFailed) }];
  });
  return attempts.sort((a, b) => b.at.getTime() - a.at.getTime());
}

function count(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function readDate(value: unknown): Date | undefined {
  const at = typeof value === "string" ? new Date(value) : undefined;
  return at === undefined || Number.isNaN(at.getTime()) ? undefined : at;
}

function unreadable(what: string): SmsError {
  return new SmsError(
    "answer-unreadable",
    `The service's answer could not be read: expected ${what} as JSON.`,
  );
}
