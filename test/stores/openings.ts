import type { Service } from "../support/services/service.js";
import { doElsewhere } from "./do-elsewhere.js";
import type { StoreAddress } from "./open-store.js";
import type { Task } from "./programs/elsewhere.js";

/** A client of a test's own, and its end. */
export interface OpenClient<Client> {
  readonly client: Client;
  readonly close: () => Promise<void> | void;
}

/** Stores or inboxes, each with a client of its own, and those of one place together. */
export class Openings<T extends object, Client> {
  readonly #service: Pick<Service, "place"> | undefined;
  readonly #connect: (url: string) => Promise<OpenClient<Client>>;
  readonly #make: (client: Client, place: StoreAddress) => T;
  readonly #opened = new WeakMap<
    T,
    { readonly place: StoreAddress; readonly clients: OpenClient<Client>[] }
  >();

  constructor(
    service: Pick<Service, "place"> | undefined,
    connect: (url: string) => Promise<OpenClient<Client>>,
    make: (client: Client, place: StoreAddress) => T,
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
    await doElsewhere(task(this.placeOf(one)));
  }

  placeOf(one: T): StoreAddress {
    return this.#of(one).place;
  }

  async #open(place: StoreAddress, clients: OpenClient<Client>[]): Promise<T> {
    const opened = await this.#connect(place.url);
    clients.push(opened);
    const one = this.#make(opened.client, place);
    this.#opened.set(one, { place, clients });
    return one;
  }

  #of(one: T): { readonly place: StoreAddress; readonly clients: OpenClient<Client>[] } {
    const found = this.#opened.get(one);
    if (found === undefined) throw new TypeError("One that was not opened here.");
    return found;
  }
}
