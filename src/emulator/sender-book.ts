import type { EmulatorSender } from "./senders.js";

/** The senders that the emulated resource owns at the moment. */
export class SenderBook {
  readonly #byNumber: Map<string, EmulatorSender>;
  readonly #changed: () => void;

  constructor(senders: readonly EmulatorSender[], changed: () => void) {
    this.#byNumber = new Map(senders.map((sender) => [sender.number, sender]));
    this.#changed = changed;
  }

  get(number: string): EmulatorSender | undefined {
    return this.#byNumber.get(number);
  }

  has(number: string): boolean {
    return this.#byNumber.has(number);
  }

  list(): readonly EmulatorSender[] {
    return [...this.#byNumber.values()];
  }

  /** Adds a sender, or replaces the one with its number. */
  put(sender: EmulatorSender): void {
    this.#byNumber.set(sender.number, sender);
    this.#changed();
  }

  /** Whether there was one to remove. */
  remove(number: string): boolean {
    const wasThere = this.#byNumber.delete(number);
    if (wasThere) this.#changed();
    return wasThere;
  }
}
