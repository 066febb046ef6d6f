import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import type { DatabaseSync } from "node:sqlite";

import type { Row } from "../../stores/entry-row.js";
import { pauseInMs, SqliteConnection } from "../../stores/sqlite/connection.js";
import { settingsOf, type SqliteOptions } from "../../stores/sqlite/options.js";
import type {
  BatchPosition,
  CampaignJournal,
  ClaimedBatch,
  JournalCampaign,
  JournalOpening,
  JournalOpenOptions,
  JournalRecord,
  JournalResult,
  JournalTotals,
  PlannedBatch,
  RunPosition,
  SettledBatch,
  Settlement,
} from "./campaign-journal.js";
import { GroupedWrites } from "./grouped-writes.js";
import { checkedName, checkedNote, checkedNumber, checkPlan, storable, timeOf } from "./journal-checks.js";
import { campaignOf, settledOf, totalsOf } from "./journal-rows.js";
import * as sql from "./sqlite-journal-tables.js";
import { claiming, endingClaims, lookingUp, planning, recording, settling } from "./sqlite-journal-works.js";

/** How many items are counted or removed in one go, between which the event loop runs. */
const mostAtOnce = 10_000;

/**
 * A journal of campaigns in a SQLite file, for any number of processes **on one machine**.
 */
export class SqliteCampaignJournal implements CampaignJournal {
  readonly #connection: SqliteConnection;
  readonly #writes: GroupedWrites;

  constructor(pathOrDatabase: string | DatabaseSync, options: SqliteOptions = {}) {
    this.#connection = new SqliteConnection(settingsOf(pathOrDatabase, options), sql.journalSchema);
    this.#writes = new GroupedWrites(this.#connection);
  }

  async open(campaign: string, options: JournalOpenOptions = {}): Promise<JournalOpening> {
    const { keepPlanned = false } = options;
    const values = [checkedName("campaign", campaign), randomUUID(), Date.now(), checkedNote(options.note)];
    const row = await this.#writes.write((prepare) => prepare(sql.beginRun).get(...values));
    if (row === undefined) throw new TypeError("SQLite began no run.");
    const opened = campaignOf(campaign, row);
    let last: number | undefined = keepPlanned ? undefined : 0;
    while (last !== undefined)
      last = await this.#writes.write(endingClaims(Number(row["id"]), opened.run, last));
    return { ...opened, isNew: opened.run === 1 };
  }

  async read(campaign: string): Promise<JournalCampaign | undefined> {
    const [row] = await this.#rows(sql.findCampaign, checkedName("campaign", campaign));
    return row && campaignOf(campaign, row);
  }

  async lookUp(at: RunPosition, keys: readonly string[]): Promise<readonly (JournalRecord | undefined)[]> {
    const asked = keys.map((key) => checkedName("key", key));
    return this.#writes.write(lookingUp({ ...at }, asked));
  }

