import { expected, expectedRange } from "../errors/expected.js";
import { isSender } from "../phone-numbers/sender.js";
import type { MessagingConnectOptions, SmsMessage } from "../transport/sms-transport.js";
import type { SmsSendOptions, SmsSendRequest } from "./send-request.js";

/** The contract's limit, in characters: https://learn.microsoft.com/rest/api/communication/sms/send */
const maxMessageLength = 2048;
const minTimeoutInSeconds = 60;
const maxTimeoutInSeconds = 43_200;

/**
 * What is the same for every recipient of one call, checked and copied.
 *
 * @throws TypeError or RangeError that names the field.
 */
export function checkedMessage(request: SmsSendRequest, options: SmsSendOptions): SmsMessage {
  const {
    tag,
    deliveryReportTimeoutInSeconds: timeout,
    messagingConnect,
    enableDeliveryReport = false,
  } = options;
  if (typeof enableDeliveryReport !== "boolean")
    throw expected("enableDeliveryReport", "a boolean", enableDeliveryReport);
  if (tag !== undefined && typeof tag !== "string") throw expected("tag", "a string", tag);
  return {
    from: checkedSender(request.from),
    text: checkedText(request.message),
    enableDeliveryReport,
    ...(tag !== undefined && tag !== "" && { tag }),
    ...(timeout !== undefined && { deliveryReportTimeoutInSeconds: checkedTimeout(timeout) }),
    ...(messagingConnect !== undefined && { messagingConnect: checkedConnect(messagingConnect) }),
  };
}

function checkedSender(from: unknown): string {
  if (typeof from === "string" && isSender(from)) return from;
  throw expected(
    "from",
    "a phone number in E.164, a short code, or an alphanumeric sender of at most 11 characters",
    from,
  );
}

function checkedText(message: unknown): string {
  if (typeof message !== "string" || message === "") throw expected("message", "a non-empty string", message);
  if (message.length > maxMessageLength) {
    throw expectedRange("message", `at most ${maxMessageLength} characters`, message);
  }
  return message;
}

function checkedTimeout(seconds: unknown): number {
  const what = `a whole number of seconds from ${minTimeoutInSeconds} to ${maxTimeoutInSeconds}`;
  if (typeof seconds !== "number") throw expected("deliveryReportTimeoutInSeconds", what, seconds);
  if (Number.isInteger(seconds) && seconds >= minTimeoutInSeconds && seconds <= maxTimeoutInSeconds)
    return seconds;
  throw expectedRange("deliveryReportTimeoutInSeconds", what, seconds);
}

function checkedConnect(connect: MessagingConnectOptions): MessagingConnectOptions {
  const { partner } = connect;
  if (typeof partner !== "string" || partner === "")
    throw expected("messagingConnect.partner", "a non-empty string", partner);
  if ("partnerParams" in connect) {
    const { partnerParams } = connect;
    const isObject = typeof partnerParams === "object" && partnerParams !== null;
    if (!isObject || Object.keys(partnerParams).length === 0) {
      throw expected("messagingConnect.partnerParams", "an object with at least one property", partnerParams);
    }
    return { partner, partnerParams: { ...partnerParams } };
  }
  const { apiKey } = connect;
  if (typeof apiKey !== "string" || apiKey === "")
    throw expected("messagingConnect.apiKey", "a non-empty string", apiKey);
  return { partner, apiKey };
}
