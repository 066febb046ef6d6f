/** A recipient's answer under its request id. */
export interface Remembered {
  /** What was sent, to tell a repeated message from a changed one. */
  readonly fingerprint: string;
  readonly messageId: string;
}

/** The request ids of the last few minutes. Forgetting costs the same however many there are. */
export class RepeatMemory {
  readonly #windowInMs: number;
  /** In order of time, so that what has expired is at the front. */
  readonly #byId = new Map<string, Remembered & { readonly at: number }>();

  constructor(windowInMs: number) {
    this.#windowInMs = windowInMs;
  }

  find(requestId: string, now: number): Remembered | undefined {
    this.#forgetUntil(now - this.#windowInMs);
    return this.#byId.get(requestId);
  }

  remember(requestId: string, answer: Remembered, now: number): void {
    this.#byId.delete(requestId);
    this.#byId.set(requestId, { ...answer, at: now });
  }

  clear(): void {
    this.#byId.clear();
  }

  #forgetUntil(time: number): void {
    for (const [requestId, { at }] of this.#byId) {
      if (at > time) return;
      this.#byId.delete(requestId);
    }
  }
}
