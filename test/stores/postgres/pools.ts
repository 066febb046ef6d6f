import pg from "pg";

import type { Service } from "../../support/services/service.js";

/** A pool, whose server may go away. */
export function newPool(url: string | undefined, options: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 5, ...options });
  pool.on("error", () => {});
  return pool;
}

/** Pools of one test, and schemas for it. */
export class Pools {
  readonly #service: Service | undefined;
  readonly #open: pg.Pool[] = [];

  constructor(service: Service | undefined) {
    this.#service = service;
  }

  connect(options: pg.PoolConfig = {}): pg.Pool {
    const pool = newPool(this.#service?.url, options);
    this.#open.push(pool);
    return pool;
  }

  /** The name of a schema that is not there yet. */
  async schema(): Promise<string> {
    if (this.#service === undefined) throw new TypeError("No service.");
    return (await this.#service.place()).name;
  }

  async close(): Promise<void> {
    for (const pool of this.#open.splice(0)) await pool.end();
  }
}

/** What every connection of a pool begins with, as `options` takes it. */
export function setting(name: string, value: string): string {
  return `-c ${name}=${value.replaceAll(" ", "\\ ")}`;
}
