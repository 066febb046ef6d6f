import { expected } from "../../errors/expected.js";
import type {
  SuppressionEntry,
  SuppressionLedger,
  SuppressionStoreOptions,
} from "../../suppression/suppression-store.js";
import { connectionOf, type RedisConnection } from "./connection.js";
import type { RedisClient } from "./redis-client.js";
import { pairsOf, unexpectedAnswer, type Script } from "./script.js";
import { findScript, historyScript, recordScript, scanScript, sentinelField } from "./scripts.js";
import { Sentinel } from "./sentinel.js";
import { inShards, Keys, shardCount, shardOf } from "./shards.js";
import { argumentsOf, historyOf, newestOf } from "./stored-entry.js";
import { throwIfAborted, untilAborted } from "../../errors/abort.js";

/** How a {@link RedisSuppressionStore} is set up. */
export interface RedisSuppressionStoreOptions {
  /** What all keys begin with; lists of different prefixes know nothing of each other. Default: `"acs-sms"`. */
  prefix?: string | undefined;
  /**
   * Whether to create the list where this store finds none at its first use, for tests and first steps. **Not for
   * production**: a process that starts after Redis was flushed would create it anew, and text people who said STOP.
   * Default: `false`.
   */
  create?: boolean | undefined;
}

/** How many recipients or facts go into one round trip. One script may get all of them. */
const mostAtOnce = 2000;

/** How many fields of a hash Redis looks at for one page. */
const pageSize = "1000";

/**
 * A suppression store and ledger in Redis 5 or later, or a cluster of it, over your own client of `redis` or `ioredis`.
 * Facts are in two kinds of hashes, in 16 shards: the newest of each recipient, and every fact ever. One script changes
 * both; reads go by scripts to masters only, one round trip for 2,000 recipients.
 *
 * **A Redis that forgets must not read as "nobody opted out".** So:
 *
 * - Any `maxmemory-policy` but `noeviction` is refused, on every master, at the first use and again every minute (it is
 *   read with `INFO memory`; managed services often come with `volatile-lru`).
 * - A new list is created by you, **once**, with `create()`: a flushed Redis cannot be told from a new one. From
 *   then on a list that is missing, in part or whole, or that is another one than before, is refused. Don't call
 *   `create()` whenever a process starts: that would make an empty list of a lost one.
 * - A Redis that takes no writes (its disk is full, or it has fewer replicas than `min-replicas-to-write`) is not read
 *   either: it could not take a STOP.
 * - No key ever expires.
 *
 * **What Redis acknowledges it may still lose.** Without an append-only file (`appendonly yes`) a restart loses
 * everything since the last snapshot; older opt-outs are there then, so that nothing shows it. With
 * `appendfsync everysec`, the default, a crash of the machine loses up to about a second of acknowledged opt-outs; with
 * `appendfsync always`, none. Replication is asynchronous: a fail-over can lose the last writes.
 * `min-replicas-to-write` with `min-replicas-max-lag` bounds that in time, and the command `WAIT` in number; this store
 * does not send `WAIT`, as it would hold up every other command of the same connection.
 *
 * A client out of reach of its server keeps commands and tries for long. The list gives up after 5 seconds all the
 * same; `disableOfflineQueue: true` (`redis`) or `enableOfflineQueue: false` (`ioredis`) tells at once.
 *
 * @example
 * ```ts
 * import { SuppressionList } from "acs-sms";
 * import { RedisSuppressionStore } from "acs-sms/stores/redis";
 * import { createClient } from "redis";
 *
 * const client = createClient({ url: process.env["REDIS_URL"]!, disableOfflineQueue: true });
 * client.on("error", (error) => console.error(error));
 * await client.connect();
 *
 * // Once, in a script of its own: await new RedisSuppressionStore(client).create();
 * export const suppression = new SuppressionList(new RedisSuppressionStore(client));
 * ```
 */
export class RedisSuppressionStore implements SuppressionLedger, AsyncDisposable {
  readonly #connection: RedisConnection;
  readonly #keys: Keys;
  readonly #sentinel: Sentinel;

  /**
   * @param client - Yours to connect and to close.
   * @throws TypeError for what is no client of `redis` or `ioredis`, or a malformed option.
   */
  constructor(
    client: RedisClient,
    { prefix = "acs-sms", create = false }: RedisSuppressionStoreOptions = {},
  ) {
    if (typeof create !== "boolean") throw expected("create", "true or false", create);
    this.#connection = connectionOf(client);
    this.#keys = new Keys(prefix);
    this.#sentinel = new Sentinel(this.#connection, this.#keys, create);
  }

