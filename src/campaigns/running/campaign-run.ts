import { AbortError } from "../../errors/sms-error.js";
import type { BatchSender } from "../delivery/attempt-batch.js";
import { deliverBatch, type DeliveryTools } from "../delivery/deliver-batch.js";
import type { ReadyBatch } from "../delivery/ready-batch.js";
import type { CampaignResult } from "../campaign-result.js";
import type { CampaignSettings } from "../campaign-settings.js";
import type { JournalOpening, JournalResult } from "../journal/campaign-journal.js";
import { checkMessages } from "../planning/check-messages.js";
import { Planner } from "../planning/planner.js";
import type { CampaignItem } from "../recipients/campaign-item.js";
import { Crew } from "./crew.js";
import { PausableGate } from "./pausable-gate.js";
import { ResultChannel } from "./result-channel.js";
import type { Scorekeeper } from "./scorekeeper.js";

/** So many results may wait to be read before sending waits, too. */
const mostUnread = 5000;

/** How long requests that are under way may take when a run is to stop: what is cut off is `unknown`. */
const graceInMs = 10_000;

/** So many batches of earlier runs are looked for at once. */
const recoveredAtOnce = 100;

/** One run of a campaign, from the opening of its journal to its end. */
export class CampaignRun<Item extends CampaignItem> {
  readonly gate: PausableGate;
  readonly #settings: CampaignSettings<Item>;
  readonly #scores: Scorekeeper;
  readonly #stop = new AbortController();
  readonly #end = new AbortController();
  readonly #results = new ResultChannel<CampaignResult>(mostUnread);
  readonly #crew: Crew;
  readonly #tools: DeliveryTools;
  #failure: { readonly error: unknown } | undefined;

  constructor(sms: BatchSender, settings: CampaignSettings<Item>, scores: Scorekeeper) {
    this.#settings = settings;
    this.#scores = scores;
    this.gate = new PausableGate(settings.rateLimiter, this.#stop.signal);
    this.#crew = new Crew(settings.concurrency, (error) => this.#fail(error));
    this.#tools = {
      ...settings,
      sms,
      rateLimiter: this.gate,
      stopSignal: this.#stop.signal,
      endSignal: this.#end.signal,
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
      this.#halt();
      await work;
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
    await checkMessages(this.#settings);
    const { journal, id, note } = this.#settings;
    const opening = await journal.open(id, { note });
    const recovered = new Set<string>();
    for await (const batch of this.#leftBehind(opening)) {
      for (const { key } of batch.items) recovered.add(key);
      await this.#start(batch);
    }
    const tell = async (results: readonly CampaignResult[]): Promise<void> => this.#tell(results);
    const planner = new Planner(this.#settings, opening, recovered, tell);
    for await (const batch of planner.batches(this.#stop.signal)) await this.#start(batch);
  }

  /** The batches that earlier runs began and did not end, while they can still be repeated. */
  async *#leftBehind({ campaign, run }: JournalOpening): AsyncGenerator<ReadyBatch, void, undefined> {
    const { journal } = this.#settings;
    for (let after = 0; ;) {
      const batches = await journal.unsettled(campaign, after, recoveredAtOnce);
      for (const batch of batches) {
        const claimed = await journal.claim(campaign, batch);
        if (claimed !== undefined) yield { ...claimed, campaign, run };
      }
      after = batches.at(-1) ?? 0;
      if (batches.length < recoveredAtOnce) return;
    }
  }

  async #start(batch: ReadyBatch): Promise<void> {
    if (this.#stop.signal.aborted) return;
    await this.#crew.start(batch.from, async () => {
      const results = await deliverBatch(this.#tools, batch);
      await this.#tell(told(results, batch));
    });
  }

  async #tell(results: readonly CampaignResult[]): Promise<void> {
    this.#scores.add(results);
    await this.#results.push(results);
  }

  /** The first failure ends the run; later ones are its consequences. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#halt();
  }

  #halt(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    const timer = setTimeout(() => this.#end.abort(), graceInMs);
    void this.#crew.done().finally(() => clearTimeout(timer));
  }
}

function told(results: readonly JournalResult[], { items, from }: ReadyBatch): CampaignResult[] {
  const numbers = new Map(items.map(({ key, to }) => [key, to]));
  return results.map((result) => ({ ...result, to: numbers.get(result.key) ?? "", from, isEarlier: false }));
}
