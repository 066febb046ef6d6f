import { expected, expectedRange } from "../errors/expected.js";
import { addressKey } from "../phone-numbers/address-key.js";
import { senderKind, type SenderKind } from "../phone-numbers/sender.js";
import type { TokenBucketShape } from "./token-bucket.js";

/** How fast senders may be, as options say it. */
export interface RateOptions {
  readonly rate?: number | Readonly<Record<string, number>> | undefined;
  readonly burst?: number | undefined;
}

/** How fast one sender may be. */
export interface SenderRate extends TokenBucketShape {
  /** What shares the rate has the same key. */
  readonly key: string;
  /** Message units. `Infinity`: no limit. */
  readonly perMinute: number;
}

/**
 * Message units a minute, as documented (https://learn.microsoft.com/azure/communication-services/concepts/service-limits).
 * For 10DLC nothing is said by the minute: carriers have limits by the day.
 */
const documented: Readonly<Record<SenderKind, number>> = {
  "toll-free": 200,
  "short-code": 6000,
  alphanumeric: 600,
  "long-code": Infinity,
};

/** The most recipients that the service takes in one request. */
const mostRecipients = 100;

const burstShare = 0.025;
/** A request may take half a second longer to the service than the one before: so much of the rate is left unused. */
const spareShare = 0.01;

/** How fast each sender may be. */
export class SenderRates {
  readonly #forAll: number | undefined;
  readonly #own: ReadonlyMap<string, number>;
  readonly #burst: number | undefined;

  constructor({ rate, burst }: RateOptions) {
    const isRecord = typeof rate === "object" && rate !== null && !Array.isArray(rate);
    this.#forAll = isRecord || rate === undefined ? undefined : checkedRate("rate", rate);
    this.#own = new Map(isRecord ? Object.entries(rate).map(checkedOwnRate) : []);
    this.#burst = burst === undefined ? undefined : checkedBurst(burst);
  }

  /** @throws TypeError for what is no sender. */
  of(sender: string): SenderRate {
    const address = addressKey(sender);
    const kind = senderKind(address);
    if (kind === undefined) throw expected("sender", "a number in E.164, a short code or a name", sender);
    const own = this.#own.get(address);
    // The limit of alphanumeric senders is that of the resource; one that was given its own has left it.
    const key = kind === "alphanumeric" && own === undefined ? kind : address;
    return { key, ...shapeOf(own ?? this.#forAll ?? documented[kind], this.#burst) };
  }
}

/** So many recipients never wait long for their turn, and leave something of the burst for those that are urgent. */
export function mostPerRequest({ burst }: SenderRate): number {
  return Math.min(mostRecipients, Math.max(1, Math.floor((burst * 2) / 3)));
}

/** The first unit of a burst is one that a steady flow has in a window too. */
function shapeOf(perMinute: number, wanted?: number): TokenBucketShape & { readonly perMinute: number } {
  const rate = Math.min(perMinute, Number.MAX_SAFE_INTEGER);
  const burst = Math.max(1, Math.min(wanted ?? Math.floor(rate * burstShare), rate / 2));
  return { perMinute, burst, refillPerMinute: rate * (1 - spareShare) - (burst - 1) };
}

function checkedOwnRate([sender, rate]: readonly [string, number]): readonly [string, number] {
  const name = `rate["…${sender.slice(-Math.min(4, Math.floor(sender.length / 2)))}"]`;
  const isSender = sender.trim() !== "" && senderKind(addressKey(sender)) !== undefined;
  if (!isSender) throw expected("rate", "a record by sender, each E.164, a short code or a name", sender);
  return [addressKey(sender), checkedRate(name, rate)];
}

function checkedRate(name: string, rate: unknown): number {
  if (typeof rate !== "number" || Number.isNaN(rate))
    throw expected(
      name,
      `a number of message units a minute${name === "rate" ? ", or a record of them" : ""}`,
      rate,
    );
  if (rate > 0) return rate;
  throw expectedRange(name, "above 0 message units a minute", rate);
}

function checkedBurst(burst: unknown): number {
  if (typeof burst !== "number" || Number.isNaN(burst))
    throw expected("burst", "a number of message units", burst);
  if (burst >= 1 && burst < Infinity) return burst;
  throw expectedRange("burst", "1 message unit or more", burst);
}
