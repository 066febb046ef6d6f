/** The newest so many of something, in the order in which they came. */
export class Newest<T> {
  readonly #limit: number;
  readonly #byKey = new Map<string | number, T>();
  /** The keys in order, in a ring: a map whose first keys are deleted is slow to tell which is the first now. */
  #keys: (string | number)[] = [];
  /** Where the oldest is, once the ring is full. */
  #oldest = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Puts one in; with a key that is there already, in the place of the one before. */
  put(key: string | number, item: T): void {
    if (!this.#byKey.has(key)) this.#enter(key);
    this.#byKey.set(key, item);
  }

  get(key: string | number): T | undefined {
    return this.#byKey.get(key);
  }

  /** Oldest first. */
  list(): readonly T[] {
    const keys = [...this.#keys.slice(this.#oldest), ...this.#keys.slice(0, this.#oldest)];
    return keys.flatMap((key) => this.#byKey.get(key) ?? []);
  }

  clear(): void {
    this.#byKey.clear();
    this.#keys = [];
    this.#oldest = 0;
  }

  #enter(key: string | number): void {
    const gone = this.#keys[this.#oldest];
    if (this.#keys.length < this.#limit || gone === undefined) {
      this.#keys.push(key);
      return;
    }
    this.#byKey.delete(gone);
    this.#keys[this.#oldest] = key;
    this.#oldest = (this.#oldest + 1) % this.#limit;
  }
}
