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
  const repeatabilityFirstSent = attempt.firstSentAt.toUTCString();
  const { tag, deliveryReportTimeoutInSeconds, messagingConnect } = message;
  return JSON.stringify({
    from: message.from,
    smsRecipients: attempt.recipients.map(({ to, repeatabilityRequestId }) => ({
      to,
      repeatabilityRequestId,
      repeatabilityFirstSent,
    })),
    message: message.text,
    smsSendOptions: {
      enableDeliveryReport: message.enableDeliveryReport,
      ...(tag !== undefined && { tag }),
      ...(deliveryReportTimeoutInSeconds !== undefined && { deliveryReportTimeoutInSeconds }),
      ...(messagingConnect !== undefined && { messagingConnect: connectFor(apiVersion, messagingConnect) }),
    },
  });
}

/** `{ partner, apiKey }` and `{ partner, partnerParams }` say the same to different versions. */
function connectFor(apiVersion: string, connect: MessagingConnectOptions): Record<string, unknown> {
  const { partner } = connect;
  const params = "partnerParams" in connect ? connect.partnerParams : { apiKey: connect.apiKey };
  return takesPartnerParams(apiVersion)
    ? { partner, partnerParams: params }
    : { apiKey: params["apiKey"], partner };
}
