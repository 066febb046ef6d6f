import { randomUUID } from "node:crypto";

import { retentionInMs, type EventClaim, type EventInbox, type ReplyRecord } from "./event-inbox.js";

interface Work {
  readonly token: string;
  /** When others may claim it, or where it is done, when it can be forgotten. */
  readonly until: number;
  readonly isDone: boolean;
}

type Reply = Omit<ReplyRecord, "isNew">;

/**
 * An inbox in memory, for one process and for tests: **what it knows dies with its process**, so that an event
 * delivered again after a restart is handled again. Completed events are forgotten after 48 hours.
 */
export class MemoryEventInbox implements EventInbox {
  readonly #work = new Map<string, Work>();
  readonly #replies = new Map<string, Reply>();

  async claim(key: string, leaseInMs: number): Promise<EventClaim> {
    this.#forgetOld();
    const known = this.#work.get(key);
    if (known?.isDone === true) return { state: "done" };
    if (known !== undefined && known.until > Date.now()) return { state: "busy" };
    const token = randomUUID();
    this.#put(key, { token, until: Date.now() + leaseInMs, isDone: false });
    return { state: "claimed", token };
  }

  async complete(key: string, token: string): Promise<void> {
    this.#put(key, { token, until: Date.now() + retentionInMs, isDone: true });
  }

  async release(key: string, token: string): Promise<void> {
    const known = this.#work.get(key);
    if (known?.token === token && !known.isDone) this.#work.delete(key);
  }

  async beginReply(key: string, at: Date): Promise<ReplyRecord> {
    const known = this.#replies.get(key);
    if (known !== undefined) return { ...known, beganAt: new Date(known.beganAt), isNew: false };
    this.#replies.set(key, { beganAt: new Date(at) });
    return { beganAt: new Date(at), isNew: true };
  }

  async completeReply(key: string, sentMessageId: string): Promise<void> {
    this.#replies.set(key, { beganAt: this.#replies.get(key)?.beganAt ?? new Date(), sentMessageId });
  }

  async cancelReply(key: string): Promise<void> {
    if (this.#replies.get(key)?.sentMessageId === undefined) this.#replies.delete(key);
  }

  /** Moves a key to the end, so that the maps stay in the order of time. */
  #put(key: string, work: Work): void {
    this.#work.delete(key);
    this.#work.set(key, work);
  }

  #forgetOld(): void {
    const now = Date.now();
    // What was begun and never ended is forgotten too, since it would hide everything after it.
    for (const [key, { until }] of this.#work) {
      if (until > now) break;
      this.#work.delete(key);
    }
    for (const [key, { beganAt }] of this.#replies) {
      if (beganAt.getTime() + retentionInMs > now) break;
      this.#replies.delete(key);
    }
  }
}
