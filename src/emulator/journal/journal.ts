import type { DeadLetter } from "../event-grid/records.js";
import type { News } from "./changes.js";
import type { EmulatorMessage } from "./emulator-message.js";
import { Newest } from "./newest.js";
import type { DeliveryDetails, RequestDetails } from "./records.js";

/** How much is kept for those who begin to watch later: of messages, and of each other kind. */
export const keptMessages = 10_000;
const keptRecords = 500;

/** What is made only when somebody looks at it. */
type Lazy<T> = () => T;

/** What has happened of late, and who is told of more. Nothing in the emulated world depends on it. */
export class Journal {
  readonly #messages = new Newest<EmulatorMessage>(keptMessages);
  readonly #requests = new Newest<Lazy<RequestDetails>>(keptRecords);
  readonly #deliveries = new Newest<Lazy<DeliveryDetails>>(keptRecords);
  readonly #deadLetters = new Newest<DeadLetter>(keptRecords);
  readonly #watchers = new Set<(news: News) => void>();
  #counted = 0;

  /** Tells of all that happens from now on, until the function that this returns is called. */
  watch(watcher: (news: News) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Tells those who watch; what it makes is made only when somebody does. */
  tell(make: Lazy<News>): void {
    if (this.#watchers.size === 0) return;
    const news = make();
    for (const watcher of this.#watchers) watcher(news);
  }

  /** Writes a message down. */
  message(message: EmulatorMessage): void {
    this.#messages.put(message.id, message);
    this.tell(() => ({ topic: "message", value: message }));
  }

  /** Writes down what became of a message; one that is forgotten stays so. */
  update(
    id: string,
    news: Partial<Pick<EmulatorMessage, "state" | "isShown" | "endedAt" | "details">>,
  ): void {
    const known = this.#messages.get(id);
    if (known !== undefined) this.message({ ...known, ...news });
  }

  request(make: (number: number) => RequestDetails): void {
    const number = (this.#counted += 1);
    const details = once(() => make(number));
    this.#requests.put(number, details);
    this.tell(() => ({ topic: "request", value: details() }));
  }

  delivery(make: (number: number) => DeliveryDetails): void {
    const number = (this.#counted += 1);
    const details = once(() => make(number));
    this.#deliveries.put(number, details);
    this.tell(() => ({ topic: "delivery", value: details() }));
  }

  deadLetter(letter: DeadLetter): void {
    this.#deadLetters.put((this.#counted += 1), letter);
    this.tell(() => ({ topic: "dead-letter", value: letter }));
  }

  /** The newest messages, oldest first. */
  messages(): readonly EmulatorMessage[] {
    return this.#messages.list();
  }

  /** The newest requests, oldest first. */
  requests(): readonly RequestDetails[] {
    return this.#requests.list().map((details) => details());
  }

  /** The newest attempts to deliver events, oldest first. */
  deliveries(): readonly DeliveryDetails[] {
    return this.#deliveries.list().map((details) => details());
  }

  /** The newest events that were given up, oldest first. */
  deadLetters(): readonly DeadLetter[] {
    return this.#deadLetters.list();
  }

  clear(): void {
    for (const kept of [this.#messages, this.#requests, this.#deliveries, this.#deadLetters]) kept.clear();
  }
}

function once<T>(make: Lazy<T>): Lazy<T> {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
