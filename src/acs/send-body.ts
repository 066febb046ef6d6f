import type { MessagingConnectOptions, SmsAttempt, SmsMessage } from "../transport/sms-transport.js";
import { fullVersion, plainSendVersion, takesPartnerParams } from "./api-version.js";

/** The oldest stable version that carries what a message asks for. */
export function versionFor(message: SmsMessage): string {
  const isPlain =
    message.deliveryReportTimeoutInSeconds === undefined && message.messagingConnect === undefined;
  return isPlain ? plainSendVersion : fullVersion;
}

/** The body of `POST /sms`, keys in the order of the official client. */
export function encodeSend(message: SmsMessage, attempt: SmsAttempt, apiVersion: string): string {
  const { tag, deliveryReportTimeoutInSeconds, messagingConnect } = message;
  const options = JSON.stringify({
    enableDeliveryReport: message.enableDeliveryReport,
    ...(tag !== undefined && { tag }),
    ...(deliveryReportTimeoutInSeconds !== undefined && { deliveryReportTimeoutInSeconds }),
    ...(messagingConnect !== undefined && { messagingConnect: connectFor(apiVersion, messagingConnect) }),
  });
  const [from, text] = [JSON.stringify(message.from), JSON.stringify(message.text)];
  return `{"from":${from},"smsRecipients":[${recipientsOf(attempt)}],"message":${text},"smsSendOptions":${options}}`;
}

/** Written by hand, as they are most of a body: nothing in a number in E.164, a UUID or a date has to be escaped. */
function recipientsOf({ recipients, firstSentAt }: SmsAttempt): string {
  const end = `","repeatabilityFirstSent":"${firstSentAt.toUTCString()}"}`;
  let items = "";
  for (const { to, repeatabilityRequestId } of recipients) {
    items += `${items === "" ? "" : ","}{"to":"${to}","repeatabilityRequestId":"${repeatabilityRequestId}${end}`;
  }
  return items;
}

/** `{ partner, apiKey }` and `{ partner, partnerParams }` say the same to different versions. */
function connectFor(apiVersion: string, connect: MessagingConnectOptions): Record<string, unknown> {
  const { partner } = connect;
  const params = "partnerParams" in connect ? connect.partnerParams : { apiKey: connect.apiKey };
  return takesPartnerParams(apiVersion)
    ? { partner, partnerParams: params }
    : { apiKey: params["apiKey"], partner };
}
