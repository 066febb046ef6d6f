import type { DatabaseSync, StatementSync } from "node:sqlite";

/** In KiB, up to which memory is taken as it is needed. */
const cacheInKib = 64_000;

/** The keys of a list that were seen, in a temporary file of SQLite's own, so that any number takes the same memory. */
export class SeenKeys implements Disposable {
  readonly #database: DatabaseSync;
  readonly #insert: StatementSync;

  constructor() {
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    this.#database = new DatabaseSync("");
    this.#database.exec(`PRAGMA cache_size = -${cacheInKib}; PRAGMA synchronous = OFF;
      CREATE TABLE keys (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID; BEGIN`);
    this.#insert = this.#database.prepare("INSERT INTO keys VALUES (?) ON CONFLICT DO NOTHING");
  }

  /** Whether it is the first time. */
  add(key: string): boolean {
    return Number(this.#insert.run(key).changes) === 1;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
