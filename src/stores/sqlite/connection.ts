import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";

import { throwIfAborted } from "../../errors/abort.js";
import { openFile } from "./open-file.js";
import type { Settings } from "./options.js";
import { ensureSchema, type Schema } from "./schema.js";
import { inTransaction, isBusy, prepared } from "./statement.js";

/** Shorter than {@link pauseInMs}, so that a pause is not missed. */
const pollInMs = 2;

/** How long somebody who writes much leaves the lock to others now and then. */
export const pauseInMs = 5;

/** What is done with a database in one turn of the event loop: it must not be async. */
export type Work<T> = (prepare: (sql: string) => StatementSync) => T;

/**
 * A database that is opened when it is first used. It waits for others' locks with the event loop running, also because
 * the lock may be held by another connection of this very thread, which could not let go of it otherwise.
 */
export class SqliteConnection implements AsyncDisposable {
  readonly #settings: Settings;
  readonly #schema: Schema;
  readonly #statements = new Map<string, StatementSync>();
  #database: DatabaseSync | undefined;
  #isDisposed = false;

  constructor(settings: Settings, schema: Schema) {
    this.#settings = settings;
    this.#schema = schema;
  }

  /** Reads what is committed at this moment. */
  async read<T>(work: Work<T>, abortSignal: AbortSignal | undefined): Promise<T> {
    // On a caller's connection a transaction of theirs may be open, which sees what was there when it began. Another one
    // cannot be begun in it, and so the call rejects.
    const isOwn = typeof this.#settings.pathOrDatabase === "string";
    return this.#whenFree(abortSignal, (database) =>
      isOwn ? this.#do(work, database) : inTransaction(database, "BEGIN", () => this.#do(work, database)),
    );
  }

  /** Writes all of it or nothing, as the only writer. */
  async write<T>(work: Work<T>, abortSignal?: AbortSignal): Promise<T> {
    return this.#whenFree(abortSignal, (database) =>
      inTransaction(database, "BEGIN IMMEDIATE", () => this.#do(work, database)),
    );
  }

  /** Closes what was opened here; a caller's own database stays open. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    this.#statements.clear();
    if (typeof this.#settings.pathOrDatabase === "string") this.#database?.close();
    this.#database = undefined;
  }

  async #whenFree<T>(
    abortSignal: AbortSignal | undefined,
    attempt: (database: DatabaseSync) => T,
  ): Promise<T> {
    const deadline = performance.now() + this.#settings.busyTimeoutInMs;
    for (;;) {
      throwIfAborted(abortSignal);
      if (this.#isDisposed) throw new Error("The SQLite store was disposed of, and takes no more calls.");
      try {
        this.#database ??= this.#open();
        return attempt(this.#database);
      } catch (error) {
        if (!isBusy(error) || performance.now() >= deadline) throw error;
      }
      await delay(pollInMs);
    }
  }

  #open(): DatabaseSync {
    const { pathOrDatabase, create } = this.#settings;
    if (typeof pathOrDatabase !== "string") {
      ensureSchema(pathOrDatabase, this.#schema, create);
      return pathOrDatabase;
    }
    const database = openFile(pathOrDatabase, this.#settings);
    try {
      ensureSchema(database, this.#schema, create);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #do<T>(work: Work<T>, database: DatabaseSync): T {
    return work((sql) => {
      const known = this.#statements.get(sql);
      if (known !== undefined) return known;
      const statement = prepared(database, sql);
      this.#statements.set(sql, statement);
      return statement;
    });
  }
}
