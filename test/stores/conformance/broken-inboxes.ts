import { setImmediate as roundTrip } from "node:timers/promises";

import type { EventClaim, ReplyRecord } from "../../../src/events/event-inbox.js";
import { InboxDatabase, MapInbox, type Work } from "./map-inbox.js";

/** An inbox that is wrong in one thing. */
export interface InboxBreakage {
  readonly what: string;
  readonly Inbox: new (database?: InboxDatabase) => MapInbox;
  /** The concern that must find it. */
  readonly fails: string;
  /** What it must say then. */
  readonly message: RegExp;
}

/** Looks whether an event is free, waits, and then takes it. */
class LooksFirst extends MapInbox {
  override async claim(key: string, leaseInMs: number): Promise<EventClaim> {
    if (!this.isFree(this.database.work.get(key))) return super.claim(key, leaseInMs);
    await roundTrip();
    return this.take(key, leaseInMs);
  }

  protected isFree(known: Work | undefined): boolean {
    return known === undefined;
  }
}

/** Is careful with what is new, and not with what was left behind. */
class LooksFirstAtTheLate extends LooksFirst {
  protected override isFree(known: Work | undefined): boolean {
    return known !== undefined && !known.isDone && !this.isBusy(known);
  }
}

/** Claims that are wrong. */
const claims: readonly InboxBreakage[] = [
  {
    what: "a claim is not atomic",
    fails: "concurrency",
    message: /A claim that is not atomic/,
    Inbox: LooksFirst,
  },
  {
    what: "a claim is always granted",
    fails: "claims",
    message: /somebody is at work on must be `busy`/,
    Inbox: class extends MapInbox {
      protected override isBusy(): boolean {
        return false;
      }
    },
  },
  {
    what: "a claim has no token",
    fails: "claims",
    message: /A claim must come with a token/,
    Inbox: class extends MapInbox {
      protected override token(): string {
        return "";
      }
    },
  },
  {
    what: "all claims have one token",
    fails: "claims",
    message: /Two claims had the same token/,
    Inbox: class extends MapInbox {
      protected override token(): string {
        return "token";
      }
    },
  },
  {
    what: "an event is forgotten when it is done",
    fails: "claims",
    message: /An event that was completed must be `done`/,
    Inbox: class extends MapInbox {
      override async complete(key: string): Promise<void> {
        await this.reach();
        this.database.work.delete(key);
      }
    },
  },
  {
    what: "an event that nobody claimed cannot be completed",
    fails: "claims",
    message: /Work that was done counts as done/,
    Inbox: class extends MapInbox {
      override async complete(key: string, token: string): Promise<void> {
        if (this.database.work.has(key)) await super.complete(key, token);
      }
    },
  },
  {
    what: "anybody can release",
    fails: "claims",
    message: /Only who holds the claim can give an event back/,
    Inbox: class extends MapInbox {
      protected override mayRelease({ isDone }: Work): boolean {
        return !isDone;
      }
    },
  },
  {
    what: "who is done can release",
    fails: "claims",
    message: /An event that was completed must stay so, whoever releases it/,
    Inbox: class extends MapInbox {
      protected override mayRelease(known: Work, token: string): boolean {
        return known.token === token;
      }
    },
  },
  {
    what: "nobody can release",
    fails: "claims",
    message: /must not be `busy`/,
    Inbox: class extends MapInbox {
      protected override mayRelease(): boolean {
        return false;
      }
    },
  },
  {
    what: "a lease never ends",
    fails: "leases",
    message: /A lease never ran out/,
    Inbox: class extends MapInbox {
      protected override isBusy(): boolean {
        return true;
      }
    },
  },
  {
    what: "a lease is taken for a thousandth",
    fails: "leases",
    message: /An event went to another before its lease had run out/,
    Inbox: class extends MapInbox {
      override claim(key: string, leaseInMs: number): Promise<EventClaim> {
        return super.claim(key, leaseInMs / 1000);
      }
    },
  },
  {
    what: "who was late is not heard",
    fails: "leases",
    message: /Work that was done counts as done/,
    Inbox: class extends MapInbox {
      override async complete(key: string, token: string): Promise<void> {
        const known = this.database.work.get(key);
        if (known === undefined || known.token === token) await super.complete(key, token);
      }
    },
  },
  {
    what: "many take over from who was late",
    fails: "leases",
    message: /One of 20 must take over an event whose worker died/,
    Inbox: LooksFirstAtTheLate,
  },
];

