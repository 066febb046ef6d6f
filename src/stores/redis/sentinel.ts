import { randomUUID } from "node:crypto";

import { SmsError } from "../../errors/sms-error.js";
import { SharedQuestion } from "../shared-question.js";
import type { RedisConnection } from "./connection.js";
import { refuseEviction } from "./eviction.js";
import type { Script } from "./script.js";
import { findScript, markScript } from "./scripts.js";
import { shardCount, type Keys } from "./shards.js";

/** How the data is laid out, and the first part of each mark. */
const layout = "1";

/** How long a look at all shards and masters counts. */
const inspectionInMs = 60_000;

/** The mark of the first shard while the others get theirs. */
const creating = "creating ";

/** What a shard holds; `null` where it holds nothing. */
type Mark = string | null;

/**
 * Tells a list that holds nobody from one that is not there. A hash of Redis without fields does not exist, so a list
 * that was flushed looks just like a new one. Hence every shard holds a mark, the same in all, that is made once: who
 * finds another or none stops.
 */
export class Sentinel {
  readonly #connection: RedisConnection;
  readonly #keys: Keys;
  readonly #createsWhereNew: boolean;
  /** What all shards held when they were first looked at. From then on nothing else will do. */
  #seen: string | undefined;
  #inspectedAt = Number.NEGATIVE_INFINITY;
  readonly #inspection = new SharedQuestion<string>();

  constructor(connection: RedisConnection, keys: Keys, createsWhereNew: boolean) {
    this.#connection = connection;
    this.#keys = keys;
    this.#createsWhereNew = createsWhereNew;
  }

  /** The mark that every shard must hold. At first use, and again after a while, all shards and masters are asked. */
  async expected(): Promise<string> {
    const isFresh = performance.now() - this.#inspectedAt < inspectionInMs;
    if (isFresh && this.#seen !== undefined) return this.#seen;
    return this.#inspection.ask(async () => this.#inspect(this.#createsWhereNew));
  }

  /** Makes the marks, unless they are there. */
  async create(): Promise<void> {
    await this.#inspect(true);
  }

  /** Throws unless a shard that was asked just now holds the mark. */
  check(found: Mark | undefined): void {
    if (found === undefined || found === null) throw this.#lost();
    if (found !== this.#seen) throw this.#unavailable(replaced);
  }

  async #inspect(mayCreate: boolean): Promise<string> {
    // The shards first: a cluster client knows the masters once it is connected.
    const marks = await this.#survey();
    await refuseEviction(this.#connection);
    const isNew = isUnmade(marks) && this.#seen === undefined;
    const mark = isNew && mayCreate ? await this.#make() : this.#agreed(marks);
    if (!mark.startsWith(`${layout}:`)) throw this.#unavailable(foreign);
    this.#seen ??= mark;
    this.check(mark);
    this.#inspectedAt = performance.now();
    return mark;
  }

  /** The one mark that all shards hold. */
  #agreed(marks: readonly Mark[]): string {
    const [first] = marks;
    if (marks.every((mark) => mark === null)) throw this.#lost();
    if (isUnmade(marks)) throw this.#unavailable(unfinished);
    if (typeof first === "string" && marks.every((mark) => mark === first)) return first;
    throw this.#unavailable(damaged);
  }

  /**
   * Looks at all shards, and at the first one before and after the others: since a creator begins and ends there, one
   * that is at work meanwhile is not taken for a loss.
   */
  async #survey(): Promise<readonly Mark[]> {
    for (;;) {
      const before = await this.#read(0);
      const others = await Promise.all(otherShards.map(async (shard) => this.#read(shard)));
      const after = await this.#read(0);
      if (before === after) return [after, ...others];
    }
  }

  /**
   * Marks the first shard as being created, then all others, then the first one for good. So of many who create at once
   * the first decides, and a creation that was cut short can be told from a loss, and ended by another.
   */
  async #make(): Promise<string> {
    const begun = await this.#put(0, "", `${creating}${layout}:${randomUUID()}`);
    const mark = withoutCreating(begun);
    const others = await Promise.all(otherShards.map(async (shard) => this.#put(shard, "", mark)));
    return this.#agreed([await this.#put(0, begun, mark), ...others]);
  }

  async #read(shard: number): Promise<Mark> {
    return this.#run(findScript, shard, []);
  }

  /** Replaces what a shard holds if it is `known`, where `""` is nothing. Answers what it holds then. */
  async #put(shard: number, known: string, mark: string): Promise<string> {
    const held = await this.#run(markScript, shard, [known, mark]);
    if (held === null) throw this.#unavailable(damaged);
    return held;
  }

  async #run(script: Script, shard: number, args: readonly string[]): Promise<Mark> {
    const [mark] = await script.run(this.#connection, [this.#keys.newest(shard)], args);
    return mark ?? null;
  }

  #lost(): SmsError {
    return this.#unavailable(this.#seen === undefined ? absent : gone);
  }

  #unavailable(why: string): SmsError {
    const list = `The suppression list "${this.#keys.prefix}" in Redis`;
    return new SmsError("suppression-unavailable", `${list} ${why}`);
  }
}

const otherShards = Array.from({ length: shardCount - 1 }, (_, index) => index + 1);

/** Whether a list never was, or its creation has not come to its end. */
function isUnmade([first = null, ...others]: readonly Mark[]): boolean {
  if (first === null) return others.every((mark) => mark === null);
  return (
    first.startsWith(creating) && others.every((mark) => mark === null || mark === withoutCreating(first))
  );
}

function withoutCreating(mark: string): string {
  return mark.startsWith(creating) ? mark.slice(creating.length) : mark;
}

const absent =
  "is not there: this Redis is new, was flushed or has lost its data. Only where it is new, create the list, once, " +
  "with `await store.create()`; else bring the data back.";
const gone = "is gone: this Redis was flushed or has lost its data. Bring the data back.";
const unfinished = "was not created to the end. Call `await store.create()` again.";
const damaged =
  "has lost some of its shards, or holds some of another list. Bring the data back, or remove the rest of it, create " +
  "the list anew and import what you have.";
const replaced =
  "is not the one that this process began with: it was created anew. Restart the process if that was meant.";
const foreign = "was written by another version of this package.";
