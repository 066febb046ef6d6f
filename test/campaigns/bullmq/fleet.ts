import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { JournalTotals } from "../../../src/campaigns/journal/campaign-journal.js";
import { PostgresCampaignJournal } from "../../../src/campaigns/journal/postgres-campaign-journal.js";
import { SqliteCampaignJournal } from "../../../src/campaigns/journal/sqlite-campaign-journal.js";
import type { Emulator } from "../../../src/emulator/emulator.js";
import { SqliteSuppressionStore } from "../../../src/stores/sqlite/sqlite-suppression-store.js";
import { SuppressionList } from "../../../src/suppression/suppression-list.js";
import { Pool } from "pg";
import { canary } from "../../support/canary.js";
import { Child } from "../../support/child.js";
import { sender } from "../../support/clients.js";
import type { JournalPlace } from "./programs/open-journal.js";
import type { ProducerOrder } from "./programs/producer.js";
import type { WorkerOrder } from "./programs/worker.js";

/** A producer and workers, each in a process of its own, that share a journal, a Redis and an opt-out list. */
export class Fleet implements AsyncDisposable {
  readonly numbers: readonly string[];
  readonly #folder: string;
  readonly #orders: { readonly producer: ProducerOrder; readonly worker: WorkerOrder };
  readonly #children: Child[] = [];

  private constructor(folder: string, orders: { producer: ProducerOrder; worker: WorkerOrder }) {
    this.#folder = folder;
    this.#orders = orders;
    const { people } = orders.producer;
    this.numbers = Array.from({ length: people }, (_, person) => `+1425${String(5_550_000 + person)}`);
  }

  static async of(
    emulator: Emulator,
    redisUrl: string,
    options: { people: number; prefix: string; journal?: JournalPlace | undefined } & Partial<
      Omit<WorkerOrder, "journal">
    >,
  ): Promise<Fleet> {
    const folder = await mkdtemp(join(tmpdir(), "acs-sms-fleet-"));
    const { hostname: host, port } = new URL(redisUrl);
    const redis = { host, port: Number(port) };
    const { people, prefix, journal, ...worker } = options;
    const place = journal ?? { kind: "sqlite", url: join(folder, "campaigns.sqlite"), name: "" };
    const common = { redis, prefix, journal: place };
    return new Fleet(folder, {
      producer: { ...common, from: sender, people, text: canary.text, mostWaiting: 1000 },
      worker: {
        ...common,
        connectionString: emulator.connectionString,
        optOuts: join(folder, "opt-outs.sqlite"),
        repeatabilityWindowInSeconds: 300,
        lockDurationInMs: 1000,
        concurrency: 5,
        ...worker,
      },
    });
  }

  /** Opts people out, as of now. */
  async optOut(numbers: readonly string[]): Promise<void> {
    await using store = new SqliteSuppressionStore(this.#orders.worker.optOuts, { synchronous: "normal" });
    await new SuppressionList(store).optOut(sender, [...numbers], { source: "manual", at: new Date() });
  }

  producer(more: Partial<ProducerOrder> = {}): Child {
    return this.#child("producer", { ...this.#orders.producer, ...more });
  }

  worker(more: Partial<WorkerOrder> = {}): Child {
    return this.#child("worker", { ...this.#orders.worker, ...more });
  }

  /** Has the whole campaign put into the queue. @returns What the producer printed. */
  async enqueue(): Promise<unknown> {
    const child = this.producer();
    await child.end();
    return JSON.parse(child.lines.at(-1) ?? "");
  }

  async totals(): Promise<JournalTotals> {
    const { kind, url, name } = this.#orders.worker.journal;
    if (kind === "sqlite") {
      await using journal = new SqliteCampaignJournal(url);
      return await journal.totals("shared");
    }
    const pool = new Pool({ connectionString: url, max: 1 });
    try {
      return await new PostgresCampaignJournal(pool, { schema: name, migrate: false }).totals("shared");
    } finally {
      await pool.end();
    }
  }

  /** Whoever has another number of messages than they should: one, or none for those who opted out. */
  wrong(emulator: Emulator, optedOut: ReadonlySet<string> = new Set()): string[] {
    return this.numbers.filter(
      (number) => emulator.phone(number).messages().length !== (optedOut.has(number) ? 0 : 1),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) await child[Symbol.asyncDispose]();
    await rm(this.#folder, { recursive: true });
  }

  #child(program: "producer" | "worker", order: ProducerOrder | WorkerOrder): Child {
    const child = new Child(new URL(`programs/${program}.ts`, import.meta.url), order);
    this.#children.push(child);
    return child;
  }
}
