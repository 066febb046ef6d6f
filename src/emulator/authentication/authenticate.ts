import type { KeyObject } from "node:crypto";
import { verifySignature, type SignatureClock, type SignedRequest } from "./signature.js";
import type { SignatureVerdict } from "./verdict.js";

/** Judges a request's `Authorization`, whichever scheme it uses. */
export function authenticate(
  request: SignedRequest,
  keys: readonly KeyObject[],
  clock: SignatureClock,
): SignatureVerdict {
  const authorization = request.headers.authorization ?? "";
  // Relaxed on purpose: there is no Entra ID to ask on a developer's machine, so any token with the characters of one
  // (RFC 6750, b64token) will do.
  if (/^Bearer +[A-Za-z0-9\-._~+/]+=*$/i.test(authorization)) return "bearer";
  if (/^HMAC-SHA256\b/i.test(authorization)) return verifySignature(request, keys, clock);
  return "missing";
}

/** Whether a request with this verdict is served. */
export function isAuthentic(verdict: SignatureVerdict): boolean {
  return verdict === "valid" || verdict === "bearer";
}
