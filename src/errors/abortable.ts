import { throwIfAborted } from "./abort.js";
import { AbortError } from "./sms-error.js";

/**
 * What a source gives, until the signal ends it: also while the source is waited for, as a connection may hang. Leaving
 * it ends the source.
 */
export async function* abortable<T>(
  source: Iterable<T> | AsyncIterable<T>,
  abortSignal: AbortSignal | undefined,
): AsyncGenerator<T, void, undefined> {
  throwIfAborted(abortSignal);
  const reader = new AbortableReader(source, abortSignal);
  try {
    for (;;) {
      const next = await reader.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await reader.leave();
  }
}

class AbortableReader<T> {
  readonly #iterator: Iterator<T> | AsyncIterator<T>;
  readonly #abortSignal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#stop(new AbortError(this.#abortSignal?.reason));
  #stop: (error: AbortError) => void = () => {};
  #isOpen = true;

  constructor(source: Iterable<T> | AsyncIterable<T>, abortSignal: AbortSignal | undefined) {
    this.#iterator =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    this.#abortSignal = abortSignal;
    abortSignal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** A promise for each item, as a race with one for all would keep every item it ever ran against. */
  async next(): Promise<IteratorResult<T, unknown>> {
    throwIfAborted(this.#abortSignal);
    const { promise, resolve, reject } = Promise.withResolvers<IteratorResult<T, unknown>>();
    this.#stop = reject;
    Promise.resolve(this.#iterator.next()).then(resolve, reject);
    const next = await promise.catch((error: unknown) => {
      // Whoever failed, or hangs, is not asked again; only a signal leaves a source behind that has to be ended.
      this.#isOpen = this.#abortSignal?.aborted === true;
      throw error;
    });
    if (next.done === true) this.#isOpen = false;
    return next;
  }

  /** A source that hangs would keep its reader from leaving, so it is told to end and not waited for. */
  async leave(): Promise<void> {
    this.#abortSignal?.removeEventListener("abort", this.#onAbort);
    if (!this.#isOpen) return;
    const ended = Promise.resolve(this.#iterator.return?.());
    if (this.#abortSignal?.aborted === true) ended.catch(() => {});
    else await ended;
  }
}
