import { hash } from "node:crypto";

import type { SmsSendOptions } from "../../client/send-request.js";

/** How all messages of a campaign are sent. */
export type CampaignSendOptions = Pick<
  SmsSendOptions,
  "enableDeliveryReport" | "tag" | "deliveryReportTimeoutInSeconds" | "messagingConnect"
>;

/** All that the messages of one batch have in common, as the journal keeps it while they are under way. */
export interface BatchMessage {
  readonly text: string;
  readonly sendBefore: Date | undefined;
  readonly options: CampaignSendOptions;
}

export function encodeMessage({ text, sendBefore, options }: BatchMessage): string {
  return JSON.stringify({ text, options, ...(sendBefore && { sendBefore: sendBefore.getTime() }) });
}

/** @param encoded - From {@link encodeMessage}. */
export function decodeMessage(encoded: string): BatchMessage {
  const { text, options, sendBefore }: { text: string; options: CampaignSendOptions; sendBefore?: number } =
    JSON.parse(encoded);
  return { text, options, sendBefore: sendBefore === undefined ? undefined : new Date(sendBefore) };
}

/** A digest of what a recipient gets, by which a later run sees that it was changed. When it is of use is no part of it. */
export function fingerprintOf(text: string, options: CampaignSendOptions): string {
  return hash("sha256", JSON.stringify([text, options]), "base64url").slice(0, 22);
}
