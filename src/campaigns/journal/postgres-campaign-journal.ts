import { randomUUID } from "node:crypto";

import type { Row } from "../../stores/entry-row.js";
import { PostgresConnection } from "../../stores/postgres/connection.js";
import { settingsOf, type PostgresOptions } from "../../stores/postgres/options.js";
import type { PostgresClient } from "../../stores/postgres/postgres-client.js";
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
import { itemPlanned, itemTaken, numberTaken } from "./journal-mistakes.js";
import { campaignOf, claimedOf, columnsOf, recordOf, rowsIn, settledOf, totalsOf } from "./journal-rows.js";
import { raised } from "./postgres-journal-functions.js";
import { journalTables } from "./postgres-journal-migration.js";
import { journalStatements, type JournalStatements } from "./postgres-journal-statements.js";
import { withoutContent } from "./private-errors.js";

/** How many rows are removed in one statement. */
const mostAtOnce = 10_000;

/**
 * A journal of campaigns in Postgres 14 or later, for any number of machines, over your own `Pool` of `pg` 8, or a
 * `PGlite`; it may be in the schema of a `PostgresSuppressionStore`, where more is said that holds for both.
 *
 * - **Missing tables are made at the first use.** Once there is a campaign to go on with, say `migrate: false`, so that a
 *   connection to the wrong database does not text everybody again; see {@link campaignJournalMigration}, also for the
 *   rights that are needed.
 * - What is acknowledged is on the primary's disk, also where `synchronous_commit` is `off`. A failover to a replica that
 *   was not synchronous can lose the last of it, and what was lost may be sent twice.
 * - Each call is one statement and a transaction of its own, or several after each other, so that a pooler such as
 *   PgBouncer may be in between. Give it a pool: on a client of yours, inside a transaction, nothing is acknowledged
 *   before that is committed.
 *
 * It holds, for each item, its key, its phone number, what became of it and the service's message id; and the texts of
 * batches that are under way, which are removed as soon as their last item has a result. All stays until
 * {@link PostgresCampaignJournal.forget} is called: keep it for as long as the campaign may have to be run again, and to
 * know whom it has texted.
 *
 * Keys, ids of campaigns and recipients have 1 to 512 characters. Methods reject with the message and the code of the
 * driver's error, without what was asked or written; with `TypeError` or `RangeError` for a caller's mistake.
 *
 * @example
 * ```ts
 * import { SmsClient } from "acs-sms";
 * import { Campaign, PostgresCampaignJournal } from "acs-sms/campaigns";
 * import { Pool } from "pg";
 *
 * const pool = new Pool({ connectionString: process.env["DATABASE_URL"], connectionTimeoutMillis: 3000 });
 * pool.on("error", (error) => console.error(error.message));
 *
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!);
 * const recipients = ["+14255550123", "+14255550188"];
 * const message = "The spring sale has begun. Reply STOP to hear no more of us.";
 *
 * const journal = new PostgresCampaignJournal(pool, { schema: "sms" });
 * const campaign = new Campaign(sms, { id: "spring-sale", from: "+18005551234", recipients, message, journal });
 * for await (const result of campaign.run()) console.log(result.to, result.status);
 * ```
 */
export class PostgresCampaignJournal implements CampaignJournal {
  readonly #connection: PostgresConnection;
  readonly #statements: JournalStatements;

  /**
   * @param pool - Yours to close.
   * @throws TypeError for malformed arguments. Nothing is asked yet.
   */
  constructor(pool: PostgresClient, options: PostgresOptions = {}) {
    const settings = settingsOf(options);
    this.#connection = new PostgresConnection(pool, settings, journalTables);
    this.#statements = journalStatements(settings.schema);
  }