  async sendersOf(campaign: string, recipients: readonly string[]): Promise<readonly (string | undefined)[]> {
    const asked = JSON.stringify(recipients.map((recipient) => checkedName("recipient", recipient)));
    const rows = await this.#connection.read((prepare) => {
      const known = prepare(sql.findCampaign).get(campaign);
      return known && prepare(sql.findSenders).all(Number(known["id"]), asked);
    }, undefined);
    return recipients.map((_, index) => {
      const sender = rows?.[index]?.["sender"];
      return typeof sender === "string" ? sender : undefined;
    });
  }

  async plan(at: RunPosition, batches: readonly PlannedBatch[]): Promise<boolean> {
    checkPlan(batches);
    return this.#writes.write(planning({ ...at }, structuredClone(batches)));
  }

  async recordItems(
    at: RunPosition,
    results: readonly (JournalResult & { readonly to: string })[],
  ): Promise<boolean> {
    const checked = results.map((result) => ({
      ...result,
      key: checkedName("key", result.key),
      to: storable(result.to),
    }));
    return this.#writes.write(recording({ ...at }, checked));
  }

  async endPlanning({ campaign, run }: RunPosition): Promise<boolean> {
    return this.#writes.write((prepare) => prepare(sql.endPlanning).run(campaign, run).changes === 1);
  }

  async claim(campaign: string, batch: number): Promise<ClaimedBatch | undefined> {
    return this.#writes.write(claiming(campaign, checkedNumber("batch", batch)));
  }

  async begin({ campaign, batch, run, claim }: BatchPosition, firstSentAt: Date): Promise<boolean> {
    const values = [timeOf("firstSentAt", firstSentAt), campaign, batch, run, claim];
    return this.#writes.write((prepare) => prepare(sql.beginBatch).run(...values).changes === 1);
  }

  async renew({ campaign, batch, run, claim }: BatchPosition): Promise<number | undefined> {
    const renewed = await this.#writes.write((prepare) =>
      prepare(sql.renewBatch).get(campaign, batch, run, claim),
    );
    return renewed && Number(renewed["generation"]);
  }

  async settle(held: BatchPosition, { results, firstSentAt }: Settlement): Promise<boolean> {
    if (firstSentAt !== undefined) timeOf("firstSentAt", firstSentAt);
    return this.#writes.write(settling({ ...held }, { results: [...results], firstSentAt }));
  }

  async unsettled(campaign: string, after: number, limit: number): Promise<readonly number[]> {
    const rows = await this.#rows(sql.unsettledPage, campaign, after, limit);
    return rows.map(({ batch }) => Number(batch));
  }

  async results(campaign: string, after: number, limit: number): Promise<readonly SettledBatch[]> {
    return this.#connection.read((prepare) => {
      const batches = prepare(sql.settledPage).all(campaign, after, limit);
      return batches.map((row) =>
        settledOf(row, prepare(sql.resultsOf).all(Number(row["campaign"]), Number(row["batch"]))),
      );
    }, undefined);
  }

  async totals(campaign: string): Promise<JournalTotals> {
    const known = await this.#connection.read(
      (prepare) => prepare(sql.findCampaign).get(campaign),
      undefined,
    );
    const counts: Row[] = [];
    if (known === undefined) return totalsOf(counts);
    const [id, last] = [Number(known["id"]), Number(known["last_batch"])];
    for await (const range of rangesTo(await this.#lastUnplanned(id), last))
      counts.push(...(await this.#rows(sql.countRange, id, ...range)));
    return totalsOf(counts);
  }

  async forget(campaign: string): Promise<boolean> {
    const { changes } = await this.#writes.write((prepare) => prepare(sql.forgetCampaign).run(campaign));
    for (const { id } of await this.#rows(sql.findForgotten)) await this.#drop(Number(id));
    return changes === 1;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writes[Symbol.asyncDispose]();
    await this.#connection[Symbol.asyncDispose]();
  }

  async #rows(statement: string, ...values: (string | number)[]): Promise<Row[]> {
    return this.#connection.read((prepare) => prepare(statement).all(...values), undefined);
  }

  async #lastUnplanned(id: number): Promise<number> {
    const [row] = await this.#rows(sql.lastUnplanned, id);
    return Number(row?.["position"] ?? 0);
  }

  /** A bit at a time, for others who wait. The campaign goes last, so that what is left is found after a crash. */
  async #drop(id: number): Promise<void> {
    for (const statement of [sql.dropItems, sql.dropBatches]) {
      while ((await this.#writes.write((prepare) => prepare(statement).run(id, mostAtOnce).changes)) !== 0)
        await delay(pauseInMs);
    }
    await this.#writes.write((prepare) => prepare(sql.dropCampaign).run(id));
  }
}

/** Ranges of items, each of which is counted in one go: those without a batch, then the batches. */
async function* rangesTo(
  lastUnplanned: number,
  lastBatch: number,
): AsyncGenerator<[number, number, number, number]> {
  for (let after = -1; after < lastUnplanned; after += mostAtOnce) {
    yield [0, after, 0, after + mostAtOnce];
    await nextTurn();
  }
  for (let after = 1; after <= lastBatch; after += mostAtOnce / 100) {
    yield [after, -1, after + mostAtOnce / 100, -1];
    await nextTurn();
  }
}
