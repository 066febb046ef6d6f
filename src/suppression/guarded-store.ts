import { throwIfAborted } from "../errors/abort.js";
import { AbortError, SmsError } from "../errors/sms-error.js";
import { safeError } from "../privacy/safe-error.js";
import type { SuppressionEntry, SuppressionStore, SuppressionStoreOptions } from "./suppression-store.js";
import { wellFormed } from "./well-formed.js";

/**
 * A store as the list sees it: bounded in time, abortable, and checked, since whatever is not a clear answer must stop
 * the send and not read as "nobody opted out".
 */
export class GuardedStore {
  readonly #store: SuppressionStore;
  readonly #timeoutInMs: number;

  constructor(store: SuppressionStore, timeoutInMs: number) {
    this.#store = store;
    this.#timeoutInMs = timeoutInMs;
  }

  async find(
    recipients: readonly string[],
    abortSignal: AbortSignal | undefined,
  ): Promise<readonly (readonly SuppressionEntry[])[]> {
    // A copy, as a store in plain JavaScript may sort what it is given, and the answer goes by the order.
    const found = await this.#ask(
      "find",
      (options) => this.#store.find([...recipients], options),
      abortSignal,
    );
    if (!isListOf(found, recipients.length)) throw this.#nonsense("find", `a list of ${recipients.length}`);
    if (!found.every((entries, index) => areEntriesOf(entries, recipients[index]))) {
      throw this.#nonsense("find", "lists of suppression entries in the order of the recipients");
    }
    return found;
  }

  async record(
    entries: readonly SuppressionEntry[],
    abortSignal: AbortSignal | undefined,
  ): Promise<readonly boolean[]> {
    // What people wrote is in the entries, and so may be in what a database says of them.
    const words = entries.flatMap(({ keyword, note }) => [keyword ?? "", note ?? ""]);
    const storable = entries.map(wellFormed);
    const changed = await this.#ask(
      "record",
      (options) => this.#store.record(storable, options),
      abortSignal,
      words,
    );
    if (!isListOf(changed, entries.length) || !changed.every((value) => typeof value === "boolean")) {
      throw this.#nonsense("record", `${entries.length} booleans`);
    }
    return changed;
  }

  /** Calls the store, and settles when it does, when the caller aborts, or when the time is up, whichever is first. */
  async #ask<T>(
    method: Method,
    call: (options: SuppressionStoreOptions) => Promise<T>,
    abortSignal: AbortSignal | undefined,
    secrets: readonly string[] = [],
  ): Promise<T> {
    throwIfAborted(abortSignal);
    const question = new Question();
    const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
    const abort = (): void => stop(new AbortError(abortSignal?.reason));
    const timer = setTimeout(() => stop(this.#tooSlow(method)), this.#timeoutInMs);
    abortSignal?.addEventListener("abort", abort, { once: true });
    const answer = (async () => call(question))().catch((error: unknown) => {
      throw this.#failed(method, error, secrets);
    });
    try {
      return await Promise.race([answer, stopped]);
    } catch (error) {
      question.abort(error);
      throw error;
    } finally {
      clearTimeout(timer);
      abortSignal?.removeEventListener("abort", abort);
    }
  }

  #failed(method: Method, error: unknown, secrets: readonly string[]): SmsError {
    return this.#unavailable(method, "failed", safeError(error, secrets));
  }

  #tooSlow(method: Method): SmsError {
    return this.#unavailable(method, `did not answer within ${this.#timeoutInMs / 1000} s`);
  }

  #nonsense(method: Method, what: string): SmsError {
    return this.#unavailable(method, `gave a wrong answer: expected ${what}`);
  }

  #unavailable(method: Method, what: string, cause?: Error): SmsError {
    const name = this.#store.constructor?.name ?? "of no class";
    const message = `The suppression store (${name}) ${what}. ${consequences[method]}`;
    return new SmsError("suppression-unavailable", message, cause === undefined ? undefined : { cause });
  }
}

type Method = keyof SuppressionStore;

/** What follows from it that a store could not be asked, or told. */
const consequences: Record<Method, string> = {
  find: "Nothing is sent without its word.",
  record: "It may lack what it was given: repeat the call.",
};

/** What a store is told with a call. The signal is made when it is looked at: many stores answer at once. */
class Question implements SuppressionStoreOptions {
  #controller: AbortController | undefined;

  get abortSignal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller?.abort(reason);
  }
}

/** A list that a store has not filled has holes, which `every` passes over and `includes` sees. */
function isListOf(value: unknown, length: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length === length && !value.includes(undefined);
}

function areEntriesOf(value: unknown, recipient: string | undefined): boolean {
  return (
    Array.isArray(value) && !value.includes(undefined) && value.every((entry) => isEntryOf(entry, recipient))
  );
}

function isEntryOf(value: unknown, recipient: string | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  const entry: Partial<Record<keyof SuppressionEntry, unknown>> = value;
  return (
    entry.recipient === recipient &&
    typeof entry.sender === "string" &&
    (entry.state === "opted-out" || entry.state === "opted-in") &&
    entry.at instanceof Date &&
    !Number.isNaN(entry.at.getTime())
  );
}
