import { hash, randomUUID } from "node:crypto";

import {
  retentionInMs,
  type EventClaim,
  type EventInbox,
  type ReplyRecord,
} from "../../events/event-inbox.js";
import { connectionOf, type RedisConnection } from "./connection.js";
import type { RedisClient } from "./redis-client.js";
import { Script } from "./script.js";
import { checkedPrefix } from "./shards.js";

/** How a {@link RedisEventInbox} is set up. */
export interface RedisEventInboxOptions {
  /** What all keys begin with; inboxes of different prefixes know nothing of each other. Default: `"acs-sms"`. */
  prefix?: string | undefined;
}

const retention = String(retentionInMs);

/*
 * An event's key holds who is at work on it, until the lease is over, or `done`; a reply's key is a hash. Redis removes
 * both in time.
 */
const claimScript = new Script(`
  local known = redis.call("GET", KEYS[1])
  if known then return { known } end
  redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
  return { ARGV[1] }
`);

const releaseScript = new Script(`
  if redis.call("GET", KEYS[1]) == ARGV[1] then redis.call("DEL", KEYS[1]) end
  return {}
`);

/** Whether this call began the reply, and what is known of it. */
const beginReplyScript = new Script(`
  local isNew = redis.call("HSETNX", KEYS[1], "beganAt", ARGV[1])
  if isNew == 1 then redis.call("PEXPIRE", KEYS[1], ARGV[2]) end
  return { tostring(isNew), redis.call("HGET", KEYS[1], "beganAt"), redis.call("HGET", KEYS[1], "sentMessageId") }
`);

const completeReplyScript = new Script(`
  redis.call("HSETNX", KEYS[1], "beganAt", ARGV[1])
  redis.call("HSET", KEYS[1], "sentMessageId", ARGV[3])
  redis.call("PEXPIRE", KEYS[1], ARGV[2])
  return {}
`);

/** Of two at work on one reply, one may have sent it. */
const cancelReplyScript = new Script(`
  if redis.call("HEXISTS", KEYS[1], "sentMessageId") == 0 then redis.call("DEL", KEYS[1]) end
  return {}
`);

/**
 * An inbox in Redis 5 or later, or a cluster of it, for any number of processes. Leases run by Redis' clock; what is
 * done and what was replied is forgotten after 48 hours.
 *
 * A Redis that was flushed or evicts has forgotten what was done: events that are delivered again are handled again,
 * and may be replied to again. It loses no opt-out, as those are recorded each time an event comes; so unlike
 * `RedisSuppressionStore` the inbox works on.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 * import { createSmsEventHandler } from "acs-sms/events";
 * import { RedisEventInbox, RedisSuppressionStore } from "acs-sms/stores/redis";
 * import { Redis } from "ioredis";
 *
 * const redis = new Redis(process.env["REDIS_URL"]!, { enableOfflineQueue: false });
 * const suppression = new SuppressionList(new RedisSuppressionStore(redis));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 *
 * export const handler = createSmsEventHandler({ sms, suppression, inbox: new RedisEventInbox(redis) });
 * ```
 */
export class RedisEventInbox implements EventInbox, AsyncDisposable {
  readonly #connection: RedisConnection;
  readonly #prefix: string;

  /**
   * @param client - Yours to connect and to close.
   * @throws TypeError for what is no client of `redis` or `ioredis`, or a malformed option.
   */
  constructor(client: RedisClient, { prefix = "acs-sms" }: RedisEventInboxOptions = {}) {
    this.#connection = connectionOf(client);
    this.#prefix = checkedPrefix(prefix);
  }

  async claim(key: string, leaseInMs: number): Promise<EventClaim> {
    const token = randomUUID();
    const lease = String(Math.max(1, Math.ceil(leaseInMs)));
    const [holder] = await this.#run(claimScript, this.#event(key), holderOf(token), lease);
    if (holder === holderOf(token)) return { state: "claimed", token };
    return { state: holder === "done" ? "done" : "busy" };
  }

  async complete(key: string, _token: string): Promise<void> {
    const event = this.#event(key);
    await this.#connection.send(event, "SET", event, "done", "PX", retention);
  }

  async release(key: string, token: string): Promise<void> {
    await this.#run(releaseScript, this.#event(key), holderOf(token));
  }

  async beginReply(key: string, at: Date): Promise<ReplyRecord> {
    const beginning = [String(at.getTime()), retention];
    const [isNew, beganAt, sentMessageId] = await this.#run(beginReplyScript, this.#reply(key), ...beginning);
    return {
      beganAt: new Date(Number(beganAt)),
      ...(typeof sentMessageId === "string" && { sentMessageId }),
      isNew: isNew === "1",
    };
  }

  async completeReply(key: string, sentMessageId: string): Promise<void> {
    const now = String(Date.now());
    await this.#run(completeReplyScript, this.#reply(key), now, retention, sentMessageId);
  }

  async cancelReply(key: string): Promise<void> {
    await this.#run(cancelReplyScript, this.#reply(key));
  }

  /** Does nothing: the client is yours to close. */
  async [Symbol.asyncDispose](): Promise<void> {}

  async #run(script: Script, key: string, ...args: string[]): Promise<readonly (string | null)[]> {
    return script.run(this.#connection, [key], args);
  }

  #event(key: string): string {
    return `${this.#prefix}:event:${digestOf(key)}`;
  }

  #reply(key: string): string {
    return `${this.#prefix}:reply:${digestOf(key)}`;
  }
}

/** A key may be of any length and of any characters. */
function digestOf(key: string): string {
  return hash("sha256", key, "base64url");
}

/** No token can be taken for `done`. */
function holderOf(token: string): string {
  return `claimed ${token}`;
}
