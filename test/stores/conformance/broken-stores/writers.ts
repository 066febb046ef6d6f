import { setImmediate as roundTrip } from "node:timers/promises";

import type {
  SuppressionEntry,
  SuppressionStoreOptions,
} from "../../../../src/suppression/suppression-store.js";
import { copyOf, MapDatabase, MapStore } from "../map-store.js";
import type { StoreBreakage } from "./breakage.js";

type Entries = readonly SuppressionEntry[];
type Options = SuppressionStoreOptions;

const notAtomic = /A write that is not atomic/;

/** A store that looks, waits, and then writes what it decided. */
class LooksFirst extends MapStore {
  protected override async put(entry: SuppressionEntry): Promise<boolean> {
    const newest = new Map(this.database.newest.get(entry.recipient));
    await roundTrip();
    const known = newest.get(this.place(entry));
    if (known !== undefined && !this.isNewer(entry, known)) return false;
    this.append(entry);
    this.database.newest.set(entry.recipient, newest.set(this.place(entry), entry));
    return true;
  }
}

/** A queue in front of it: one write at a time, of this store alone. */
class LooksFirstInTurn extends LooksFirst {
  #last: Promise<unknown> = Promise.resolve();

  override record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
    const written = this.#last.then(() => super.record(entries, options));
    this.#last = written.catch(() => {});
    return written;
  }
}

/** Locks each recipient of a list as it comes to them, and lets go of all at the end. */
class LocksInTheOrderOfTheList extends MapStore {
  static readonly #locks = new WeakMap<object, Map<string, Promise<void>>>();

  override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
    const locks = LocksInTheOrderOfTheList.#locks.get(this.database) ?? new Map<string, Promise<void>>();
    LocksInTheOrderOfTheList.#locks.set(this.database, locks);
    const { promise, resolve: letGo } = Promise.withResolvers<void>();
    const held = new Set<string>();
    for (const { recipient } of entries) {
      while (!held.has(recipient) && locks.has(recipient)) await locks.get(recipient);
      locks.set(recipient, promise);
      held.add(recipient);
      await roundTrip();
    }
    const changed = await super.record(entries, options);
    for (const recipient of held) locks.delete(recipient);
    letGo();
    return changed;
  }
}

/** Answers from what it read before. */
class Remembers extends MapStore {
  readonly #known = new Map<string, Entries>();

  override async find(recipients: readonly string[], options?: Options): Promise<readonly Entries[]> {
    const found = await super.find(recipients, options);
    return recipients.map((recipient, index) => {
      const known = this.#known.get(recipient) ?? found[index] ?? [];
      this.#known.set(recipient, known);
      return known;
    });
  }

  override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
    for (const { recipient } of entries) this.#known.delete(recipient);
    return super.record(entries, options);
  }
}

/** Answers before what it recorded can be read. */
class AnswersTooSoon extends MapStore {
  override async record(entries: Entries, options?: Options): Promise<readonly boolean[]> {
    await this.reach(options);
    void this.#recordLater(entries.map(copyOf));
    return entries.map(() => true);
  }

  async #recordLater(entries: Entries): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await roundTrip();
    for (const entry of entries) await this.put(entry);
  }
}

/** Keeps everything to itself. */
class Alone extends MapStore {
  override readonly database: MapDatabase = new MapDatabase();
}

/** Stores that are wrong where more than one writes, or reads. */
export const wrongWriters: readonly StoreBreakage[] = [
  { what: "a write is not atomic", fails: "concurrency", message: notAtomic, Store: LooksFirst },
  {
    what: "a write is atomic in one process only",
    fails: "concurrency of two stores",
    message: notAtomic,
    Store: LooksFirstInTurn,
  },
  {
    what: "two lists block each other",
    fails: "concurrency",
    message: /`record` hung/,
    Store: LocksInTheOrderOfTheList,
  },
  {
    what: "a write is acknowledged before it can be read",
    fails: "reading",
    message: /An opt-out that was recorded must be found/,
    Store: AnswersTooSoon,
  },
  {
    what: "an answer is remembered",
    fails: "sharing",
    message: /An answer from before was remembered/,
    Store: Remembers,
  },
  {
    what: "what was recorded dies with its process",
    fails: "durability",
    message: /must be there after its process has ended/,
    Store: Alone,
  },
];
