import { throwIfAborted } from "../../../errors/abort.js";
import { expected } from "../../../errors/expected.js";
import { isSender } from "../../../phone-numbers/sender.js";
import { checkRequest } from "../../../rates/check-request.js";
import type { RateGate, RateOutcome, RateRequest } from "../../../rates/rate-gate.js";
import type { RateLimiterOptions } from "../../../rates/rate-limiter.js";
import { mostPerRequest, SenderRates } from "../../../rates/sender-rate.js";
import { expiredError } from "../../../rates/waiter.js";
import { checkedPrefix } from "../../../stores/redis/shards.js";
import { storeClientOf, type IoredisClient, type StoreClient } from "./ioredis-client.js";
import { SharedBucket } from "./shared-bucket.js";
import { SharedQueue } from "./shared-queue.js";

/** How fast a {@link RedisRateLimiter} lets senders be. All processes that share a sender give it the same. */
export interface RedisRateLimiterOptions extends RateLimiterOptions {
  /** What its keys in Redis begin with; without braces. Default: `"acs-sms-rates"`. */
  prefix?: string | undefined;
}

/**
 * A `RateLimiter` for any number of processes and machines: those that send from one number, and use the same Redis and
 * prefix, share its rate.
 *
 * What it promises is what a `RateLimiter` promises, for all of them together: no 60 s have more message units than the
 * rate, and at least 95 % of it are used when there is enough to send. Within a process lanes leave in their order; between
 * processes an urgent request has its turn one unit before all others, within a second or so of a sender's time (at 200 a
 * minute). Whoever plans batches is to have such a limiter, too: its `mostPerRequest` makes them small enough. One with
 * more units than the burst takes twice its share of the rate, and nothing else leaves around it.
 *
 * After a 429 nothing leaves from that sender in any process for as long as the service asked, or for 5 s, doubled with each
 * further 429; then it goes on at half speed for 12 s (a quarter for 24 s, an eighth for 36 s after further ones). A 503
 * with `Retry-After` is a pause alone.
 *
 * Where Redis fails, or does not answer for 5 s, `acquire` rejects, and nothing is sent. A Redis that forgets (without an
 * append-only file, after a restart) forgets up to one burst of what has left.
 *
 * @example
 * ```ts
 * import { Redis } from "ioredis";
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 * import { RedisRateLimiter } from "acs-sms/campaigns/bullmq";
 *
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * const rateLimiter = new RedisRateLimiter(new Redis(process.env["REDIS_URL"]!));
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression, rateLimiter });
 *
 * await sms.send(
 *   { from: "+18005551234", to: ["+14255550123"], message: "Your code is 042917." },
 *   { lane: "urgent", sendBefore: new Date(Date.now() + 60_000) },
 * );
 * ```
 */
export class RedisRateLimiter implements RateGate {
  readonly #client: StoreClient;
  readonly #prefix: string;
  readonly #rates: SenderRates;
  readonly #queues = new Map<string, SharedQueue>();

  /**
   * @param redis - Your own client, of `ioredis` 5 or 6 (`Redis` or `Cluster`); it stays yours to close.
   * @throws TypeError or RangeError that names the malformed argument.
   */
  constructor(redis: IoredisClient, options: RedisRateLimiterOptions = {}) {
    if (typeof options !== "object" || options === null) throw expected("options", "an object", options);
    this.#client = storeClientOf(redis);
    this.#prefix = checkedPrefix(options.prefix ?? "acs-sms-rates");
    this.#rates = new SenderRates(options);
  }

  /**
   * Resolves when so many message units may leave, and counts them.
   *
   * @throws (by rejection) AbortError when `abortSignal` ends the wait; SmsError `expired` as soon as `sendBefore` has
   * passed; TypeError or RangeError for a malformed request; the error of Redis where it fails.
   */
  async acquire(request: RateRequest): Promise<void> {
    checkRequest(request);
    throwIfAborted(request.abortSignal);
    if (request.sendBefore !== undefined && Date.now() >= request.sendBefore.getTime()) throw expiredError();
    await this.#queueOf(request.sender).wait(request);
  }

  giveBack(sender: string, units: number): void {
    if (isSender(sender) && units > 0) this.#queueOf(sender).giveBack(units);
  }

  report(sender: string, outcome: RateOutcome): void {
    if (isSender(sender)) this.#queueOf(sender).report(outcome);
  }

  /**
   * The rate of a sender in message units a minute; `Infinity`: no limit, though a 429 makes a pause. Alphanumeric senders
   * share theirs.
   *
   * @throws TypeError for what is no sender.
   */
  unitsPerMinute(sender: string): number {
    return this.#rates.of(sender).perMinute;
  }

  /**
   * How many recipients a request of a campaign should have, 1 to 100: no more than two thirds of the burst.
   *
   * @throws TypeError for what is no sender.
   */
  mostPerRequest(sender: string): number {
    return mostPerRequest(this.#rates.of(sender));
  }

  #queueOf(sender: string): SharedQueue {
    const rate = this.#rates.of(sender);
    const known = this.#queues.get(rate.key);
    if (known !== undefined) return known;
    const queue = new SharedQueue(new SharedBucket(this.#client, this.#prefix, rate));
    this.#queues.set(rate.key, queue);
    return queue;
  }
}
