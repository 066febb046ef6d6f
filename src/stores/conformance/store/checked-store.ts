import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStore,
  SuppressionStoreOptions,
} from "../../../suppression/suppression-store.js";
import { fail, same, within } from "../checks.js";
import { newestOf, recipientsOf, unordered } from "../facts.js";
import { checkBooleans, checkEntry, checkFound } from "./answer-shapes.js";

type Entries = readonly SuppressionEntry[];

/** A store as the tests see it: each call is bounded in time, and its answer has the shape that it must have. */
export class CheckedStore {
  readonly #store: SuppressionStore;
  readonly #limitInMs: number;

  constructor(store: SuppressionStore, limitInMs: number) {
    this.#store = store;
    this.#limitInMs = limitInMs;
  }

  /** What it has of what makes a ledger. */
  get ledgerMethods(): readonly string[] {
    return (["history", "entries"] as const).filter((name) => name in this.#store);
  }

  /** Whether it has all that makes a ledger. */
  get isLedger(): boolean {
    return isLedger(this.#store);
  }

  async find(recipients: readonly string[], options?: SuppressionStoreOptions): Promise<readonly Entries[]> {
    const found = await this.#ask("find", async () => this.#store.find(recipients, options));
    checkFound(found, recipients);
    return found;
  }

  async record(entries: Entries, options?: SuppressionStoreOptions): Promise<readonly boolean[]> {
    const changed = await this.#ask("record", async () => this.#store.record(entries, options));
    checkBooleans(changed, entries.length);
    return changed;
  }

  /** Records one fact, alone. */
  async recordOne(entry: SuppressionEntry): Promise<boolean> {
    const [changed] = await this.record([entry]);
    return changed === true;
  }

  /** What is known of one recipient. */
  async of(recipient: string): Promise<Entries> {
    const [found] = await this.find([recipient]);
    return found ?? [];
  }

  /** Fails unless the store holds what follows from these facts, and nothing else about their recipients. */
  async holds(facts: Entries, message: string): Promise<void> {
    const recipients = recipientsOf(facts);
    const found = await this.find(recipients);
    const expected = recipients.map((recipient) => unordered(newestOf(facts, recipient)));
    same(found.map(unordered), expected, message);
  }

  /** Fails unless the store holds each of these facts, or a newer one in its place. */
  async includes(facts: Entries, message: string): Promise<void> {
    const recipients = recipientsOf(facts);
    const found = await this.find(recipients);
    for (const [index, recipient] of recipients.entries()) {
      const held = found[index] ?? [];
      const due = facts.filter((entry) => entry.recipient === recipient);
      same(unordered(newestOf([...held, ...due], recipient)), unordered(held), message);
    }
  }

  history(recipient: string, options?: SuppressionStoreOptions): AsyncGenerator<SuppressionEntry> {
    return this.#read("history", (ledger) => ledger.history(recipient, options));
  }

  entries(options?: SuppressionStoreOptions): AsyncGenerator<SuppressionEntry> {
    return this.#read("entries", (ledger) => ledger.entries(options));
  }

  async *#read(
    name: string,
    begin: (ledger: SuppressionLedger) => AsyncIterable<SuppressionEntry>,
  ): AsyncGenerator<SuppressionEntry, void, undefined> {
    if (!isLedger(this.#store)) fail("A ledger must have both `history` and `entries`.");
    const iterator = begin(this.#store)[Symbol.asyncIterator]();
    let goesOn = false;
    try {
      for (;;) {
        goesOn = false;
        const { done, value } = await this.#ask(name, async () => iterator.next());
        if (done === true) return;
        checkEntry(value, name);
        goesOn = true;
        yield value;
      }
    } finally {
      // As `for await` does it: a list that has ended, or failed, is left already.
      if (goesOn) await this.#ask(`leaving ${name}`, async () => iterator.return?.());
    }
  }

  /** A store in plain JavaScript may throw where it should reject; that is the same here. */
  async #ask<T>(name: string, call: () => Promise<T>): Promise<T> {
    return within(this.#limitInMs, name, call());
  }
}

/** All that an iterable gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

function isLedger(store: SuppressionStore): store is SuppressionLedger {
  return "history" in store && "entries" in store;
}
