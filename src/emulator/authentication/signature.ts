import { createHmac, createSecretKey, hash, timingSafeEqual, type KeyObject } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { readHttpDate } from "../rest/http-dates.js";

/** What a signature is made over: the request as it came, before anything decodes or rewrites it. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as on the wire: `//sms` is signed with both slashes. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** The bytes of the body. */
  readonly body: Uint8Array;
}

/** What the age of a signature is judged by. */
export interface SignatureClock {
  readonly now: number;
  readonly toleranceInMs: number;
}

const header =
  /^HMAC-SHA256 +SignedHeaders=(x-ms-date|date);host;x-ms-content-sha256&Signature=([A-Za-z0-9+/]{43}=)$/i;

/** A key as the verifier takes it. A key object saves most of the time that an HMAC takes. */
export function importKey(base64: string): KeyObject {
  return createSecretKey(Buffer.from(base64, "base64"));
}

/**
 * Verifies the service's HMAC scheme (Microsoft Learn, "Sign an HTTP request"). A request does not say which key signed it, so each is tried.
 *
 * [INFER] The clock skew that ACS allows is not documented. It has to be some minutes, as its own JavaScript client repeats a
 * request with the date of the first attempt.
 */
export function verifySignature(
  request: SignedRequest,
  keys: readonly KeyObject[],
  { now, toleranceInMs }: SignatureClock,
): "valid" | "malformed" | "wrong-content-hash" | "wrong-signature" | "stale-date" {
  const [, dateHeader, signature] = header.exec(request.headers.authorization ?? "") ?? [];
  if (dateHeader === undefined || signature === undefined) return "malformed";
  const contentHash = hash("sha256", request.body, "base64");
  if (request.headers["x-ms-content-sha256"] !== contentHash) return "wrong-content-hash";
  const date = request.headers[dateHeader.toLowerCase()];
  // [INFER] What another date format gets is not documented; the service could not compare such a date.
  if (typeof date !== "string") return "wrong-signature";
  const signedAt = readHttpDate(date);
  if (signedAt === undefined) return "wrong-signature";
  const given = Buffer.from(signature, "base64");
  const texts = hostsOf(request.headers.host ?? "").map(
    (host) => `${request.method}\n${request.target}\n${date};${host};${contentHash}`,
  );
  const isSigned = keys.some((key) => texts.some((text) => timingSafeEqual(sign(text, key), given)));
  if (!isSigned) return "wrong-signature";
  return Math.abs(now - signedAt) > toleranceInMs ? "stale-date" : "valid";
}

function sign(text: string, key: KeyObject): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** The Java client signs the host without its port, whatever its HTTP client then sends. */
function hostsOf(host: string): readonly string[] {
  const bare = host.replace(/:\d+$/, "");
  return bare === host ? [host] : [host, bare];
}
