import type { StatementSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";

import type { SqliteConnection, Work } from "../../stores/sqlite/connection.js";
import { isBusy } from "../../stores/sqlite/statement.js";

/** How many writes go into one transaction, between which the event loop runs and others can have the lock. */
const mostAtOnce = 100;

type Prepare = (sql: string) => StatementSync;

/** A write that somebody waits for. */
interface Waiting {
  /** Gives what tells of the success, once the transaction is committed. */
  readonly attempt: (prepare: Prepare) => () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Writes of which those that are asked for in one turn of the event loop share a transaction, and so the wait for the
 * disk. Each has a verdict of its own: where one fails, they are all done again one by one.
 */
export class GroupedWrites implements AsyncDisposable {
  readonly #connection: SqliteConnection;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Done in the order in which they were asked for. A work may be done twice, of which the first time leaves nothing. */
  async write<T>(work: Work<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const attempt = (prepare: Prepare): (() => void) => {
      const value = work(prepare);
      return () => resolve(value);
    };
    this.#waiting.push({ attempt, fail: reject });
    this.#running ??= this.#run();
    return promise;
  }

  /** Waits for the writes that were asked for. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await nextTurn();
      await this.#commit(this.#waiting.splice(0, mostAtOnce));
    }
    this.#running = undefined;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const tellings = await this.#connection.write((prepare) =>
        group.map(({ attempt }) => attempt(prepare)),
      );
      for (const tell of tellings) tell();
    } catch (error) {
      // Whoever has the lock keeps all of them from it, and each would wait for it again.
      if (group.length === 1 || isBusy(error)) for (const { fail } of group) fail(error);
      else for (const one of group) await this.#commit([one]);
    }
  }
}
