/** The newest so many of something, in the order in which they came. */
export class Newest<T> {
  readonly #limit: number;
  /** By key; one that comes again keeps its place. */
  readonly #items = new Map<string | number, T>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  put(key: string | number, item: T): void {
    this.#items.set(key, item);
    if (this.#items.size <= this.#limit) return;
    const [oldest] = this.#items.keys();
    if (oldest !== undefined) this.#items.delete(oldest);
  }

  get(key: string | number): T | undefined {
    return this.#items.get(key);
  }

  list(): readonly T[] {
    return [...this.#items.values()];
  }

  clear(): void {
    this.#items.clear();
  }
}