  /**
   * Creates the list, to be called once in the life of a Redis. Where it is there already nothing happens, and where it
   * was created in part the rest is.
   *
   * @throws SmsError `suppression-unavailable` where Redis evicts, where a part of a list is lost, and where this store
   * was in use already and its list is gone.
   */
  async create(options: SuppressionStoreOptions = {}): Promise<void> {
    await untilAborted(options.abortSignal, async () => this.#sentinel.create());
  }

  /**
   * @throws SmsError `suppression-unavailable` where the list is not what it was, or Redis evicts; whatever the client
   * throws; AbortError where the signal ended it. All methods do.
   */
  async find(
    recipients: readonly string[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly (readonly SuppressionEntry[])[]> {
    return inSlices(recipients, abortSignal, async (some) => this.#find(some));
  }

  async record(
    entries: readonly SuppressionEntry[],
    { abortSignal }: SuppressionStoreOptions = {},
  ): Promise<readonly boolean[]> {
    return inSlices(entries, abortSignal, async (some) => this.#record(some));
  }

  async *history(
    recipient: string,
    { abortSignal }: SuppressionStoreOptions = {},
  ): AsyncGenerator<SuppressionEntry, void, undefined> {
    const keys = [this.#keys.newest(shardOf(recipient)), this.#keys.history(recipient)] as const;
    const stored = await untilAborted(abortSignal, async () => this.#ask(historyScript, keys, []));
    yield* historyOf(recipient, pairsOf(stored));
  }

  async *entries({ abortSignal }: SuppressionStoreOptions = {}): AsyncGenerator<
    SuppressionEntry,
    void,
    undefined
  > {
    for (let shard = 0; shard < shardCount; shard += 1) yield* this.#entriesOf(shard, abortSignal);
  }

  /** Does nothing: the client is yours to close. */
  async [Symbol.asyncDispose](): Promise<void> {}

  async #find(recipients: readonly string[]): Promise<readonly (readonly SuppressionEntry[])[]> {
    return inShards(recipients, String, async (shard, some) => {
      const found = await this.#ask(findScript, [this.#keys.newest(shard)], some);
      return some.map((recipient, index) => newestOf(recipient, found[index]));
    });
  }

  async #record(entries: readonly SuppressionEntry[]): Promise<readonly boolean[]> {
    const mark = await this.#sentinel.expected();
    return inShards(entries, recipientOf, async (shard, some) => {
      const histories = some.map(({ recipient }) => this.#keys.history(recipient));
      const args = [mark, ...some.flatMap(argumentsOf)];
      const changed = await this.#ask(recordScript, [this.#keys.newest(shard), ...histories], args);
      return changed.map((answer) => answer === "1");
    });
  }

  /** The same entry may be on several pages where the hash grows meanwhile. */
  async *#entriesOf(
    shard: number,
    abortSignal: AbortSignal | undefined,
  ): AsyncGenerator<SuppressionEntry, void, undefined> {
    const told = new Set<string>();
    let cursor = "0";
    do {
      const page = await untilAborted(abortSignal, this.#pageOf.bind(this, shard, cursor));
      for (const [recipient, facts] of page.newest) {
        if (!told.has(recipient) && recipient !== sentinelField) yield* newestOf(recipient, facts);
        told.add(recipient);
      }
      cursor = page.next;
    } while (cursor !== "0");
  }

  async #pageOf(shard: number, cursor: string): Promise<{ next: string; newest: [string, string][] }> {
    const [next, ...page] = await this.#ask(scanScript, [this.#keys.newest(shard)], [cursor, pageSize]);
    if (typeof next !== "string") throw unexpectedAnswer();
    return { next, newest: pairsOf(page) };
  }

  /** What a script answers after the sentinel, which must be right. */
  async #ask(
    script: Script,
    keys: readonly [string, ...string[]],
    args: readonly string[],
  ): Promise<readonly (string | null)[]> {
    await this.#sentinel.expected();
    const [mark, ...answer] = await script.run(this.#connection, keys, args);
    this.#sentinel.check(mark);
    return answer;
  }
}

/** Does a call step by step, so that an abort ends it at the next one. */
async function inSlices<T, A>(
  items: readonly T[],
  abortSignal: AbortSignal | undefined,
  step: (some: readonly T[]) => Promise<readonly A[]>,
): Promise<readonly A[]> {
  throwIfAborted(abortSignal);
  const answers: A[] = [];
  for (let start = 0; start < items.length; start += mostAtOnce) {
    const some = items.slice(start, start + mostAtOnce);
    answers.push(...(await untilAborted(abortSignal, async () => step(some))));
  }
  return answers;
}

function recipientOf({ recipient }: SuppressionEntry): string {
  return recipient;
}
