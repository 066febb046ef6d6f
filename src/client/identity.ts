import { hash, randomUUID } from "node:crypto";

import { expected, expectedRange } from "../errors/expected.js";
import type { SmsIdempotency } from "./send-request.js";

/** The identity of one call: the caller's, or a fresh one. */
export interface Identity {
  readonly key: string;
  /** Set for a repeat of what was tried before. */
  readonly firstSentAt?: Date;
}

/** How far ahead of this machine's clock another's may be. */
const clockToleranceInMs = 5 * 60_000;

/** @throws TypeError or RangeError for a malformed identity. */
export function identityOf(idempotency: SmsIdempotency | undefined): Identity {
  if (idempotency === undefined) return { key: randomUUID() };
  const { key, firstSentAt } = idempotency;
  if (typeof key !== "string" || key === "") throw expected("idempotency.key", "a non-empty string", key);
  if (firstSentAt === undefined) return { key };
  if (!(firstSentAt instanceof Date) || Number.isNaN(firstSentAt.getTime())) {
    throw expected("idempotency.firstSentAt", "a valid Date", firstSentAt);
  }
  if (firstSentAt.getTime() > Date.now() + clockToleranceInMs) {
    throw expectedRange("idempotency.firstSentAt", "in the past", firstSentAt);
  }
  return { key, firstSentAt: new Date(firstSentAt) };
}

/**
 * The repeatability id of one message to one recipient: a UUID (version 8, RFC 9562) made of a hash, so that whoever
 * knows the key, the sender and the recipient comes to the same.
 */
export function repeatabilityId(key: string, from: string, to: string): string {
  const digest = hash("sha256", `${key.length}:${key}${from}\n${to}`, "hex");
  const variant = "89ab"[Number.parseInt(digest.slice(16, 17), 16) & 3];
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
