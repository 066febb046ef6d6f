import { compareEntries } from "./entry-order.js";
import type { SuppressionEntry, SuppressionLedger } from "./suppression-store.js";

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
  /** The lists are replaced, never changed, so that an answer given out stays as it was. */
  readonly #newest = new Map<string, readonly SuppressionEntry[]>();
  readonly #history = new Map<string, SuppressionEntry[]>();

  async find(recipients: readonly string[]): Promise<readonly (readonly SuppressionEntry[])[]> {
    return recipients.map((recipient) => this.#newest.get(recipient) ?? nothing);
  }

  async record(entries: readonly SuppressionEntry[]): Promise<readonly boolean[]> {
    return entries.map((entry) => this.#recordOne(copyOf(entry)));
  }

  async *history(recipient: string): AsyncGenerator<SuppressionEntry, void, undefined> {
    // A copy, since entries may be recorded while the caller reads.
    yield* Array.from(this.#history.get(recipient) ?? nothing);
  }

  async *entries(): AsyncGenerator<SuppressionEntry, void, undefined> {
    for (const newest of this.#newest.values()) yield* newest;
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

function copyOf(entry: SuppressionEntry): SuppressionEntry {
  return Object.freeze({ ...entry, at: new Date(entry.at), recordedAt: new Date(entry.recordedAt) });
}

function concernsTheSame(a: SuppressionEntry, b: SuppressionEntry): boolean {
  return a.sender === b.sender && a.state === b.state;
}

function isTheSameFact(a: SuppressionEntry, b: SuppressionEntry): boolean {
  return concernsTheSame(a, b) && compareEntries(a, b) === 0;
}
