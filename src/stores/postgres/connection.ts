import { setTimeout as delay } from "node:timers/promises";

import { untilAborted } from "../../errors/abort.js";
import type { Row } from "../entry-row.js";
import { postgresMigration, tablesVersion } from "./migration.js";
import { namesIn, type Settings } from "./options.js";
import { checkedClient, onlyText, type PostgresClient } from "./postgres-client.js";

/** How often a statement is tried that Postgres gave up for the sake of another. */
const mostAttempts = 20;

/** The longest pause before another attempt; before the first ones it is shorter. */
const longestPauseInMs = 100;

/** A deadlock, or transactions that cannot be brought into an order where the caller's default is `serializable`. */
const worthAnotherAttempt: ReadonlySet<unknown> = new Set(["40P01", "40001"]);

/**
 * A statement that answers with one text: the rows of `select` as JSON. So no parser that the caller has set for a type
 * changes a value, and a driver has little to do. `before` is what comes first: changes cannot be made further inside.
 */
export function answering(select: string, before = ""): string {
  const rows = `SELECT coalesce(json_agg(found), '[]') FROM (${select}) AS found`;
  return `${before} SELECT json_build_array(pg_is_in_recovery(), (${rows}))::text AS answer`;
}

/** A database whose tables are looked for, and made where that is wanted, when it is first used. */
export class PostgresConnection {
  readonly #client: PostgresClient;
  readonly #settings: Settings;
  #ready: Promise<void> | undefined;

  constructor(client: PostgresClient, settings: Settings) {
    this.#client = checkedClient(client);
    this.#settings = settings;
  }

  /** The rows that a statement of {@link answering} answers with. */
  async rows(sql: string, values: string[], abortSignal?: AbortSignal): Promise<readonly Row[]> {
    await untilAborted(abortSignal, async () => this.#whenReady());
    return untilAborted(abortSignal, async () => this.#ask(sql, values));
  }

  /** Runs a statement that answers nothing. */
  async run(sql: string, values: string[]): Promise<void> {
    await this.#whenReady();
    await this.#query(sql, values);
  }

  /** What has failed is tried again with the next call. */
  async #whenReady(): Promise<void> {
    this.#ready ??= this.#ensureTables();
    const ready = this.#ready;
    try {
      await ready;
    } catch (error) {
      if (this.#ready === ready) this.#ready = undefined;
      throw error;
    }
  }

  /** Writes nothing, and needs no right to make anything, where the tables are there. */
  async #ensureTables(): Promise<void> {
    const { schema, migrate } = this.#settings;
    const versions = namesIn(schema)("acs_sms_schema");
    const look = answering(
      `SELECT current_setting('server_encoding') AS encoding, to_regclass($1) AS tables`,
    );
    const [database] = await this.#ask(look, [versions]);
    if (database?.["encoding"] !== "UTF8")
      throw new Error("The Postgres database is not encoded in UTF-8, and could not take every text.");
    if (database["tables"] === null && !migrate)
      throw new Error("The Postgres database has no tables of acs-sms, and `migrate` is false.");
    if (database["tables"] === null) await this.#query(postgresMigration({ schema }), []);
    const [found] = await this.#ask(answering(`SELECT version FROM ${versions} WHERE part = 'stores'`), []);
    if (found?.["version"] !== tablesVersion) throw new Error(otherVersion(found?.["version"]));
  }

  async #ask(sql: string, values: string[]): Promise<readonly Row[]> {
    const [isReplica, rows]: [boolean, Row[]] = JSON.parse(onlyText(await this.#query(sql, values)));
    // It lags behind, and may not have heard yet of an opt-out that was acknowledged.
    if (isReplica)
      throw new Error("The Postgres server is a replica: opt-outs are read from the primary alone.");
    return rows;
  }

  async #query(sql: string, values: string[]): Promise<{ readonly rows: readonly unknown[] }> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#client.query(sql, values);
      } catch (error) {
        const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
        if (attempt === mostAttempts || !worthAnotherAttempt.has(code)) throw error;
      }
      await delay(Math.random() * Math.min(longestPauseInMs, 5 * 2 ** attempt));
    }
  }
}

function otherVersion(found: unknown): string {
  const what = `The tables of acs-sms in the Postgres database have version ${String(found)}`;
  return `${what}, and this acs-sms knows version ${tablesVersion}. Use the version of acs-sms that made them, or a newer one.`;
}
