import { setImmediate as roundTrip } from "node:timers/promises";

import { AbortError } from "../../../src/errors/sms-error.js";
import { compareEntries } from "../../../src/suppression/entry-order.js";
import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStore,
  SuppressionStoreOptions,
} from "../../../src/suppression/suppression-store.js";

type Entries = readonly SuppressionEntry[];

/** What stands for a database: it outlives the stores over it, is shared by several, and can fail. */
export class MapDatabase {
  /** By recipient, then by sender and state. */
  readonly newest = new Map<string, Map<string, SuppressionEntry>>();
  /** By recipient. */
  readonly history = new Map<string, SuppressionEntry[]>();
  isBroken = false;

  /** The time that a call takes, in which others come in between. */
  async roundTrip(): Promise<void> {
    await roundTrip();
    if (this.isBroken) throw new Error("connect ECONNREFUSED");
  }
}

/** How many entries a call to the database takes, or gives. */
export const pageSize = 1000;

/**
 * A ledger as it should be, over maps. What it is made of are small steps, so that a store that is wrong in one thing
 * differs from it in one step.
 */
export class MapStore implements SuppressionLedger, AsyncDisposable {
  readonly database: MapDatabase;
  protected isDisposed = false;

  constructor(database: MapDatabase = new MapDatabase()) {
    this.database = database;
  }

  async find(recipients: readonly string[], options?: SuppressionStoreOptions): Promise<readonly Entries[]> {
    await this.reach(options);
    return recipients.map((recipient) => this.newestOf(recipient));
  }

  async record(entries: Entries, options?: SuppressionStoreOptions): Promise<readonly boolean[]> {
    const changed: boolean[] = [];
    // What is given may be changed by the caller before its turn comes.
    const copies = entries.map((entry) => this.taken(entry));
    for (let start = 0; start < copies.length; start += pageSize) {
      await this.reach(options);
      for (const entry of copies.slice(start, start + pageSize)) changed.push(await this.put(entry));
    }
    return changed;
  }

  async *history(
    recipient: string,
    options?: SuppressionStoreOptions,
  ): AsyncGenerator<SuppressionEntry, void> {
    await this.reach(options);
    yield* (this.database.history.get(this.key(recipient)) ?? []).map((entry) => this.given(entry));
  }

  async *entries(options?: SuppressionStoreOptions): AsyncGenerator<SuppressionEntry, void> {
    const recipients = [...this.database.newest.keys()];
    for (let start = 0; start === 0 || start < recipients.length; start += pageSize) {
      await this.reach(options);
      for (const recipient of recipients.slice(start, start + pageSize)) yield* this.newestOf(recipient);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true;
  }

  /** One round trip, unless the caller has given up or the store was disposed of. */
  protected async reach(options?: SuppressionStoreOptions): Promise<void> {
    const signal = options?.abortSignal;
    if (signal?.aborted === true) throw new AbortError(signal.reason);
    if (this.isDisposed) throw new Error("The store was disposed of.");
    await this.database.roundTrip();
  }

  protected newestOf(recipient: string): SuppressionEntry[] {
    const newest = this.database.newest.get(this.key(recipient))?.values() ?? [];
    return Array.from(newest, (entry) => this.given(entry));
  }

  /** State and history change in one step, in which nobody comes in between. */
  protected put(entry: SuppressionEntry): boolean | Promise<boolean> {
    this.append(entry);
    return this.replace(entry);
  }

  protected append(entry: SuppressionEntry): void {
    const history = entryOf(this.database.history, this.key(entry.recipient), () => []);
    const isKnown = history.some(
      (known) => this.place(known) === this.place(entry) && compareEntries(known, entry) === 0,
    );
    if (!isKnown) history.push(entry);
  }

  protected replace(entry: SuppressionEntry): boolean {
    const newest = entryOf(this.database.newest, this.key(entry.recipient), () => new Map());
    const known = newest.get(this.place(entry));
    if (known !== undefined && !this.isNewer(entry, known)) return false;
    newest.set(this.place(entry), entry);
    return true;
  }

  protected isNewer(entry: SuppressionEntry, known: SuppressionEntry): boolean {
    return compareEntries(entry, known) > 0;
  }

  /** Where an entry is among those about its recipient. */
  protected place(entry: SuppressionEntry): string {
    return JSON.stringify([this.key(entry.sender), entry.state]);
  }

  protected key(text: string): string {
    return text;
  }

  /** What is kept of an entry. */
  protected taken(entry: SuppressionEntry): SuppressionEntry {
    return copyOf(entry);
  }

  /** What is given out of an entry that is kept. */
  protected given(entry: SuppressionEntry): SuppressionEntry {
    return copyOf(entry);
  }
}

export function copyOf(entry: SuppressionEntry): SuppressionEntry {
  return { ...entry, at: new Date(entry.at), recordedAt: new Date(entry.recordedAt) };
}

/** What a map has under a key, or else gets there. */
export function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

/** What is left of a ledger for who knows of two methods only. */
export function twoMethodsOf(store: SuppressionStore): SuppressionStore {
  return {
    find: (recipients, options) => store.find(recipients, options),
    record: (entries, options) => store.record(entries, options),
  };
}
