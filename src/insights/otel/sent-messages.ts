import type { SpanContext } from "@opentelemetry/api";

/** What a delivery report has to know of the send that it is about. */
export interface SentMessage {
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** The span of the send; left out where it was not recorded. */
  readonly spanContext?: SpanContext;
}

/**
 * Where sends are remembered by message id, until their reports come. Yours may be a table that all your processes share:
 * reports often come to another one than the sender.
 */
export interface SentMessageStore {
  set(messageId: string, sent: SentMessage): void | Promise<void>;
  get(messageId: string): SentMessage | undefined | Promise<SentMessage | undefined>;
}

/** The newest so many, in memory. */
export class RecentMessages implements SentMessageStore {
  readonly #most: number;
  readonly #messages = new Map<string, SentMessage>();

  constructor(most: number) {
    this.#most = most;
  }

  set(messageId: string, sent: SentMessage): void {
    this.#messages.delete(messageId);
    this.#messages.set(messageId, sent);
    if (this.#messages.size <= this.#most) return;
    const [oldest = ""] = this.#messages.keys();
    this.#messages.delete(oldest);
  }

  get(messageId: string): SentMessage | undefined {
    return this.#messages.get(messageId);
  }
}
