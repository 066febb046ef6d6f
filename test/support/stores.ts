import type {
  SuppressionEntry,
  SuppressionStore,
  SuppressionStoreOptions,
} from "../../src/suppression/suppression-store.js";
import { canary } from "./canary.js";
import { wrong } from "./wrong.js";

const noon = "2026-03-02T12:00:00.000Z";

/** A time some minutes after (or before) noon of one day in the past. */
export function minute(minutes: number): Date {
  return new Date(Date.parse(noon) + minutes * 60_000);
}

/** A fact; by default a STOP at noon that was written down at once. */
export function fact(changes: Partial<SuppressionEntry> = {}): SuppressionEntry {
  const at = changes.at ?? minute(0);
  return {
    sender: "+18005551234",
    recipient: canary.numbers[0],
    state: "opted-out",
    at,
    recordedAt: at,
    source: "keyword",
    ...changes,
  };
}

/** A store that answers as told, and remembers how it was asked. Where nothing is told it never answers. */
export class ScriptedStore implements SuppressionStore {
  readonly signals: AbortSignal[] = [];
  readonly recorded: SuppressionEntry[] = [];
  readonly #answers: { find?: Answer | undefined; record?: Answer | undefined };

  constructor(answers: { find?: Answer | undefined; record?: Answer | undefined } = {}) {
    this.#answers = answers;
  }

  find(recipients: readonly string[], options?: SuppressionStoreOptions): Promise<never> {
    return this.#answer(this.#answers.find, recipients, options);
  }

  record(entries: readonly SuppressionEntry[], options?: SuppressionStoreOptions): Promise<never> {
    this.recorded.push(...entries);
    return this.#answer(this.#answers.record, entries, options);
  }

  #answer(
    answer: Answer = hang,
    asked: readonly unknown[],
    options?: SuppressionStoreOptions,
  ): Promise<never> {
    if (options?.abortSignal !== undefined) this.signals.push(options.abortSignal);
    return wrong(answer(asked));
  }
}

/** What a store does when it is asked; anything goes, as stores are other people's code. */
export type Answer = (asked: readonly unknown[]) => unknown;

/** Never answers. */
export function hang(): Promise<never> {
  return new Promise(() => {});
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
