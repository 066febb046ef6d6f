/** How long requests that are under way may take once it is to stop: what is cut off may have arrived. */
const graceInMs = 10_000;

/** An end in two steps: nothing new is begun any more; and some time later, what is under way is cut off. */
export class EndingSignals {
  readonly #stop = new AbortController();
  readonly #end = new AbortController();
  readonly #given: AbortSignal | undefined;
  readonly #onAbort = (): void => this.begin();
  #timer: NodeJS.Timeout | undefined;

  /** @param abortSignal - Begins the end. */
  constructor(abortSignal?: AbortSignal) {
    this.#given = abortSignal;
    abortSignal?.addEventListener("abort", this.#onAbort, { once: true });
    if (abortSignal?.aborted === true) this.begin();
  }

  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  get end(): AbortSignal {
    return this.#end.signal;
  }

  begin(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#timer = setTimeout(() => this.#end.abort(), graceInMs);
  }

  /** To be called when nothing is under way any more. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#given?.removeEventListener("abort", this.#onAbort);
  }
}
