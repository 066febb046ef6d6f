import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { Row } from "../stores/entry-row.js";

/** A statement that only reads. */
export interface SqliteQuestion {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/**
 * What a thread does. It is a text, and no file of this package, so that it is still there when the package was bundled into a
 * file of its user's.
 */
const program = `
  const { parentPort, workerData: { path, sql, values, busyTimeoutInMs } } = require("node:worker_threads");
  const { DatabaseSync } = require("node:sqlite");
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec("PRAGMA busy_timeout = " + busyTimeoutInMs + "; PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY");
  parentPort.postMessage(database.prepare(sql).all(values));
  database.close();
`;

/** Reads a SQLite file in threads of their own, so that the process goes on with its work, however long that takes. */
export class SqliteReader implements AsyncDisposable {
  readonly #path: string;
  readonly #busyTimeoutInMs: number;
  readonly #workers = new Set<Worker>();

  /** @param path - Of a file that is there, and open in this process. */
  constructor(path: string, busyTimeoutInMs: number) {
    this.#path = path;
    this.#busyTimeoutInMs = Math.ceil(busyTimeoutInMs);
  }

  /** Reads what is committed at this moment. */
  async ask(question: SqliteQuestion): Promise<readonly Row[]> {
    const workerData = { ...question, path: this.#path, busyTimeoutInMs: this.#busyTimeoutInMs };
    // Nothing that this process was started with is of use to it, and Node 22 has warned of its SQLite already.
    const worker = new Worker(program, { eval: true, workerData, env: {}, execArgv: ["--no-warnings"] });
    this.#workers.add(worker);
    try {
      const [rows] = await Promise.race([once(worker, "message"), endOf(worker)]);
      return rows;
    } finally {
      this.#workers.delete(worker);
    }
  }

  /** Ends what is being asked, which rejects. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }
}

/** It ends after its answer; without one it was ended. */
async function endOf(worker: Worker): Promise<never> {
  await once(worker, "exit");
  throw new Error("The message log was disposed of while it was asked.");
}
