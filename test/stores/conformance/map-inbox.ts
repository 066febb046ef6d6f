import { randomUUID } from "node:crypto";
import { setImmediate as roundTrip } from "node:timers/promises";

import type { EventClaim, EventInbox, ReplyRecord } from "../../../src/events/event-inbox.js";

/** Who works on an event, and for how long; or that it is done. */
export interface Work {
  readonly token: string;
  readonly until: number;
  readonly isDone: boolean;
}

type Reply = Omit<ReplyRecord, "isNew">;

/** What stands for a database: it outlives the inboxes over it, is shared by several, and can fail. */
export class InboxDatabase {
  readonly work = new Map<string, Work>();
  readonly replies = new Map<string, Reply>();
  isBroken = false;

  /** The time that a call takes, in which others come in between. */
  async roundTrip(): Promise<void> {
    await roundTrip();
    if (this.isBroken) throw new Error("connect ECONNREFUSED");
  }
}

/** An inbox as it should be, over maps, in steps of which a broken one can change one. */
export class MapInbox implements EventInbox, AsyncDisposable {
  readonly database: InboxDatabase;
  protected isDisposed = false;

  constructor(database: InboxDatabase = new InboxDatabase()) {
    this.database = database;
  }

  async claim(key: string, leaseInMs: number): Promise<EventClaim> {
    await this.reach();
    const known = this.database.work.get(this.key(key));
    if (known?.isDone === true) return { state: "done" };
    if (known !== undefined && this.isBusy(known)) return { state: "busy" };
    return this.take(key, leaseInMs);
  }

  async complete(key: string, token: string): Promise<void> {
    await this.reach();
    this.database.work.set(this.key(key), { token, until: Infinity, isDone: true });
  }

  async release(key: string, token: string): Promise<void> {
    await this.reach();
    const known = this.database.work.get(this.key(key));
    if (known !== undefined && this.mayRelease(known, token)) this.database.work.delete(this.key(key));
  }

  async beginReply(key: string, at: Date): Promise<ReplyRecord> {
    const beganAt = new Date(at);
    await this.reach();
    const known = this.database.replies.get(this.replyKey(key));
    if (known !== undefined) return { ...known, beganAt: new Date(known.beganAt), isNew: false };
    this.database.replies.set(this.replyKey(key), { beganAt });
    return { beganAt: new Date(beganAt), isNew: true };
  }

  async completeReply(key: string, sentMessageId: string): Promise<void> {
    await this.reach();
    const { beganAt = new Date() } = this.database.replies.get(this.replyKey(key)) ?? {};
    this.database.replies.set(this.replyKey(key), { beganAt, sentMessageId });
  }

  async cancelReply(key: string): Promise<void> {
    await this.reach();
    const known = this.database.replies.get(this.replyKey(key));
    if (known?.sentMessageId === undefined) this.database.replies.delete(this.replyKey(key));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.isDisposed = true;
  }

  protected async reach(): Promise<void> {
    if (this.isDisposed) throw new Error("The inbox was disposed of.");
    await this.database.roundTrip();
  }

  protected take(key: string, leaseInMs: number): EventClaim {
    const token = this.token();
    this.database.work.set(this.key(key), { token, until: Date.now() + leaseInMs, isDone: false });
    return { state: "claimed", token };
  }

  protected isBusy({ until }: Work): boolean {
    return until > Date.now();
  }

  protected mayRelease(known: Work, token: string): boolean {
    return known.token === token && !known.isDone;
  }

  protected token(): string {
    return randomUUID();
  }

  protected key(key: string): string {
    return key;
  }

  protected replyKey(key: string): string {
    return this.key(key);
  }
}
