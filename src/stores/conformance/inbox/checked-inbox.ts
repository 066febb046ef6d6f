import type { EventClaim, EventInbox, ReplyRecord } from "../../../events/event-inbox.js";
import { ensure, fail, within } from "../checks.js";

/** Long enough for a lease never to run out by itself in a test. */
const longLeaseInMs = 3_600_000;

/** An inbox as the tests see it: each call is bounded in time, and its answer has the shape that it must have. */
export class CheckedInbox {
  readonly #inbox: EventInbox;
  /** How long anything may take. */
  readonly limitInMs: number;

  constructor(inbox: EventInbox, limitInMs: number) {
    this.#inbox = inbox;
    this.limitInMs = limitInMs;
  }

  async claim(key: string, leaseInMs: number = longLeaseInMs): Promise<EventClaim> {
    const claim = await this.#ask("claim", async () => this.#inbox.claim(key, leaseInMs));
    if (claim?.state === "claimed")
      ensure(isText(claim.token), "A claim must come with a token, which is not empty.");
    else
      ensure(
        claim?.state === "done" || claim?.state === "busy",
        "A claim must be `claimed`, `done` or `busy`.",
      );
    return claim;
  }

  /** Claims what must be there to be claimed, and gives the token. */
  async claimed(key: string, leaseInMs?: number): Promise<string> {
    const claim = await this.claim(key, leaseInMs);
    if (claim.state !== "claimed") fail(`This event could be claimed, and must not be \`${claim.state}\`.`);
    return claim.token;
  }

  /** What a claim is told. */
  async stateOf(key: string): Promise<EventClaim["state"]> {
    return (await this.claim(key)).state;
  }

  async complete(key: string, token: string): Promise<void> {
    await this.#ask("complete", async () => this.#inbox.complete(key, token));
  }

  async release(key: string, token: string): Promise<void> {
    await this.#ask("release", async () => this.#inbox.release(key, token));
  }

  async beginReply(key: string, at: Date): Promise<ReplyRecord> {
    const record = await this.#ask("beginReply", async () => this.#inbox.beginReply(key, at));
    const isWhole = typeof record?.isNew === "boolean" && record.beganAt instanceof Date;
    ensure(isWhole, "`beginReply` must answer with `isNew` and the `Date` at which the reply was begun.");
    return record;
  }

  async completeReply(key: string, sentMessageId: string): Promise<void> {
    await this.#ask("completeReply", async () => this.#inbox.completeReply(key, sentMessageId));
  }

  async cancelReply(key: string): Promise<void> {
    await this.#ask("cancelReply", async () => this.#inbox.cancelReply(key));
  }

  /** An inbox in plain JavaScript may throw where it should reject; that is the same here. */
  async #ask<T>(name: string, call: () => Promise<T>): Promise<T> {
    return within(this.limitInMs, name, call());
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
