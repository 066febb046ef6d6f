import { expected } from "../errors/expected.js";
import { throwIfAborted } from "../errors/abort.js";
import { isAnsweredByOthers } from "./automatic-replies.js";
import { grantCovers, grantFor, isValid, markOf, type ConfirmationGrant } from "./confirmation.js";
import { decide, type SuppressionDecision, type SuppressionPolicy } from "./decide.js";
import { clampedOptOut, refuseFuture, statedTime } from "./entry-time.js";
import { GuardedStore } from "./guarded-store.js";
import type { InboundText, InboundTextOutcome } from "./inbound-text.js";
import { keyOf, recipientKeysOf, senderKeyOf } from "./key-of.js";
import { policyOf, senderCountryOf, storeTimeoutInMs, type SuppressionListOptions } from "./list-options.js";
import { manualEntries, type ManualEntryOptions } from "./manual-entries.js";
import { createKeywordMatcher, type KeywordMatch } from "./opt-out-keyword.js";
import { revealedAt, revealsOptOut, type RevealingReport } from "./revealed-opt-out.js";
import type { SuppressionCallOptions, SuppressionGate } from "./suppression-gate.js";
import type { SuppressionEntry, SuppressionStore } from "./suppression-store.js";

/**
 * The suppression list: it records who opted out and in, and decides who may be texted. Give it to `SmsClient`, which
 * asks it before every attempt; feed it what phones send you.
 *
 * It helps you to honour opt-outs; it is not legal advice.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 *
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * await suppression.handleMessage({ from: "+14255550123", to: "+18005551234", message: "STOP" });
 * const [result] = await sms.send({ from: "+18005551234", to: ["+14255550123"], message: "Hello" });
 * console.log(result?.status); // "suppressed"
 * ```
 */
export class SuppressionList implements SuppressionGate {
  readonly #store: GuardedStore;
  readonly #policy: SuppressionPolicy;
  readonly #match: (text: string, sender?: string) => KeywordMatch;
  readonly #senderCountry: (sender: string) => string | undefined;

  /**
   * @throws TypeError or RangeError for a malformed store or option.
   */
  constructor(store: SuppressionStore, options: SuppressionListOptions = {}) {
    this.#store = new GuardedStore(checkedStore(store), storeTimeoutInMs(options));
    this.#policy = policyOf(options);
    this.#match = createKeywordMatcher(options.keywords);
    this.#senderCountry = senderCountryOf(options);
  }

