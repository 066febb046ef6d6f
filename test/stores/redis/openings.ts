import type { RedisClient } from "../../../src/stores/redis/redis-client.js";
import type { Service } from "../../support/services/service.js";
import { doElsewhere } from "../do-elsewhere.js";
import type { Task } from "../programs/elsewhere.js";
import type { StoreAddress } from "../open-store.js";
import type { OpenClient } from "./clients.js";

/** Stores or inboxes, each with a client of its own, and those of one place together. */
export class Openings<T extends object> {
  readonly #service: Service | undefined;
  readonly #connect: (url: string) => Promise<OpenClient>;
  readonly #make: (client: RedisClient, options: { prefix: string }) => T;
  readonly #opened = new WeakMap<T, { readonly place: StoreAddress; readonly clients: OpenClient[] }>();

  constructor(
    service: Service | undefined,
    connect: (url: string) => Promise<OpenClient>,
    make: (client: RedisClient, options: { prefix: string }) => T,
  ) {
    this.#service = service;
    this.#connect = connect;
    this.#make = make;
  }

  /** Opens one in a new place. */
  async create(): Promise<T> {
    if (this.#service === undefined) throw new TypeError("No service.");
    return this.#open(await this.#service.place(), []);
  }

  /** Opens another one in the place of this one. */
  async another(one: T): Promise<T> {
    const { place, clients } = this.#of(one);
    return this.#open(place, clients);
  }

  /** Closes all clients of this one's place. */
  async close(one: T): Promise<void> {
    for (const { close } of this.#of(one).clients.splice(0)) await close();
  }

  /** Has another process do something in this one's place. */
  async doElsewhere(one: T, task: (address: StoreAddress) => Task): Promise<void> {
    await doElsewhere(task(this.#of(one).place));
  }

  prefixOf(one: T): string {
    return this.#of(one).place.name;
  }

  async #open(place: StoreAddress, clients: OpenClient[]): Promise<T> {
    const opened = await this.#connect(place.url);
    clients.push(opened);
    const one = this.#make(opened.client, { prefix: place.name });
    this.#opened.set(one, { place, clients });
    return one;
  }

  #of(one: T): { readonly place: StoreAddress; readonly clients: OpenClient[] } {
    const found = this.#opened.get(one);
    if (found === undefined) throw new TypeError("One that was not opened here.");
    return found;
  }
}
