import { expected } from "../../errors/expected.js";
import { logWarning } from "../../observers/log.js";
import { safeError } from "../../privacy/safe-error.js";

/** Told how many events were lost since the last time. */
export type OnLoss = (lost: number) => void;

/** Counts what is lost, and tells it now and then. */
export class LossReport {
  readonly #onLoss: OnLoss;
  readonly #pauseInMs: number;
  #lost = 0;
  #told = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(onLoss: OnLoss = warn, pauseInMs = 60_000) {
    if (typeof onLoss !== "function") throw expected("onLoss", "a function", onLoss);
    this.#onLoss = onLoss;
    this.#pauseInMs = pauseInMs;
  }

  get lost(): number {
    return this.#lost;
  }

  /** The first time is told in the next turn, so that the sender is not held up. */
  add(lost: number): void {
    this.#lost += lost;
    this.#timer ??= setTimeout(() => this.#tellAndPause(), 0).unref();
  }

  /** Tells what is left to tell. */
  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell();
  }

  #tellAndPause(): void {
    this.#timer = this.#tell() ? setTimeout(() => this.#tellAndPause(), this.#pauseInMs).unref() : undefined;
  }

  #tell(): boolean {
    const news = this.#lost - this.#told;
    this.#told = this.#lost;
    if (news === 0) return false;
    void this.#pass(news);
    return true;
  }

  /** Who is told may fail, at once or later. */
  async #pass(news: number): Promise<void> {
    try {
      await Promise.resolve(this.#onLoss(news));
    } catch (error) {
      void logWarning(`\`onLoss\` failed: ${safeError(error).message}`);
    }
  }
}

function warn(lost: number): void {
  void logWarning(`A message log lost ${lost} events: its database failed, or was too slow for too long.`);
}
