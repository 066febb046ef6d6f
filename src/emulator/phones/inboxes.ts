/** A message as a phone shows it. */
export interface PhoneMessage {
  /** The sender: its number, short code or alphanumeric id. */
  readonly from: string;
  readonly message: string;
  /** When it arrived. */
  readonly at: Date;
}

/** Who waits for messages of a phone. */
export interface Watcher {
  arrived(message: PhoneMessage): void;
  /** Nothing will arrive any more. */
  closed(): void;
}

/** What each phone shows, in order of arrival, and who waits for more. */
export class Inboxes {
  readonly #messages = new Map<string, PhoneMessage[]>();
  readonly #watchers = new Map<string, Set<Watcher>>();

  show(number: string, message: PhoneMessage): void {
    const messages = this.#messages.get(number);
    if (messages === undefined) this.#messages.set(number, [message]);
    else messages.push(message);
    for (const watcher of this.#watchers.get(number) ?? []) watcher.arrived(message);
  }

  of(number: string): readonly PhoneMessage[] {
    return this.#messages.get(number) ?? [];
  }

  /** Tells of each later message of a phone, until the function that this returns is called. */
  watch(number: string, watcher: Watcher): () => void {
    const watchers = this.#watchers.get(number) ?? new Set();
    this.#watchers.set(number, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
    };
  }

  /** Empties all phones; who waits for more goes on waiting. */
  clear(): void {
    this.#messages.clear();
  }

  /** The phones that have shown something. */
  numbers(): readonly string[] {
    return [...this.#messages.keys()];
  }

  close(): void {
    for (const watchers of this.#watchers.values()) {
      for (const watcher of watchers) watcher.closed();
    }
  }
}
