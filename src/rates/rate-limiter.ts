import { throwIfAborted } from "../errors/abort.js";
import { expected } from "../errors/expected.js";
import { isSender } from "../phone-numbers/sender.js";
import { checkRequest } from "./check-request.js";
import type { RateGate, RateOutcome, RateRequest } from "./rate-gate.js";
import { SenderQueue } from "./sender-queue.js";
import { mostPerRequest, SenderRates, type SenderRate } from "./sender-rate.js";
import { expiredError } from "./waiter.js";

/** How fast a {@link RateLimiter} lets senders be. */
export interface RateLimiterOptions {
  /**
   * Message units a minute, above 0; `Infinity` for no limit. One number for every sender, or a record by sender, in which
   * senders that are not named keep the default:
   *
   * - toll-free: 200 for each number
   * - short code: 6,000 for each
   * - alphanumeric: 600 for all of the resource together; one that is named in a record has its own instead
   * - any other number: no limit. None is documented by the minute for 10DLC; its carriers have limits by the day, which
   *   are not counted here.
   *
   * See https://learn.microsoft.com/azure/communication-services/concepts/service-limits. Where several processes send from
   * one number, give each its share.
   */
  rate?: number | Readonly<Record<string, number>> | undefined;
  /**
   * Message units that may leave at once when nothing left for a while; 1 or more, and at most half of the rate counts. What
   * is in the burst is missing from the steady flow after it. Default: 2.5 % of the rate, at least 1.
   */
  burst?: number | undefined;
}

/** From so many senders on, those that have long been idle are looked for. */
const fewestSwept = 64;

/**
 * Spreads what is sent over the minute, so that the service does not refuse it with 429. One limiter, shared by all clients
 * and campaigns of the process that send from the same numbers, counts for all of them.
 *
 * A message unit is one recipient of a request. No 60 s have more units than the rate, wherever they begin, so that it does
 * not matter how the service counts; at least 95 % of the rate are used when there is enough to send. A request with more
 * units than the burst leaves when nothing has left for a while and the last minute has room for it, and others wait
 * until that is made up for.
 *
 * Whoever waits in an earlier lane leaves first: `"urgent"`, then `"normal"`, then `"bulk"`; within a lane, who came first.
 * An urgent request need not wait for an even flow: it leaves as soon as the last minute has room for it.
 *
 * After a 429 nothing leaves from that sender for as long as the service asked, or for 5 s, doubled with each further
 * 429 up to 60 s; then it goes on at half speed (a quarter, an eighth after further ones), and comes back by an eighth of
 * the rate every 3 s while answers come without 429. A 503 with `Retry-After` is a pause alone.
 *
 * @example
 * One-time codes pass a backlog that waits for the same number:
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 * import { RateLimiter } from "acs-sms/campaigns";
 *
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * const rateLimiter = new RateLimiter();
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression, rateLimiter });
 *
 * await sms.send(
 *   { from: "+18005551234", to: ["+14255550123"], message: "Your code is 042917." },
 *   { lane: "urgent", sendBefore: new Date(Date.now() + 60_000) },
 * );
 * ```
 */
export class RateLimiter implements RateGate {
  readonly #rates: SenderRates;
  readonly #queues = new Map<string, SenderQueue>();
  #sweepAt = fewestSwept;

  /** @throws TypeError or RangeError that names the malformed option. */
  constructor(options: RateLimiterOptions = {}) {
    if (typeof options !== "object" || options === null) throw expected("options", "an object", options);
    this.#rates = new SenderRates(options);
  }

  /**
   * Resolves when so many message units may leave, and counts them.
   *
   * @throws (by rejection) AbortError when `abortSignal` ends the wait; SmsError `expired` as soon as `sendBefore` has
   * passed; TypeError or RangeError for a malformed request.
   */
  async acquire(request: RateRequest): Promise<void> {
    checkRequest(request);
    throwIfAborted(request.abortSignal);
    if (request.sendBefore !== undefined && Date.now() >= request.sendBefore.getTime()) throw expiredError();
    const rate = this.#rates.of(request.sender);
    const known = this.#queues.get(rate.key);
    if (known === undefined && rate.perMinute === Infinity) return;
    const queue = known ?? this.#added(rate);
    if (!queue.tryLeave(request)) await queue.wait(request);
  }

  giveBack(sender: string, units: number): void {
    if (isSender(sender) && units > 0) this.#queues.get(this.#rates.of(sender).key)?.giveBack(units);
  }

  report(sender: string, outcome: RateOutcome): void {
    if (!isSender(sender)) return;
    const rate = this.#rates.of(sender);
    const isPause = outcome.statusCode === 429 || outcome.statusCode === 503;
    const queue = this.#queues.get(rate.key) ?? (isPause ? this.#added(rate) : undefined);
    queue?.report(outcome);
  }

  /**
   * The rate of a sender in message units a minute; `Infinity`: no limit. Alphanumeric senders share theirs.
   *
   * @throws TypeError for what is no sender.
   */
  unitsPerMinute(sender: string): number {
    return this.#rates.of(sender).perMinute;
  }

  /**
   * How many recipients a request of a campaign should have, 1 to 100: no more than two thirds of the burst, so that it
   * never waits long for its turn and leaves something for those that are urgent.
   *
   * @throws TypeError for what is no sender.
   */
  mostPerRequest(sender: string): number {
    return mostPerRequest(this.#rates.of(sender));
  }

  #added(rate: SenderRate): SenderQueue {
    if (this.#queues.size >= this.#sweepAt) this.#sweep();
    const queue = new SenderQueue(rate);
    this.#queues.set(rate.key, queue);
    return queue;
  }

  /** Forgets those that have long been idle, now and then, so that any number of senders takes no more than is in use. */
  #sweep(): void {
    const now = performance.now();
    for (const [key, queue] of this.#queues) if (queue.isIdle(now)) this.#queues.delete(key);
    this.#sweepAt = Math.max(fewestSwept, this.#queues.size * 2);
  }
}
