import { PGlite } from "@electric-sql/pglite";

import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import type { OpenClient } from "../openings.js";
import { newPool } from "./pools.js";

export async function openPool(url: string): Promise<OpenClient<PostgresClient>> {
  const pool = newPool(url);
  return { client: pool, close: async () => pool.end() };
}

/** One PGlite, which takes a second to start, that can be cut off from some of its users. */
export class SharedPglite implements AsyncDisposable {
  readonly #database = new PGlite();

  async open(): Promise<OpenClient<PostgresClient>> {
    let isOpen = true;
    const query: PostgresClient["query"] = async (text, values) => {
      if (!isOpen) throw new Error("PGlite is closed");
      return this.#database.query(text, values);
    };
    return { client: { query }, close: async () => void (isOpen = false) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#database.close();
  }
}
