import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A statement that answers with objects and numbers, whatever the database was told to answer with. */
export function prepared(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql);
  statement.setReadBigInts(false);
  // Node 22.16 has it, and before there was nothing to undo.
  (statement as Partial<StatementSync>).setReturnArrays?.(false);
  return statement;
}

/**
 * The values of a statement whose parameters are numbered (`?1`), in their order: Node 22.13 gives what comes without a name
 * to parameters without a number alone.
 */
export function numbered<T>(...values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, index) => [`?${index + 1}`, value]));
}

/**
 * Does all of something, or nothing. It must be done within one turn of the event loop: a transaction that is held
 * longer takes in whatever else is done on the connection.
 */
export function inTransaction<T>(database: DatabaseSync, begin: string, work: () => T): T {
  database.exec(begin);
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** After some errors SQLite has done so itself, and says that there is nothing to roll back; the first error tells more. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // As above.
  }
}

const busy = 5;

/** Whether somebody else has the lock. The higher bits of a code say in which of several ways. */
export function isBusy(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "errcode") : undefined;
  return typeof code === "number" && code % 256 === busy;
}
