import type * as nodeCrypto from "node:crypto";

import { expected, expectedRange } from "../errors/expected.js";
import type { SmsIdempotency } from "./send-request.js";

/** Looked up with the first message: as an import, it would take most of the time that a start of this package takes. */
const crypto = (): typeof nodeCrypto => process.getBuiltinModule("node:crypto");

/** The identity of one call: the caller's, or a fresh one. */
export interface Identity {
  readonly key: string;
  /** Set by a caller who wrote it down. */
  readonly firstSentAt?: Date;
  /** Whether the message may have been tried before. */
  readonly isRepeat: boolean;
}

/** How far ahead of this machine's clock another's may be. */
const clockToleranceInMs = 5 * 60_000;

/** @throws TypeError or RangeError for a malformed identity. */
export function identityOf(idempotency: SmsIdempotency | undefined): Identity {
  if (idempotency === undefined) return { key: freshId(), isRepeat: false };
  const { key, firstSentAt, isRepeat = true } = idempotency;
  if (typeof key !== "string" || key === "") throw expected("idempotency.key", "a non-empty string", key);
  if (firstSentAt === undefined) return { key, isRepeat: false };
  if (typeof isRepeat !== "boolean") throw expected("idempotency.isRepeat", "a boolean", isRepeat);
  if (!(firstSentAt instanceof Date) || Number.isNaN(firstSentAt.getTime())) {
    throw expected("idempotency.firstSentAt", "a valid Date", firstSentAt);
  }
  if (firstSentAt.getTime() > Date.now() + clockToleranceInMs) {
    throw expectedRange("idempotency.firstSentAt", "in the past", firstSentAt);
  }
  return { key, firstSentAt: new Date(firstSentAt), isRepeat };
}

/** A UUID that nothing else has. */
export function freshId(): string {
  return crypto().randomUUID();
}

const nodeRange = 2 ** 48;
const halfOfNode = 2 ** 24;

/**
 * The repeatability ids of one message from one sender, by recipient: UUIDs (version 8, RFC 9562) that whoever knows the
 * key, the sender and the recipient comes to as well. A hash of the key and the sender makes the first half, and where
 * the second starts; the recipient's number is added to that, so that no two recipients have the same.
 */
export function repeatabilityIds(key: string, from: string): (to: string) => string {
  // Half a character, as of an emoji that a key was cut in, would be hashed as any other half.
  const text = key.isWellFormed() ? key : JSON.stringify(key);
  const digest = crypto().hash("sha256", `${key.length}:${text}${from}`, "hex");
  const head = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}`;
  const variant = Number.parseInt(digest.slice(16, 17), 16);
  const tail = digest.slice(17, 20);
  const start = Number.parseInt(digest.slice(20, 32), 16);
  return (to) => {
    // At most 15 digits (E.164): below 2 ** 50, so that the sum is exact and two bits are carried to the variant.
    const number = Number(to.slice(1));
    const sum = (start + number) % nodeRange;
    const node = sixHexDigits(Math.floor(sum / halfOfNode)) + sixHexDigits(sum % halfOfNode);
    return `${head}-${"89ab"[(variant + Math.floor(number / nodeRange)) & 3]}${tail}-${node}`;
  };
}

/** Of a number below 2 ** 24. JavaScript writes small integers twice as fast as one of 48 bits. */
function sixHexDigits(number: number): string {
  return (number + halfOfNode).toString(16).slice(1);
}
