import { checkedPace } from "../client/pace.js";
import type { SmsClient } from "../client/sms-client.js";
import { expected, expectedRange } from "../errors/expected.js";
import { checkedObservers } from "../observers/check-observers.js";
import type { SmsObserver } from "../observers/observer.js";
import { checkDefaultCountry } from "../phone-numbers/country.js";
import { isSender } from "../phone-numbers/sender.js";
import { RateLimiter } from "../rates/rate-limiter.js";
import type { RateGate, SendLane } from "../rates/rate-gate.js";
import type { CampaignOptions } from "./campaign-options.js";
import type { CampaignProgress } from "./campaign-result.js";
import type { CampaignJournal } from "./journal/campaign-journal.js";
import type { CampaignSendOptions } from "./message/batch-message.js";
import { checkedNote } from "./journal/journal-checks.js";
import { messageMaker, type MessageMaker } from "./message/message-maker.js";
import type { CampaignItem, CampaignRecipients } from "./recipients/campaign-item.js";
import { checkRecipients } from "./recipients/open-recipients.js";

/** What a campaign was made with, checked, copied and complete. */
export interface CampaignSettings<Item extends CampaignItem> {
  readonly id: string;
  readonly from: readonly string[];
  readonly recipients: CampaignRecipients<Item>;
  readonly message: MessageMaker<Item>;
  readonly journal: CampaignJournal;
  readonly rateLimiter: RateGate;
  readonly lane: SendLane;
  readonly concurrency: number;
  readonly onUnknown: "hold" | "resend";
  readonly retryForInMs: number;
  readonly sendBefore: Date | undefined;
  readonly note: string | undefined;
  readonly defaultCountry: string | undefined;
  readonly sendOptions: CampaignSendOptions;
  readonly observers: readonly SmsObserver[];
  readonly onProgress: ((progress: CampaignProgress) => void) | undefined;
}

const longestId = 512;
const defaultConcurrency = 20;
const mostConcurrency = 1000;
const defaultRetryForInSeconds = 300;

/** @throws TypeError or RangeError that names the option. */
export function settingsOf<Item extends CampaignItem>(
  sms: SmsClient,
  options: CampaignOptions<Item>,
): CampaignSettings<Item> {
  const { id, journal, onProgress } = options;
  const { rateLimiter, lane, sendBefore } = checkedPace(
    { ...options, lane: options.lane ?? "bulk" },
    undefined,
  );
  if (typeof id !== "string" || id === "" || id.length > longestId)
    throw expected("id", `a text of 1 to ${longestId} characters`, id);
  if (typeof journal?.open !== "function")
    throw expected("journal", "a journal, such as new SqliteCampaignJournal(path)", journal);
  if (onProgress !== undefined && typeof onProgress !== "function")
    throw expected("onProgress", "a function", onProgress);
  checkRecipients(options.recipients);
  checkDefaultCountry(options.defaultCountry);
  return {
    id,
    journal,
    onUnknown: checkedOnUnknown(options.onUnknown),
    onProgress,
    observers: options.observers === undefined ? sms.observers : checkedObservers(options.observers),
    recipients: options.recipients,
    from: checkedSenders(options.from),
    message: messageMaker(options.message),
    rateLimiter: rateLimiterOf(sms, options.rate, rateLimiter),
    lane,
    concurrency: checkedConcurrency(options.concurrency),
    retryForInMs: checkedRetryForInMs(options.retryForInSeconds),
    sendBefore,
    note: checkedNote(options.note) ?? undefined,
    defaultCountry: options.defaultCountry ?? sms.defaultCountry,
    sendOptions: sendOptionsOf(options),
  };
}

function checkedSenders(from: string | readonly string[]): readonly string[] {
  const senders = typeof from === "string" ? [from] : from;
  if (!Array.isArray(senders) || senders.length === 0)
    throw expected("from", "a sender, or a list of senders", from);
  const wrong = senders.findIndex((sender) => typeof sender !== "string" || !isSender(sender));
  if (wrong !== -1) {
    const what = "a phone number in E.164, a short code, or an alphanumeric sender of at most 11 characters";
    throw expected(typeof from === "string" ? "from" : `from[${wrong}]`, what, senders[wrong]);
  }
  return [...new Set<string>(senders)];
}

function rateLimiterOf(
  sms: SmsClient,
  rate: number | undefined,
  rateLimiter: RateGate | undefined,
): RateGate {
  if (rate !== undefined && rateLimiter !== undefined)
    throw expected("rate", "left out beside `rateLimiter`", rate);
  if (rate !== undefined) return new RateLimiter({ rate });
  return rateLimiter ?? sms.rateLimiter ?? new RateLimiter();
}

/** @throws RangeError */
export function checkedConcurrency(concurrency: number = defaultConcurrency): number {
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= mostConcurrency) return concurrency;
  throw expectedRange("concurrency", `a whole number from 1 to ${mostConcurrency}`, concurrency);
}

/** @throws TypeError */
export function checkedOnUnknown(onUnknown: "hold" | "resend" = "hold"): "hold" | "resend" {
  if (onUnknown === "hold" || onUnknown === "resend") return onUnknown;
  throw expected("onUnknown", '"hold" or "resend"', onUnknown);
}

/** @throws RangeError */
export function checkedRetryForInMs(seconds: number = defaultRetryForInSeconds): number {
  if (typeof seconds === "number" && seconds >= 0) return seconds * 1000;
  throw expectedRange("retryForInSeconds", "a number of seconds of 0 or more", seconds);
}

function sendOptionsOf(options: CampaignSendOptions): CampaignSendOptions {
  const { enableDeliveryReport, tag, deliveryReportTimeoutInSeconds, messagingConnect } = options;
  return {
    ...(enableDeliveryReport !== undefined && { enableDeliveryReport }),
    ...(tag !== undefined && { tag }),
    ...(deliveryReportTimeoutInSeconds !== undefined && { deliveryReportTimeoutInSeconds }),
    ...(messagingConnect !== undefined && { messagingConnect }),
  };
}