  /**
   * Decides for each recipient, in order, whether a send from `sender` is stopped. One call to the store.
   *
   * @throws SmsError `suppression-unavailable` where the store failed, hung or answered nonsense: then nobody may be
   * texted. AbortError where the signal ended it.
   */
  async check(
    sender: string,
    recipients: readonly string[],
    options: SuppressionCallOptions = {},
  ): Promise<readonly SuppressionDecision[]> {
    const keys = recipientKeysOf("recipients", recipients);
    const senderKey = senderKeyOf("sender", sender);
    const found = await this.#store.find(keys, options.abortSignal);
    return found.map((entries) => decide(senderKey, entries, this.#policy));
  }

  /**
   * Reads a message that a person sent, and records the opt-out or opt-in it holds. When the promise resolves, the
   * store has it; where it rejects, handle the message again.
   *
   * @throws SmsError `suppression-unavailable`; RangeError for an opt-in more than five minutes in the future.
   */
  async handleMessage(
    inbound: InboundText,
    options: SuppressionCallOptions = {},
  ): Promise<InboundTextOutcome> {
    const { message, messageId, receivedAt } = inbound;
    if (typeof message !== "string") throw expected("message", "a string", message);
    const now = new Date();
    const fact = {
      sender: keyOf("to", inbound.to),
      recipient: keyOf("from", inbound.from),
      at: statedTime("receivedAt", receivedAt) ?? now,
      recordedAt: now,
      source: "keyword" as const,
      keyword: message,
      ...(messageId !== undefined && { messageId }),
    };
    const match = this.#match(message, fact.sender);
    const state = stateAfter[match.intent];
    const changed = state !== undefined && (await this.#record({ ...fact, state }, options));
    const confirmation = this.#grant(match, fact, now.getTime());
    return { ...match, changed, ...(confirmation !== undefined && { confirmation }) };
  }

  /**
   * Records the opt-out that a failed delivery report reveals ("Sender blocked for given recipient." or code 4007): one
   * that the carrier knew of and we did not. Other reports change nothing.
   *
   * @returns Whether the report reveals an opt-out, and whether that was news.
   */
  async handleDeliveryReport(
    report: RevealingReport,
    options: SuppressionCallOptions = {},
  ): Promise<{ readonly revealed: boolean; readonly changed: boolean }> {
    if (!revealsOptOut(report)) return { revealed: false, changed: false };
    const recordedAt = new Date();
    const changed = await this.#record(
      {
        sender: keyOf("from", report.from),
        recipient: keyOf("to", report.to),
        state: "opted-out",
        at: revealedAt(report, recordedAt),
        recordedAt,
        source: "delivery-report",
        ...(report.messageId !== undefined && { messageId: report.messageId }),
        ...(report.details !== undefined && { note: report.details }),
      },
      options,
    );
    return { revealed: true, changed };
  }

  /**
   * Records that recipients do not want to be texted by `sender` (`"*"`: by anyone), for example at a person's word on
   * the phone. For each, in order, whether it became the newest opt-out. One that lies in the future counts as now.
   */
  async optOut(
    sender: string,
    recipients: readonly string[],
    options: ManualEntryOptions = {},
  ): Promise<readonly boolean[]> {
    const entries = manualEntries("opted-out", sender, recipients, options.at ?? new Date(), options);
    return this.#store.record(entries.map(clampedOptOut), options.abortSignal);
  }

  /**
   * Records that recipients want to be texted by `sender` again, or under `"*"` lifts an opt-out under `"*"`. `at` is
   * the time at which consent was given: an opt-out of that time or later still stands.
   *
   * @throws TypeError without `at`; RangeError where it is more than five minutes in the future.
   */
  async optIn(
    sender: string,
    recipients: readonly string[],
    options: ManualEntryOptions & { at: Date },
  ): Promise<readonly boolean[]> {
    if (options?.at === undefined) throw expected("at", "the time consent was given", options?.at);
    const entries = manualEntries("opted-in", sender, recipients, options.at, options);
    for (const entry of entries) refuseFuture("at", entry);
    return this.#store.record(entries, options.abortSignal);
  }

  /**
   * Uses up a grant, for one text past the opt-out `entry`. `SmsClient` calls this for `send(…, { confirmation })`.
   * `false` where it was used, has expired, or is about another opt-out.
   */
  async claimConfirmation(
    grant: ConfirmationGrant,
    entry: SuppressionEntry,
    options: SuppressionCallOptions = {},
  ): Promise<boolean> {
    throwIfAborted(options.abortSignal);
    if (!isValid(grant, Date.now()) || !grantCovers(grant, entry)) return false;
    const [claimed] = await this.#store.record([markOf(grant)], options.abortSignal);
    return claimed === true;
  }

  async #record(entry: SuppressionEntry, options: SuppressionCallOptions): Promise<boolean> {
    if (entry.state === "opted-in") refuseFuture("receivedAt", entry);
    const [changed] = await this.#store.record([clampedOptOut(entry)], options.abortSignal);
    return changed === true;
  }

  #grant(
    match: KeywordMatch,
    fact: Pick<SuppressionEntry, "sender" | "recipient" | "at" | "messageId">,
    now: number,
  ): ConfirmationGrant | undefined {
    const { intent, keyword } = match;
    const { sender, recipient, at, messageId } = fact;
    if ((intent !== "opt-out" && intent !== "help") || keyword === undefined) return undefined;
    if (messageId === undefined || isAnsweredByOthers(sender, this.#senderCountry(sender), keyword))
      return undefined;
    return grantFor({ intent, messageId, sender, recipient, receivedAt: at }, now);
  }
}

const stateAfter = {
  "opt-out": "opted-out",
  "opt-in": "opted-in",
  help: undefined,
  none: undefined,
} as const;

function checkedStore(store: SuppressionStore): SuppressionStore {
  if (typeof store?.find !== "function" || typeof store.record !== "function") {
    throw expected("store", "a suppression store with `find` and `record`", store);
  }
  return store;
}
