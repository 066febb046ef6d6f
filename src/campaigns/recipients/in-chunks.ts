/** Whatever is read of a list by one call of `next`. */
type Source<T> = Iterable<T> | AsyncIterable<T>;

/** How a list is read. */
export interface ChunkOptions {
  /** So many items at a time; */
  readonly size: number;
  /** or those that came in this time, so that a slow list holds up nobody who was read already. Default: no time. */
  readonly lingerInMs?: number;
  /** Ends the reading, also while a list is waited for. */
  readonly signal: AbortSignal;
}

/** Reads a list, some items at a time. */
export async function* inChunks<T>(
  source: Source<T>,
  options: ChunkOptions,
): AsyncGenerator<readonly T[], void, undefined> {
  if (Symbol.asyncIterator in source) yield* ofAsync(source[Symbol.asyncIterator](), options);
  else yield* ofSync(source, options);
}

function* ofSync<T>(source: Iterable<T>, { size, signal }: ChunkOptions): Generator<readonly T[], void> {
  let chunk: T[] = [];
  for (const item of source) {
    if (chunk.push(item) < size) continue;
    yield chunk;
    if (signal.aborted) return;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

async function* ofAsync<T>(
  iterator: AsyncIterator<T>,
  { size, lingerInMs, signal }: ChunkOptions,
): AsyncGenerator<readonly T[], void, undefined> {
  let next: Promise<IteratorResult<T>> | undefined;
  let isOver = false;
  try {
    while (!isOver && !signal.aborted) {
      const chunk: T[] = [];
      const interrupt = new Interrupt(signal);
      try {
        while (chunk.length < size) {
          next ??= iterator.next();
          const answer = await Promise.race([next, interrupt.promise]);
          if (answer === undefined) break;
          next = undefined;
          isOver = answer.done === true;
          if (answer.done === true) break;
          if (chunk.push(answer.value) === 1 && lingerInMs !== undefined) interrupt.after(lingerInMs);
        }
      } catch (error) {
        isOver = true;
        throw error;
      } finally {
        interrupt.clear();
      }
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    // What was asked for and is not needed any more may still fail, and a list that hangs is not waited for.
    next?.catch(() => undefined);
    if (!isOver) void ended(iterator).catch(() => undefined);
  }
}

/** One that somebody wrote may throw, or give no promise. */
async function ended(iterator: AsyncIterator<unknown>): Promise<void> {
  await iterator.return?.();
}

/**
 * Ends the waiting for one chunk: its time is up, or the reading is to end. A new one for each chunk, as a promise keeps
 * whatever was raced with it until it is settled.
 */
class Interrupt {
  readonly promise: Promise<undefined>;
  readonly #end: () => void;
  readonly #signal: AbortSignal;
  #timer: NodeJS.Timeout | undefined;

  constructor(signal: AbortSignal) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.promise = promise;
    this.#end = () => resolve(undefined);
    this.#signal = signal;
    signal.addEventListener("abort", this.#end, { once: true });
  }

  after(delayInMs: number): void {
    this.#timer = setTimeout(this.#end, delayInMs);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener("abort", this.#end);
  }
}
