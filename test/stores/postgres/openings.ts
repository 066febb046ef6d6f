import { PGlite } from "@electric-sql/pglite";

import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import type { StoreAddress } from "../open-store.js";
import { newPool } from "./pools.js";

/** A client of a test's own, and its end. */
export interface OpenClient {
  readonly client: PostgresClient;
  readonly close: () => Promise<void>;
}

export function openPool(url: string): OpenClient {
  const pool = newPool(url);
  return { client: pool, close: async () => pool.end() };
}

/** One PGlite, which takes a second to start, that can be cut off from some of its users. */
export class SharedPglite implements AsyncDisposable {
  readonly #database = new PGlite();

  open(): OpenClient {
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

/** Stores or inboxes, each with a client of its own, and those of one schema together. */
export class Openings<T extends object> {
  readonly #place: () => Promise<StoreAddress>;
  readonly #connect: (url: string) => OpenClient;
  readonly #make: (client: PostgresClient, options: { schema: string }) => T;
  readonly #opened = new WeakMap<T, { readonly address: StoreAddress; readonly clients: OpenClient[] }>();

  constructor(
    place: () => Promise<StoreAddress>,
    connect: (url: string) => OpenClient,
    make: (client: PostgresClient, options: { schema: string }) => T,
  ) {
    this.#place = place;
    this.#connect = connect;
    this.#make = make;
  }

  /** Opens one in a new schema. */
  async create(): Promise<T> {
    return this.#open(await this.#place(), []);
  }

  /** Opens another one in the schema of this one. */
  another(one: T): T {
    const { address, clients } = this.#of(one);
    return this.#open(address, clients);
  }

  /** Closes all clients of this one's schema. */
  async close(one: T): Promise<void> {
    for (const { close } of this.#of(one).clients.splice(0)) await close();
  }

  addressOf(one: T): StoreAddress {
    return this.#of(one).address;
  }

  #open(address: StoreAddress, clients: OpenClient[]): T {
    const opened = this.#connect(address.url);
    clients.push(opened);
    const one = this.#make(opened.client, { schema: address.name });
    this.#opened.set(one, { address, clients });
    return one;
  }

  #of(one: T): { readonly address: StoreAddress; readonly clients: OpenClient[] } {
    const found = this.#opened.get(one);
    if (found === undefined) throw new TypeError("One that was not opened here.");
    return found;
  }
}
