import { AbortError } from "../../errors/sms-error.js";
import type { BatchSender } from "../delivery/attempt-batch.js";
import { deliverBatch, type DeliveryTools } from "../delivery/deliver-batch.js";
import type { ReadyBatch } from "../delivery/ready-batch.js";
import { resultsFor } from "../delivery/results-for.js";
import type { CampaignResult } from "../campaign-result.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { JournalOpening } from "../journal/campaign-journal.js";
import { unsettledBatches } from "../journal/unsettled-batches.js";
import { checkMessages } from "../planning/check-messages.js";
import { Planner } from "../planning/planner.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import { Crew } from "./crew.js";
import { EndingSignals } from "./ending-signals.js";
import { PausableGate } from "./pausable-gate.js";
import { ResultChannel } from "./result-channel.js";
import type { Scorekeeper } from "./scorekeeper.js";

/** So many results may wait to be read before sending waits, too. */
const mostUnread = 5000;

/** One run of a campaign, from the opening of its journal to its end. */
export class CampaignRun<Item extends CampaignItem> {
  readonly gate: PausableGate;
  readonly #settings: CampaignSettings<Item>;
  readonly #scores: Scorekeeper;
  readonly #signals = new EndingSignals();
  readonly #results = new ResultChannel<CampaignResult>(mostUnread);
  readonly #crew: Crew;
  readonly #tools: DeliveryTools;
  #failure: { readonly error: unknown } | undefined;

  constructor(sms: BatchSender, settings: CampaignSettings<Item>, scores: Scorekeeper) {
    this.#settings = settings;
    this.#scores = scores;
    this.gate = new PausableGate(settings.rateLimiter, this.#signals.stop);
    this.#crew = new Crew(settings.concurrency, (error) => this.#fail(error));
    this.#tools = {
      ...settings,
      sms,
      rateLimiter: this.gate,
      stopSignal: this.#signals.stop,
      endSignal: this.#signals.end,
    };
  }

  /** The results, as they come in. Whoever stops reading stops the run; it is over when this is. */
  async *results(abortSignal: AbortSignal | undefined): AsyncGenerator<CampaignResult, void, undefined> {
    const abort = (): void => this.#fail(new AbortError(abortSignal?.reason));
    if (abortSignal?.aborted === true) abort();
    abortSignal?.addEventListener("abort", abort, { once: true });
    const work = this.#work();
    try {
      for await (const results of this.#results.read()) yield* results;
      this.#scores.tell(true);
    } finally {
      abortSignal?.removeEventListener("abort", abort);
      this.#results.abandon();
      this.#signals.begin();
      await work;
      this.#signals.dispose();
    }
  }

  /** Never rejects: what goes wrong comes at the end of the results. */
  async #work(): Promise<void> {
    try {
      await this.#sendAll();
    } catch (error) {
      this.#fail(error);
    }
    await this.#crew.done();
    this.#results.end(this.#failure);
  }

  async #sendAll(): Promise<void> {
    await checkMessages(this.#settings, this.#signals.stop);
    const { journal, id, note } = this.#settings;
    const opening = await journal.open(id, { note });
    const recovered = new Set<string>();
    for await (const batch of this.#leftBehind(opening)) {
      for (const { key } of batch.items) recovered.add(key);
      await this.#start(batch);
    }
    const tell = async (results: readonly CampaignResult[]): Promise<void> => this.#tell(results);
    const planner = new Planner(this.#settings, opening, recovered, tell);
    for await (const batch of planner.batches(this.#signals.stop)) await this.#start(batch);
  }

  /** The batches that earlier runs began and did not end, while they can still be repeated. */
  async *#leftBehind({ campaign }: JournalOpening): AsyncGenerator<ReadyBatch, void, undefined> {
    const { journal } = this.#settings;
    for await (const batch of unsettledBatches(journal, campaign)) {
      const claimed = await journal.claim(campaign, batch);
      if (claimed !== undefined) yield { ...claimed, campaign };
    }
  }

  async #start(batch: ReadyBatch): Promise<void> {
    if (this.#signals.stop.aborted) return;
    await this.#crew.start(batch.from, async () => {
      const results = await deliverBatch(this.#tools, batch);
      await this.#tell(resultsFor(results, batch));
    });
  }

  async #tell(results: readonly CampaignResult[]): Promise<void> {
    this.#scores.add(results);
    await this.#results.push(results);
  }

  /** The first failure ends the run; later ones are its consequences. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#signals.begin();
  }
}
