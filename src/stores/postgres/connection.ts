import { setTimeout as delay } from "node:timers/promises";

import { untilAborted } from "../../errors/abort.js";
import type { Row } from "../entry-row.js";
import { SharedQuestion } from "../shared-question.js";
import { askAnalysis } from "./ask-analysis.js";
import { storesTables } from "./migration.js";
import { namesIn, type Settings } from "./options.js";
import { checkedClient, onlyText, type PostgresClient } from "./postgres-client.js";
import type { Tables } from "./tables.js";

/**
 * How often a statement is tried that Postgres gave up for the sake of another: for ten seconds or so. Fifty at once that
 * are `serializable` give way to each other time and again.
 */
const mostAttempts = 200;

/** The longest pause before another attempt; before the first ones it is shorter. */
const longestPauseInMs = 100;

/** A deadlock, or transactions that cannot be brought into an order where the caller's default is `serializable`. */
const worthAnotherAttempt: ReadonlySet<unknown> = new Set(["40P01", "40001"]);

/** How a client is asked. */
type Asking = typeof askAnalysis;

const askAsIs: Asking = async (client, sql, values) => client.query(sql, values);

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
  readonly #tables: Tables;
  readonly #preparation = new SharedQuestion<void>();
  #isReady = false;

  constructor(client: PostgresClient, settings: Settings, tables: Tables = storesTables) {
    this.#client = checkedClient(client);
    this.#settings = settings;
    this.#tables = tables;
  }

  /** The rows that a statement of {@link answering} answers with. */
  async rows(sql: string, values: (string | null)[], abortSignal?: AbortSignal): Promise<readonly Row[]> {
    await untilAborted(abortSignal, async () => this.#whenReady());
    return untilAborted(abortSignal, async () => this.#ask(sql, values));
  }

  /** The same of a statement that looks at much, and is asked now and then. */
  async rowsOfAnalysis(sql: string, values: (string | null)[]): Promise<readonly Row[]> {
    await this.#whenReady();
    return this.#ask(sql, values, askAnalysis);
  }

  /** Runs a statement that answers nothing. */
  async run(sql: string, values: (string | null)[]): Promise<void> {
    await this.#whenReady();
    await this.#query(sql, values);
  }

  /** What has failed is tried again with the next call, and so is what has found no answer. */
  async #whenReady(): Promise<void> {
    if (this.#isReady) return;
    await this.#preparation.ask(async () => this.#ensureTables());
    this.#isReady = true;
  }

  /** Writes nothing, and needs no right to make anything, where the tables are there. */
  async #ensureTables(): Promise<void> {
    const { schema, migrate } = this.#settings;
    const { name, version, migration } = this.#tables;
    let found = await this.#version();
    if (found === undefined && !migrate)
      throw new Error(`The Postgres database has no ${name} of acs-sms, and \`migrate\` is false.`);
    if (found === undefined) {
      await this.#query(migration({ schema }), []);
      found = await this.#version();
    }
    if (found !== version) throw new Error(otherVersion(this.#tables, found));
  }

  /** Of the tables that are there; `undefined` where there are none. */
  async #version(): Promise<unknown> {
    const versions = namesIn(this.#settings.schema)("acs_sms_schema");
    const look = answering(
      `SELECT current_setting('server_encoding') AS encoding, to_regclass($1) AS tables`,
    );
    const [database] = await this.#ask(look, [versions]);
    if (database?.["encoding"] !== "UTF8")
      throw new Error("The Postgres database is not encoded in UTF-8, and could not take every text.");
    if (database["tables"] === null) return undefined;
    const ofPart = answering(`SELECT version FROM ${versions} WHERE part = $1::text`);
    const [found] = await this.#ask(ofPart, [this.#tables.part]);
    return found?.["version"];
  }

  async #ask(sql: string, values: (string | null)[], how: Asking = askAsIs): Promise<readonly Row[]> {
    const [isReplica, rows]: [boolean, Row[]] = JSON.parse(onlyText(await this.#query(sql, values, how)));
    // It lags behind, and may not have heard yet of what was acknowledged.
    if (isReplica)
      throw new Error("The Postgres server is a replica: what counts is read from the primary alone.");
    return rows;
  }

  async #query(sql: string, values: (string | null)[], how: Asking = askAsIs): ReturnType<Asking> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await how(this.#client, sql, values);
      } catch (error) {
        const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
        if (attempt === mostAttempts || !worthAnotherAttempt.has(code)) throw error;
      }
      await delay(Math.random() * Math.min(longestPauseInMs, 5 * 2 ** attempt));
    }
  }
}

function otherVersion({ name, version }: Tables, found: unknown): string {
  const what = `The ${name} of acs-sms in the Postgres database have version ${String(found)}`;
  return `${what}, and this acs-sms knows version ${version}. Use the version of acs-sms that made them, or a newer one.`;
}
