import { setTimeout as delay } from "node:timers/promises";

import { throwIfAborted, untilAborted } from "../../../errors/abort.js";
import type { CampaignResult } from "../../campaign-result.js";
import type { CampaignSettings } from "../../campaign-settings.js";
import type { Planner } from "../../planning/planner.js";
import type { CampaignItem } from "../../recipients/campaign-item.js";
import { inChunks } from "../../recipients/in-chunks.js";
import { openSharedPlanner, sharedBatches } from "../../sharing/plan-batches.js";
import type { BatchQueue } from "./batch-queue.js";
import type { EnqueuedTotals } from "./queue-types.js";

/** How a campaign is put into a queue, checked. */
export interface EnqueueSettings {
  readonly abortSignal: AbortSignal | undefined;
  readonly mostWaiting: number;
}

/** So many jobs are added at once. */
const mostAtOnce = 100;
/** How long the first batches of a slow list wait for further ones. */
const lingerInMs = 20;
/** How often it is looked whether there is room for more. */
const pollInMs = 200;

/** Plans a campaign, and adds a job for each of its batches that is not settled. See `CampaignQueue.enqueue`. */
export class Enqueuing<Item extends CampaignItem> {
  readonly #queue: BatchQueue;
  readonly #settings: CampaignSettings<Item>;
  readonly #options: EnqueueSettings;
  readonly #reported = { invalid: 0, duplicate: 0, expired: 0 };

  constructor(queue: BatchQueue, settings: CampaignSettings<Item>, options: EnqueueSettings) {
    this.#queue = queue;
    this.#settings = settings;
    this.#options = options;
  }

  async run(): Promise<EnqueuedTotals> {
    const { abortSignal } = this.#options;
    throwIfAborted(abortSignal);
    const signal = abortSignal ?? new AbortController().signal;
    const planner = await openSharedPlanner(this.#settings, (results) => this.#count(results), signal);
    const planned = await this.#addAll(planner, signal);
    throwIfAborted(abortSignal);
    const { invalid, duplicate, expired } = this.#reported;
    const known = planner.read - planned - invalid - duplicate - expired;
    return { items: planner.read, planned, known, invalid, duplicate, expired };
  }

  async #addAll(planner: Planner<Item>, signal: AbortSignal): Promise<number> {
    const size = Math.min(mostAtOnce, this.#options.mostWaiting);
    let planned = 0;
    const batches = sharedBatches(this.#settings, planner, signal);
    for await (const chunk of inChunks(batches, { size, lingerInMs, signal })) {
      await this.#add(chunk.map(({ batch }) => batch));
      for (const { people } of chunk) planned += people;
    }
    return planned;
  }

  async #add(batches: readonly number[]): Promise<void> {
    if (batches.length === 0) return;
    await this.#room();
    const jobs = batches.map((batch) => ({ campaign: this.#settings.id, batch }));
    await untilAborted(this.#options.abortSignal, async () => this.#queue.add(jobs));
  }

  /** Waits until there is room for more in the queue. */
  async #room(): Promise<void> {
    const { abortSignal, mostWaiting } = this.#options;
    for (;;) {
      const { waiting } = await untilAborted(abortSignal, async () => this.#queue.counts());
      if (waiting < mostWaiting) return;
      await untilAborted(abortSignal, async () => delay(pollInMs));
    }
  }

  #count(results: readonly CampaignResult[]): void {
    for (const { status, isEarlier } of results) {
      const isNew = !isEarlier && (status === "invalid" || status === "duplicate" || status === "expired");
      if (isNew) this.#reported[status] += 1;
    }
  }
}
