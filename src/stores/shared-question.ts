/**
 * After so long without an answer a question is asked anew. A connection that died unseen, as while a serverless function
 * was frozen, may never say so, and others of a pool are well.
 */
const mostWaitedInMs = 10_000;

/** A question that many have at the same time, and that is asked once for all of them. */
export class SharedQuestion<T> {
  #pending: { readonly answer: Promise<T>; readonly askedAt: number } | undefined;

  /** The answer to what is asked already, or else to `question`. */
  async ask(question: () => Promise<T>): Promise<T> {
    const now = performance.now();
    if (this.#pending !== undefined && now - this.#pending.askedAt < mostWaitedInMs)
      return this.#pending.answer;
    const pending = { answer: question(), askedAt: now };
    this.#pending = pending;
    try {
      return await pending.answer;
    } finally {
      if (this.#pending === pending) this.#pending = undefined;
    }
  }
}
