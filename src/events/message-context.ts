import type { SmsSendOptions, SmsSendRequest } from "../client/send-request.js";
import type { SmsSendResult } from "../client/send-result.js";
import type { InboundTextOutcome } from "../suppression/inbound-text.js";
import type { SuppressionGate } from "../suppression/suppression-gate.js";
import type { EventInbox } from "./event-inbox.js";
import type { SmsInboundMessage } from "./sms-event.js";

/** What sends replies: an `SmsClient`. */
export interface ReplySender {
  send(request: SmsSendRequest, options?: SmsSendOptions): Promise<SmsSendResult[]>;
}

/** What became of a reply: the result of its send, or that an earlier delivery of the event has sent it. */
export type ReplyOutcome = SmsSendResult | AlreadySentReply;

/** The reply was sent when the event was delivered before; nothing was sent now. */
export interface AlreadySentReply {
  readonly status: "already-sent";
  readonly to: string;
  readonly messageId: string;
}

/** How a reply is sent. */
export type ReplyOptions = Pick<
  SmsSendOptions,
  "enableDeliveryReport" | "tag" | "deliveryReportTimeoutInSeconds" | "abortSignal"
>;

/**
 * What `onMessage` can do about a message. What it opted in or out of is recorded already. The functions can be taken
 * out of it.
 */
export interface SmsMessageContext {
  /** What the message meant for the suppression list. */
  readonly outcome: InboundTextOutcome;
  /**
   * Answers from the number that was texted, through the suppression list. An event that is delivered again sends the
   * first answer once, the second once, and so on: answers are told apart by their order.
   */
  readonly reply: (text: string, options?: ReplyOptions) => Promise<ReplyOutcome>;
  /**
   * Confirms an opt-out, past the suppression list, once. `undefined` where there is nothing to confirm: the message is
   * no opt-out, it is older than five minutes, or the carrier or the service answers that word itself.
   */
  readonly confirmOptOut: (text: string, options?: ReplyOptions) => Promise<ReplyOutcome | undefined>;
  /** Answers HELP, to people who have opted out too. As {@link SmsMessageContext.confirmOptOut}. */
  readonly answerHelp: (text: string, options?: ReplyOptions) => Promise<ReplyOutcome | undefined>;
}

/** The context of one inbound message. */
export function messageContext(
  message: SmsInboundMessage,
  outcome: InboundTextOutcome,
  sms: ReplySender,
  inbox: EventInbox,
  suppression: SuppressionGate,
): SmsMessageContext {
  let replies = 0;
  const grantFor = (intent: "opt-out" | "help") =>
    outcome.confirmation?.intent === intent ? outcome.confirmation : undefined;
  const send = async (name: string, text: string, options: SmsSendOptions): Promise<ReplyOutcome> =>
    sendOnce(
      `${name} to ${message.messageId}`,
      { from: message.to, to: [message.from], message: text },
      options,
    );

  /** A record before and after, since the service itself remembers an identity for minutes only. */
  async function sendOnce(
    key: string,
    request: SmsSendRequest,
    options: SmsSendOptions,
  ): Promise<ReplyOutcome> {
    const record = await inbox.beginReply(key, new Date());
    const { sentMessageId } = record;
    if (sentMessageId !== undefined)
      return { status: "already-sent", to: message.from, messageId: sentMessageId };
    const idempotency = { key, firstSentAt: record.beganAt, isRepeat: !record.isNew };
    const result = await firstResult(sms.send(request, { ...options, idempotency, suppression })).catch(
      async (error: unknown) => {
        // A mistake of the caller's was found before anything was planned: the reply can be begun anew once it is mended.
        const isMistake = error instanceof TypeError || error instanceof RangeError;
        if (record.isNew && isMistake) await inbox.cancelReply(key);
        throw error;
      },
    );
    if (result.status === "accepted") await inbox.completeReply(key, result.messageId);
    else if (result.status !== "unknown" && record.isNew) await inbox.cancelReply(key);
    return result;
  }

  return {
    outcome,
    reply: async (text, options = {}) => send(`reply ${++replies}`, text, options),
    confirmOptOut: async (text, options = {}) => {
      const confirmation = grantFor("opt-out");
      return confirmation && send("confirmation", text, { ...options, confirmation });
    },
    answerHelp: async (text, options = {}) => {
      const confirmation = grantFor("help");
      return confirmation && send("help", text, { ...options, confirmation });
    },
  };
}

/** A send to one person that got no verdict throws, and tells its result along: a reply has one either way. */
async function firstResult(sending: Promise<SmsSendResult[]>): Promise<SmsSendResult> {
  const [result] = await sending.catch((error: unknown) => resultsOf(error));
  if (result === undefined) throw new Error("A send to one recipient gave no result.");
  return result;
}

function resultsOf(error: unknown): SmsSendResult[] {
  const results: unknown = error instanceof Error ? Reflect.get(error, "results") : undefined;
  if (!Array.isArray(results)) throw error;
  return results;
}
