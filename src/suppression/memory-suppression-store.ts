import { throwIfAborted } from "../errors/abort.js";
import { compareEntries } from "./entry-order.js";
import type { SuppressionEntry, SuppressionLedger, SuppressionStoreOptions } from "./suppression-store.js";

const nothing: readonly SuppressionEntry[] = Object.freeze([]);

/**
 * A suppression store and ledger in memory, for tests and first steps: **what it holds dies with its process**.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SuppressionList } from "acs-sms";
 *
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * ```
 */
export class MemorySuppressionStore implements SuppressionLedger {
  readonly #newest = new Map<string, readonly SuppressionEntry[]>();
  readonly #history = new Map<string, SuppressionEntry[]>();

  async find(
    recipients: readonly string[],
    options?: SuppressionStoreOptions,
  ): Promise<readonly (readonly SuppressionEntry[])[]> {
    throwIfAborted(options?.abortSignal);
    return recipients.map((recipient) => this.#newest.get(recipient)?.map(copyOf) ?? nothing);
  }

  async record(
    entries: readonly SuppressionEntry[],
    options?: SuppressionStoreOptions,
  ): Promise<readonly boolean[]> {
    throwIfAborted(options?.abortSignal);
    return entries.map((entry) => this.#recordOne(copyOf(entry)));
  }

  async *history(
    recipient: string,
    options?: SuppressionStoreOptions,
  ): AsyncGenerator<SuppressionEntry, void, undefined> {
    throwIfAborted(options?.abortSignal);
    yield* (this.#history.get(recipient) ?? nothing).map(copyOf);
  }

  async *entries(options?: SuppressionStoreOptions): AsyncGenerator<SuppressionEntry, void, undefined> {
    throwIfAborted(options?.abortSignal);
    for (const newest of this.#newest.values()) yield* newest.map(copyOf);
  }

  #recordOne(entry: SuppressionEntry): boolean {
    this.#appendToHistory(entry);
    const known = this.#newest.get(entry.recipient) ?? nothing;
    const others = known.filter((other) => !concernsTheSame(entry, other));
    const newest = known.find((other) => concernsTheSame(entry, other));
    if (newest !== undefined && compareEntries(entry, newest) <= 0) return false;
    this.#newest.set(entry.recipient, [...others, entry]);
    return true;
  }

  #appendToHistory(entry: SuppressionEntry): void {
    const history = this.#history.get(entry.recipient);
    if (history === undefined) this.#history.set(entry.recipient, [entry]);
    else if (!history.some((known) => isTheSameFact(entry, known))) history.push(entry);
  }
}

/** What is taken and what is given out are copies: a date can be changed, and would change who may be texted. */
function copyOf(entry: SuppressionEntry): SuppressionEntry {
  return Object.freeze({ ...entry, at: new Date(entry.at), recordedAt: new Date(entry.recordedAt) });
}

function concernsTheSame(a: SuppressionEntry, b: SuppressionEntry): boolean {
  return a.sender === b.sender && a.state === b.state;
}

function isTheSameFact(a: SuppressionEntry, b: SuppressionEntry): boolean {
  return concernsTheSame(a, b) && compareEntries(a, b) === 0;
}
