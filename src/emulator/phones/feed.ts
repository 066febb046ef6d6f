/** A list that grows, and can be emptied, which any number of readers follow from its beginning until it ends. */
export class Feed<T extends object> {
  readonly #items: T[] = [];
  readonly #waiting = new Set<() => void>();
  #ended = false;
  /** How many were forgotten: readers count on from where they are. */
  #forgotten = 0;

  /** Whether nothing more will come. */
  get hasEnded(): boolean {
    return this.#ended;
  }

  push(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  /** Forgets what is there; readers go on with what comes. */
  clear(): void {
    this.#forgotten += this.#items.splice(0).length;
  }

  /** What is there. */
  list(): readonly T[] {
    return [...this.#items];
  }

  /** Lets every reader finish once it has read what is there. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** A reader of its own place in the list. Its `return()` also ends a `next()` that is still waiting. */
  read(): AsyncIterableIterator<T, undefined> {
    let position = this.#forgotten;
    let left = false;
    const isOver = (): boolean => left || this.#ended;
    const next = async (): Promise<IteratorResult<T, undefined>> => {
      // Taken before the first wait, so that calls made at the same time get different items.
      const mine = Math.max(position, this.#forgotten);
      position = mine + 1;
      while (mine >= this.#forgotten + this.#items.length && !isOver()) await this.#change();
      // What it was woken for has been forgotten since.
      if (mine < this.#forgotten && !left) return next();
      const item = this.#items[mine - this.#forgotten];
      return left || item === undefined ? { done: true, value: undefined } : { done: false, value: item };
    };
    const leave = (): Promise<IteratorResult<T, undefined>> => {
      left = true;
      this.#wake();
      return Promise.resolve({ done: true, value: undefined });
    };
    const reader: AsyncIterableIterator<T, undefined> = {
      next,
      return: leave,
      [Symbol.asyncIterator]: () => reader,
    };
    return reader;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
    });
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
