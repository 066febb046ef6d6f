import type { SmsClient } from "../client/sms-client.js";
import { throwIfAborted } from "../errors/abort.js";
import type { CampaignOptions } from "./campaign-options.js";
import type { CampaignResult, CampaignTotals } from "./campaign-result.js";
import { settingsOf, type CampaignSettings } from "./campaign-settings.js";
import type { CampaignPreview, CampaignPreviewOptions } from "./preview/campaign-preview.js";
import { previewCampaign } from "./preview/preview-campaign.js";
import type { CampaignItem } from "./recipients/campaign-item.js";
import { rememberSettings } from "./settings-in.js";
import type { CampaignBatch } from "./sharing/campaign-batch.js";
import { openSharedPlanner, sharedBatches } from "./sharing/plan-batches.js";
import { CampaignRun } from "./running/campaign-run.js";
import { Scorekeeper } from "./running/scorekeeper.js";

/** How a run can be ended early. */
export interface CampaignRunOptions {
  /**
   * Ends the run: what is under way comes to its end (for ten seconds at most), nothing new begins, and the run throws an
   * `AbortError`. The next run goes on from there.
   */
  abortSignal?: AbortSignal | undefined;
}

/**
 * One message, or one for each, to a list of any length, at the speed that the sender may have, through crashes.
 *
 * - **Memory is flat.** The list is read as it is sent, and waits for the sending; sending waits for whoever reads the
 *   results.
 * - **A kill at any instant loses nothing.** Before a batch leaves, the journal has it, with its identity; its results
 *   after. A run of a known `id` reads the list again from the beginning and knows its items by their keys: what has a
 *   result is not sent again, and what was under way is repeated under its first identity, which the service recognises
 *   for some minutes. After that its recipients are `unknown`, and `onUnknown` says what becomes of them.
 * - **Nobody who opted out is texted.** The client's suppression list is asked before every attempt.
 * - **The rate is kept** by a rate limiter, in message units; a 429 slows down all who share it.
 *
 * @example
 * ```ts
 * import { SmsClient, SuppressionList } from "acs-sms";
 * import { Campaign, SqliteCampaignJournal } from "acs-sms/campaigns";
 * import { SqliteSuppressionStore } from "acs-sms/stores/sqlite";
 *
 * const suppression = new SuppressionList(new SqliteSuppressionStore("sms.sqlite"));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * const campaign = new Campaign(sms, {
 *   id: "spring-sale",
 *   from: "+18005551234",
 *   recipients: ["+14255550123", "+14255550188"],
 *   message: "Spring sale: 20 % off until Sunday. Reply STOP to opt out.",
 *   journal: new SqliteCampaignJournal("campaigns.sqlite"),
 * });
 * for await (const { to, status } of campaign.run()) console.log(to, status);
 * console.log(campaign.totals.accepted);
 * ```
 */
export class Campaign<Item extends CampaignItem = CampaignItem> {
  readonly #sms: SmsClient;
  readonly #settings: CampaignSettings<Item>;
  #scores = new Scorekeeper(undefined);
  #run: CampaignRun<Item> | undefined;
  #isPaused = false;

  /** @throws TypeError or RangeError that names the option; nothing is opened yet. */
  constructor(sms: SmsClient, options: CampaignOptions<Item>) {
    this.#sms = sms;
    this.#settings = settingsOf(sms, options);
    rememberSettings(this, this.#settings);
  }

  /** The results of the run so far, counted; of the last run, once it is over. */
  get totals(): CampaignTotals {
    return this.#scores.totals;
  }

  /**
   * Sends, and gives one result for each item of the list, in the order in which they become known; those that earlier
   * runs found out are among them (`isEarlier`). To stop reading is to stop the run.
   *
   * @throws What ends a run: an AbortError; the service's `RestError` where it refuses all that is sent (a wrong key); an
   * SmsError `suppression-unavailable`, `missing-field`, `campaign-changed` or `campaign-taken-over`; what the list, the
   * journal or `onProgress` throw. The journal has all that was sent, and a later run goes on.
   */
  async *run({ abortSignal }: CampaignRunOptions = {}): AsyncGenerator<CampaignResult, void, undefined> {
    if (this.#run !== undefined) throw new Error("This campaign is running already.");
    throwIfAborted(abortSignal);
    this.#scores = new Scorekeeper(this.#settings.onProgress);
    const run = new CampaignRun(this.#sms, this.#settings, this.#scores);
    this.#run = run;
    if (this.#isPaused) run.gate.pause();
    try {
      yield* run.results(abortSignal);
    } finally {
      this.#run = undefined;
    }
  }

  /**
   * Plans the campaign for others to send: writes its batches into the journal, and gives a name for each, to be put into a
   * queue of any kind. Who receives one calls `sendCampaignBatch`. What is not to be sent (invalid, duplicate, sent by an
   * earlier run) is only counted, in `totals`.
   *
   * Called again for a known `id` it gives the batches that are not settled first, also those that are under way: a batch
   * that is sent by two at once is still sent under one identity.
   *
   * @throws As `run`, but for what only sending can bring.
   */
  async *plan({ abortSignal }: CampaignRunOptions = {}): AsyncGenerator<CampaignBatch, void, undefined> {
    throwIfAborted(abortSignal);
    const scores = new Scorekeeper(this.#settings.onProgress);
    this.#scores = scores;
    const signal = abortSignal ?? new AbortController().signal;
    const planner = await openSharedPlanner(this.#settings, (results) => scores.add(results), signal);
    const batches = sharedBatches(this.#settings, planner, signal);
    for await (const { batch } of batches) yield { campaign: this.#settings.id, batch };
    throwIfAborted(abortSignal);
  }

  /** Lets no further message leave, until `resume()`. What is under way comes to its end. */
  pause(): void {
    this.#isPaused = true;
    this.#run?.gate.pause();
  }

  /** Ends a pause. */
  resume(): void {
    this.#isPaused = false;
    this.#run?.gate.resume();
  }

  /**
   * What a run would do, found out by reading the whole list: how many would be texted, in how many segments, at what
   * price, for how long. Nothing is sent or written, and what earlier runs have sent is not subtracted.
   *
   * @throws As `run`, for a list that cannot be read and a failed suppression store.
   */
  async preview(options: CampaignPreviewOptions = {}): Promise<CampaignPreview> {
    return previewCampaign(this.#sms, this.#settings, options);
  }
}