/** Replies that are wrong. */
const replies: readonly InboxBreakage[] = [
  {
    what: "a reply is not begun atomically",
    fails: "concurrency",
    message: /A reply that is not begun atomically/,
    Inbox: class extends MapInbox {
      override async beginReply(key: string, at: Date): Promise<ReplyRecord> {
        const isKnown = this.database.replies.has(key);
        await roundTrip();
        return isKnown ? super.beginReply(key, at) : { ...(await super.beginReply(key, at)), isNew: true };
      }
    },
  },
  {
    what: "who comes second is told their own time",
    fails: "replies",
    message: /`beganAt` must be that, to the millisecond/,
    Inbox: class extends MapInbox {
      override async beginReply(key: string, at: Date): Promise<ReplyRecord> {
        return { ...(await super.beginReply(key, at)), beganAt: at };
      }
    },
  },
  {
    what: "times lose their milliseconds",
    fails: "replies",
    message: /The first to begin a reply must be told so/,
    Inbox: class extends MapInbox {
      override beginReply(key: string, at: Date): Promise<ReplyRecord> {
        return super.beginReply(key, new Date(Math.floor(at.getTime() / 1000) * 1000));
      }
    },
  },
  {
    what: "what was sent is not told",
    fails: "replies",
    message: /A reply that was sent must say so/,
    Inbox: class extends MapInbox {
      override completeReply(): Promise<void> {
        return this.reach();
      }
    },
  },
  {
    what: "what is not known is `undefined`",
    fails: "replies",
    message: /`sentMessageId` must be absent until it is known/,
    Inbox: class extends MapInbox {
      override async beginReply(key: string, at: Date): Promise<ReplyRecord> {
        return Object.assign({ sentMessageId: undefined }, await super.beginReply(key, at));
      }
    },
  },
  {
    what: "a reply that was cancelled stays",
    fails: "replies",
    message: /A reply that was not sent must be there to be sent/,
    Inbox: class extends MapInbox {
      override cancelReply(): Promise<void> {
        return this.reach();
      }
    },
  },
  {
    what: "a reply that was sent is cancelled",
    fails: "replies",
    message: /what was sent must stay known/,
    Inbox: class extends MapInbox {
      override async cancelReply(key: string): Promise<void> {
        await this.reach();
        this.database.replies.delete(key);
      }
    },
  },
  {
    what: "a reply that was forgotten cannot be completed",
    fails: "replies",
    message: /What was sent must be known, also where its beginning is not/,
    Inbox: class extends MapInbox {
      override async completeReply(key: string, sentMessageId: string): Promise<void> {
        if (this.database.replies.has(key)) await super.completeReply(key, sentMessageId);
      }
    },
  },
  {
    what: "the time is the caller's own object",
    fails: "replies",
    message: /The inbox and its caller share a `Date`/,
    Inbox: class extends MapInbox {
      override async beginReply(key: string, at: Date): Promise<ReplyRecord> {
        await this.reach();
        const known = this.database.replies.get(key);
        if (known === undefined) this.database.replies.set(key, { beganAt: at });
        return { ...(known ?? { beganAt: at }), isNew: known === undefined };
      }
    },
  },
];

/** Keys and backends that are wrong. */
const others: readonly InboxBreakage[] = [
  {
    what: "keys are folded in case",
    fails: "odd keys",
    message: /Two keys were taken for one|could be claimed/,
    Inbox: class extends MapInbox {
      protected override key(key: string): string {
        return key.toLowerCase();
      }
    },
  },
  {
    what: "keys of replies are cut",
    fails: "odd keys",
    message: /Two keys were taken for one/,
    Inbox: class extends MapInbox {
      protected override replyKey(key: string): string {
        return key.slice(0, 255);
      }
    },
  },
  {
    what: "replies and events share their keys",
    fails: "replies",
    message: /must leave the event of the same key alone/,
    Inbox: class extends MapInbox {
      override async cancelReply(key: string): Promise<void> {
        await super.cancelReply(key);
        this.database.work.delete(key);
      }
    },
  },
  {
    what: "it keeps everything to itself",
    fails: "durability",
    message: /An event that a process completed must be done after its end/,
    Inbox: class extends MapInbox {
      override readonly database: InboxDatabase = new InboxDatabase();
    },
  },
  {
    what: "what another does is not seen",
    fails: "sharing",
    message: /Another machine must know who is at work on an event/,
    Inbox: class extends MapInbox {
      override readonly database: InboxDatabase = new InboxDatabase();
    },
  },
  {
    what: "only who claimed can complete or release",
    fails: "sharing",
    message: /What counts is the token, not who shows it/,
    Inbox: class extends MapInbox {
      readonly #own = new Set<string>();

      protected override token(): string {
        const token = super.token();
        this.#own.add(token);
        return token;
      }

      protected override mayRelease(known: Work, token: string): boolean {
        return this.#own.has(token) && super.mayRelease(known, token);
      }
    },
  },
  {
    what: "an error is swallowed: nobody is at it",
    fails: "failure",
    message: /cannot tell whether an event was handled, it must reject/,
    Inbox: class extends MapInbox {
      override claim(key: string, leaseInMs: number): Promise<EventClaim> {
        return super.claim(key, leaseInMs).catch(() => ({ state: "claimed", token: "token" }));
      }
    },
  },
  {
    what: "an error is swallowed: it is done",
    fails: "failure",
    message: /cannot tell whether an event was handled, it must reject/,
    Inbox: class extends MapInbox {
      override claim(key: string, leaseInMs: number): Promise<EventClaim> {
        return super.claim(key, leaseInMs).catch(() => ({ state: "done" }));
      }
    },
  },
  {
    what: "an error is swallowed: nothing was sent",
    fails: "failure",
    message: /cannot tell whether a reply was sent, it must reject/,
    Inbox: class extends MapInbox {
      override beginReply(key: string, at: Date): Promise<ReplyRecord> {
        return super.beginReply(key, at).catch(() => ({ beganAt: at, isNew: true }));
      }
    },
  },
  {
    what: "an error is swallowed at the end of the work",
    fails: "failure",
    message: /An inbox acknowledged what its backend did not take/,
    Inbox: class extends MapInbox {
      override complete(key: string, token: string): Promise<void> {
        return super.complete(key, token).catch(() => {});
      }
    },
  },
  {
    what: "it hangs where the backend is gone",
    fails: "failure",
    message: /`claim` hung/,
    Inbox: class extends MapInbox {
      protected override reach(): Promise<void> {
        return super.reach().catch(() => new Promise<never>(() => {}));
      }
    },
  },
  {
    what: "after its disposal everything is news",
    fails: "disposal",
    message: /An inbox that was disposed of must reject, or know what it knew/,
    Inbox: class extends MapInbox {
      override async claim(key: string, leaseInMs: number): Promise<EventClaim> {
        return this.isDisposed ? { state: "claimed", token: "token" } : super.claim(key, leaseInMs);
      }
    },
  },
];

export const brokenInboxes: readonly InboxBreakage[] = [...claims, ...replies, ...others];
