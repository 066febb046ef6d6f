import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";

import type { Row } from "../../stores/entry-row.js";
import { SqliteConnection } from "../../stores/sqlite/connection.js";
import { numbered } from "../../stores/sqlite/statement.js";
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
import {
  checkedHold,
  checkedName,
  checkedNote,
  checkedNumber,
  checkedRun,
  checkPlan,
  pageOf,
  storable,
  timeOf,
} from "./journal-checks.js";
import { campaignOf, settledOf, totalsOf } from "./journal-rows.js";
import { countItems, dropCampaign } from "./sqlite-journal-sweeps.js";
import * as sql from "./sqlite-journal-tables.js";
import { claiming, endingClaims, lookingUp, planning, recording, settling } from "./sqlite-journal-works.js";

/**
 * A journal of campaigns in a SQLite file, for any number of processes **on one machine**, and of ten million items and
 * more.
 *
 * - The file is made at first use, readable for its owner alone (mode 0600; one that exists keeps its mode), in a folder
 *   that exists. It may hold many campaigns, and be the file of a `SqliteSuppressionStore`, where more is said that holds
 *   for both. `":memory:"` forgets all with the process, and cannot be gone on with.
 * - What is acknowledged is on the disk. But **a disk that is thrown away takes the journal along**, and whoever runs the
 *   campaign again without it texts everybody again: containers need a mounted volume, or
 *   {@link PostgresCampaignJournal}. `create: false` refuses a file that is not there.
 * - Writes that are asked for at the same time share one wait for the disk. `synchronous: "normal"` waits for none: what
 *   a machine that crashes has forgotten may then be sent twice.
 * - A list in the order of its keys goes fastest; one in another order takes several times as long to be planned.
 *
 * It holds, for each item, its key, its phone number, what became of it and the service's message id; and the texts of
 * batches that are under way, which are removed as soon as their last item has a result. The file's free pages may hold
 * what was removed until SQLite uses them again. All stays until {@link SqliteCampaignJournal.forget} is called: keep it
 * for as long as the campaign may have to be run again, and to know whom it has texted.
 *
 * Keys, ids of campaigns and recipients have 1 to 512 characters. Methods reject with SQLite's own error (`code` is
 * `"ERR_SQLITE_ERROR"`), in which nothing private is; with `TypeError` or `RangeError` for a caller's mistake.
 *
 * @example
 * ```ts
 * import { SmsClient } from "acs-sms";
 * import { Campaign, SqliteCampaignJournal } from "acs-sms/campaigns";
 *
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!);
 * const recipients = ["+14255550123", "+14255550188"];
 * const message = "The spring sale has begun. Reply STOP to hear no more of us.";
 *
 * await using journal = new SqliteCampaignJournal("campaigns.sqlite");
 * const campaign = new Campaign(sms, { id: "spring-sale", from: "+18005551234", recipients, message, journal });
 * for await (const result of campaign.run()) console.log(result.to, result.status);
 * ```
 */
export class SqliteCampaignJournal implements CampaignJournal {
  readonly #connection: SqliteConnection;
  readonly #writes: GroupedWrites;

  /**
   * @param pathOrDatabase - A file, relative to the working directory if it is, `":memory:"`, or a database of yours.
   * @throws TypeError or RangeError for malformed arguments. Nothing is opened yet.
   */
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
    return this.#writes.write(lookingUp(checkedRun(at), asked));
  }

  async sendersOf(campaign: string, recipients: readonly string[]): Promise<readonly (string | undefined)[]> {
    checkedName("campaign", campaign);
    const asked = JSON.stringify(recipients.map((recipient) => checkedName("recipient", recipient)));
    const rows = await this.#connection.read((prepare) => {
      const known = prepare(sql.findCampaign).get(campaign);
      return known && prepare(sql.findSenders).all(numbered<string | number>(Number(known["id"]), asked));
    }, undefined);
    return recipients.map((_, index) => {
      const sender = rows?.[index]?.["sender"];
      return typeof sender === "string" ? sender : undefined;
    });
  }

  async plan(at: RunPosition, batches: readonly PlannedBatch[]): Promise<boolean> {
    checkPlan(batches);
    return this.#writes.write(planning(checkedRun(at), batches));
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
    return this.#writes.write(recording(checkedRun(at), checked));
  }

  async endPlanning(at: RunPosition): Promise<boolean> {
    const { campaign, run } = checkedRun(at);
    return this.#writes.write((prepare) => prepare(sql.endPlanning).run(campaign, run).changes === 1);
  }

  async claim(campaign: string, batch: number): Promise<ClaimedBatch | undefined> {
    return this.#writes.write(claiming(checkedName("campaign", campaign), checkedNumber("batch", batch)));
  }

  async begin(held: BatchPosition, firstSentAt: Date): Promise<boolean> {
    const { campaign, batch, run, claim } = checkedHold(held);
    const values = [timeOf("firstSentAt", firstSentAt), campaign, batch, run, claim];
    return this.#writes.write((prepare) => prepare(sql.beginBatch).run(...values).changes === 1);
  }

  async renew(held: BatchPosition): Promise<number | undefined> {
    const { campaign, batch, run, claim } = checkedHold(held);
    const renewed = await this.#writes.write((prepare) =>
      prepare(sql.renewBatch).get(campaign, batch, run, claim),
    );
    return renewed && Number(renewed["generation"]);
  }

  async settle(held: BatchPosition, { results, firstSentAt }: Settlement): Promise<boolean> {
    if (firstSentAt !== undefined) timeOf("firstSentAt", firstSentAt);
    return this.#writes.write(settling(checkedHold(held), { results: [...results], firstSentAt }));
  }

  async unsettled(campaign: string, after: number, limit: number): Promise<readonly number[]> {
    const page = pageOf(campaign, after, limit);
    const rows = await this.#rows(sql.unsettledPage, ...page);
    return rows.map(({ batch }) => Number(batch));
  }

  async results(campaign: string, after: number, limit: number): Promise<readonly SettledBatch[]> {
    const page = pageOf(campaign, after, limit);
    return this.#connection.read((prepare) => {
      const batches = prepare(sql.settledPage).all(numbered<string | number>(...page));
      return batches.map((row) =>
        settledOf(row, prepare(sql.resultsOf).all(Number(row["campaign"]), Number(row["batch"]))),
      );
    }, undefined);
  }

  /** Counted bit by bit: while others write, it is off by what they write meanwhile. */
  async totals(campaign: string): Promise<JournalTotals> {
    checkedName("campaign", campaign);
    return totalsOf(await countItems(this.#connection, campaign));
  }

  /** Removed bit by bit; whatever is left of an earlier call that was interrupted goes, too. */
  async forget(campaign: string): Promise<boolean> {
    checkedName("campaign", campaign);
    const { changes } = await this.#writes.write((prepare) => prepare(sql.forgetCampaign).run(campaign));
    for (const { id } of await this.#rows(sql.findForgotten)) await dropCampaign(this.#writes, Number(id));
    return changes === 1;
  }

  /** Does what was asked for and closes the file; later calls reject. A database of yours stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writes[Symbol.asyncDispose]();
    await this.#connection[Symbol.asyncDispose]();
  }

  async #rows(statement: string, ...values: (string | number)[]): Promise<Row[]> {
    return this.#connection.read((prepare) => prepare(statement).all(...values), undefined);
  }
}
