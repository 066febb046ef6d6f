/** Results on their way from those who find them out to the one who reads them. */
export class ResultChannel<T> {
  readonly #mostUnread: number;
  #unread: T[] = [];
  #end: { readonly error?: unknown } | undefined;
  #isAbandoned = false;
  #wakeReader: (() => void) | undefined;
  #wakeWriters: (() => void)[] = [];

  /** @param mostUnread - So many may wait to be read before writers have to wait. */
  constructor(mostUnread: number) {
    this.#mostUnread = mostUnread;
  }

  /** Resolves when there is room for more; at once where nobody reads any more. */
  async push(results: readonly T[]): Promise<void> {
    if (this.#isAbandoned || results.length === 0) return;
    for (const result of results) this.#unread.push(result);
    this.#wakeReader?.();
    if (this.#unread.length < this.#mostUnread) return;
    await new Promise<void>((resolve) => this.#wakeWriters.push(resolve));
  }

  /** Nothing more will come: because of an error, or because that was all. */
  end(end: { readonly error?: unknown } = {}): void {
    this.#end ??= end;
    this.#wakeReader?.();
  }

  /** Nobody will read any more. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#unread = [];
    this.#letWritersGo();
  }

  /** Everything up to the end; then throws the error, if there is one. */
  async *read(): AsyncGenerator<readonly T[], void, undefined> {
    for (;;) {
      if (this.#unread.length > 0) {
        const results = this.#unread;
        this.#unread = [];
        yield results;
        this.#letWritersGo();
        continue;
      }
      if (this.#end !== undefined) break;
      await new Promise<void>((resolve) => (this.#wakeReader = resolve));
    }
    if ("error" in this.#end) throw this.#end.error;
  }

  #letWritersGo(): void {
    const writers = this.#wakeWriters;
    this.#wakeWriters = [];
    for (const wake of writers) wake();
  }
}
