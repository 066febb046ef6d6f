/** Counts what is under way, and tells when nothing is. */
export class Pending {
  #count = 0;
  #isClosed = false;
  readonly #waiting = new Set<() => void>();

  /** One thing more is under way, until the function that this returns is called; a second call of that does nothing. */
  begin(): () => void {
    let isOver = false;
    this.#count += 1;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#count -= 1;
      if (this.#count === 0) this.#tell();
    };
  }

  settled(): Promise<void> {
    if (this.#count === 0 || this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
    });
  }

  /** What is still under way is not waited for any more. */
  close(): void {
    this.#isClosed = true;
    this.#tell();
  }

  #tell(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