  async open(campaign: string, options: JournalOpenOptions = {}): Promise<JournalOpening> {
    const { keepPlanned = false } = options;
    const note = checkedNote(options.note);
    const values = [checkedName("campaign", campaign), randomUUID(), Date.now(), note];
    const row = await this.#row("beginRun", ...values);
    const opened = campaignOf(campaign, row);
    let last: unknown = keepPlanned ? undefined : 0;
    while (typeof last === "number")
      last = (await this.#row("endClaims", Number(row["id"]), opened.run, last))["batch"];
    return { ...opened, isNew: opened.run === 1 };
  }

  async read(campaign: string): Promise<JournalCampaign | undefined> {
    const [row] = await this.#rows("find", checkedName("campaign", campaign));
    return row && campaignOf(campaign, row);
  }

  async lookUp(at: RunPosition, keys: readonly string[]): Promise<readonly (JournalRecord | undefined)[]> {
    const { campaign, run } = checkedRun(at);
    const asked = keys.map((key) => checkedName("key", key));
    const rows = await this.#rows("lookUp", campaign, run, JSON.stringify(asked));
    const found = new Map(rows.map((row) => [row["key"], recordOf(row, row["is_seen"] === true)]));
    return asked.map((key) => found.get(key));
  }

  async sendersOf(campaign: string, recipients: readonly string[]): Promise<readonly (string | undefined)[]> {
    const asked = recipients.map((recipient) => checkedName("recipient", recipient));
    const rows = await this.#rows("senders", checkedName("campaign", campaign), JSON.stringify(asked));
    const found = new Map(rows.map(({ recipient, sender }) => [recipient, String(sender)]));
    return asked.map((recipient) => found.get(recipient));
  }

  async plan(at: RunPosition, batches: readonly PlannedBatch[]): Promise<boolean> {
    const { campaign, run } = checkedRun(at);
    checkPlan(batches);
    const given = batches.map(({ from: sender, items, batch, message, fingerprint }) => {
      return { sender, items: items.map(({ key, to }) => [key, to]), batch, message, fingerprint };
    });
    return this.#isDone("plan", campaign, run, JSON.stringify(given));
  }

  async recordItems(
    at: RunPosition,
    results: readonly (JournalResult & { readonly to: string })[],
  ): Promise<boolean> {
    const { campaign, run } = checkedRun(at);
    const given = results.map((result) => {
      return { ...columnsOf(result), key: checkedName("key", result.key), recipient: storable(result.to) };
    });
    return this.#isDone("record", campaign, run, JSON.stringify(given));
  }

  async endPlanning(at: RunPosition): Promise<boolean> {
    const { campaign, run } = checkedRun(at);
    return this.#isChanged("endPlanning", campaign, run);
  }

  async claim(campaign: string, batch: number): Promise<ClaimedBatch | undefined> {
    const row = await this.#row("claim", checkedName("campaign", campaign), checkedNumber("batch", batch));
    const [claimed] = rowsIn(row, "batches");
    return claimed && claimedOf(batch, claimed, rowsIn(row, "items"));
  }

  async begin(held: BatchPosition, firstSentAt: Date): Promise<boolean> {
    const { campaign, batch, run, claim } = checkedHold(held);
    return this.#isChanged("begin", campaign, batch, run, claim, timeOf("firstSentAt", firstSentAt));
  }

  async renew(held: BatchPosition): Promise<number | undefined> {
    const { campaign, batch, run, claim } = checkedHold(held);
    const [row] = await this.#rows("renew", campaign, batch, run, claim);
    return row && Number(row["generation"]);
  }

  async settle(held: BatchPosition, { results, firstSentAt }: Settlement): Promise<boolean> {
    const { campaign, batch, run, claim } = checkedHold(held);
    const time = firstSentAt === undefined ? "" : timeOf("firstSentAt", firstSentAt);
    const given = results.map((result) => ({ ...columnsOf(result), key: result.key }));
    return this.#isDone("settle", campaign, batch, run, claim, time, JSON.stringify(given));
  }

  async unsettled(campaign: string, after: number, limit: number): Promise<readonly number[]> {
    const rows = await this.#rows("unsettled", ...pageOf(campaign, after, limit));
    return rows.map(({ batch }) => Number(batch));
  }

  async results(campaign: string, after: number, limit: number): Promise<readonly SettledBatch[]> {
    const rows = await this.#rows("results", ...pageOf(campaign, after, limit));
    return rows.map((row) => settledOf(row, rowsIn(row, "items")));
  }

  async totals(campaign: string): Promise<JournalTotals> {
    return totalsOf(await this.#rows("totals", checkedName("campaign", campaign)));
  }

  /** Removed bit by bit; whatever is left of an earlier call that was interrupted goes, too. */
  async forget(campaign: string): Promise<boolean> {
    const isThere = await this.#isChanged("forget", checkedName("campaign", campaign));
    for (const { id } of await this.#rows("forgotten")) await this.#drop(Number(id));
    return isThere;
  }

  /** Does nothing: the pool is yours to close. */
  async [Symbol.asyncDispose](): Promise<void> {}

  /** The campaign goes last, so that what is left is found after a crash. */
  async #drop(id: number): Promise<void> {
    while (await this.#isChanged("dropItems", id, mostAtOnce));
    while (await this.#isChanged("dropBatches", id, mostAtOnce));
    await this.#isChanged("dropCampaign", id);
  }

  async #isDone(statement: keyof JournalStatements, ...values: Value[]): Promise<boolean> {
    return (await this.#row(statement, ...values))["is_done"] === true;
  }

  async #isChanged(statement: keyof JournalStatements, ...values: Value[]): Promise<boolean> {
    return (await this.#row(statement, ...values))["changed"] !== 0;
  }

  async #row(statement: keyof JournalStatements, ...values: Value[]): Promise<Row> {
    const [row] = await this.#rows(statement, ...values);
    if (row === undefined) throw new TypeError("Postgres answered without a row.");
    return row;
  }

  async #rows(statement: keyof JournalStatements, ...values: Value[]): Promise<readonly Row[]> {
    const texts = values.map((value) => (value === null ? null : String(value)));
    try {
      return await this.#connection.rows(this.#statements[statement], texts);
    } catch (error) {
      throw mistakeOf(error) ?? withoutContent(error, texts);
    }
  }
}

type Value = string | number | boolean | null;

const mistakes: Readonly<Record<string, () => Error>> = {
  [raised.numberTaken]: numberTaken,
  [raised.itemTaken]: itemTaken,
  [raised.itemPlanned]: itemPlanned,
};

/** The caller's mistake that a function has found, where it was one. */
function mistakeOf(error: unknown): Error | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? mistakes[code]?.() : undefined;
}
