import { once } from "node:events";
import { Worker } from "node:worker_threads";

import type { Row } from "../stores/entry-row.js";

/** A statement that only reads. */
export interface SqliteQuestion {
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/**
 * What a thread does: it answers one question after another, and ends with an error. It is a text, and no file of this package,
 * so that it is still there when the package was bundled into a file of its user's.
 */
const program = `
  const { parentPort, workerData: { path, busyTimeoutInMs } } = require("node:worker_threads");
  const { DatabaseSync } = require("node:sqlite");
  const database = new DatabaseSync(path, { readOnly: true });
  database.exec("PRAGMA busy_timeout = " + busyTimeoutInMs + "; PRAGMA cache_size = -64000; PRAGMA temp_store = MEMORY");
  parentPort.on("message", ({ sql, values }) => parentPort.postMessage(database.prepare(sql).all(values)));
`;

/** A thread takes some 50 ms to start, so it is kept for the next page of a list, but not for the next report. */
const keptForInMs = 2000;

/** Reads a SQLite file in threads of their own, so that the process goes on with its work, however long that takes. */
export class SqliteReader implements AsyncDisposable {
  readonly #workerData: { readonly path: string; readonly busyTimeoutInMs: number };
  readonly #workers = new Set<Worker>();
  /** Those that have nothing to do, with what ends them. */
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  /** @param path - Of a file that is there, and open in this process. */
  constructor(path: string, busyTimeoutInMs: number) {
    this.#workerData = { path, busyTimeoutInMs: Math.ceil(busyTimeoutInMs) };
  }

  /** Reads what is committed at this moment. */
  async ask(question: SqliteQuestion): Promise<readonly Row[]> {
    const worker = this.#takeIdle() ?? this.#start();
    const answered = new AbortController();
    try {
      const answer = once(worker, "message", { signal: answered.signal });
      // A thread has no origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage(question);
      const [rows] = await Promise.race([answer, endOf(worker, answered.signal)]);
      this.#keep(worker);
      return rows;
    } finally {
      answered.abort();
    }
  }

  /** Ends what is being asked, which rejects. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #start(): Worker {
    // Nothing that this process was started with is of use to it, and Node 22 has warned of its SQLite already.
    const options = { eval: true, workerData: this.#workerData, env: {}, execArgv: ["--no-warnings"] };
    const worker = new Worker(program, options);
    this.#workers.add(worker);
    worker.once("exit", () => this.#forget(worker));
    // Whoever asks hears of it; where nobody does, it ends no process.
    worker.on("error", () => undefined);
    return worker;
  }

  #takeIdle(): Worker | undefined {
    const [worker] = this.#idle.keys();
    if (worker === undefined) return undefined;
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
    worker.ref();
    return worker;
  }

  /** It does not keep the process alive. */
  #keep(worker: Worker): void {
    worker.unref();
    this.#idle.set(worker, setTimeout(() => void this.#end(worker), keptForInMs).unref());
  }

  async #end(worker: Worker): Promise<void> {
    this.#forget(worker);
    await worker.terminate();
  }

  #forget(worker: Worker): void {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
    this.#workers.delete(worker);
  }
}

/** Whoever is asked and ends was ended. */
async function endOf(worker: Worker, signal: AbortSignal): Promise<never> {
  await once(worker, "exit", { signal });
  throw new Error("The message log was disposed of while it was asked.");
}
