/** Works on several things at once, of each sender only so many. The first failure is kept for whoever waits. */
export class Crew {
  readonly #mostPerSender: number;
  readonly #onFailure: (error: unknown) => void;
  readonly #atWork = new Map<string, Set<Promise<void>>>();

  constructor(mostPerSender: number, onFailure: (error: unknown) => void) {
    this.#mostPerSender = mostPerSender;
    this.#onFailure = onFailure;
  }

  /** Begins some work; resolves when there is room for more of this sender. */
  async start(sender: string, work: () => Promise<void>): Promise<void> {
    const others = this.#atWork.get(sender) ?? new Set();
    this.#atWork.set(sender, others);
    const own = work()
      .catch(this.#onFailure)
      .finally(() => others.delete(own));
    others.add(own);
    while (others.size >= this.#mostPerSender) await Promise.race(others);
  }

  /** Resolves when all work is done. */
  async done(): Promise<void> {
    await Promise.all([...this.#atWork.values()].flatMap((works) => [...works]));
  }
}
