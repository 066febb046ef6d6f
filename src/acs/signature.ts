import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";

/** What is signed of a request. */
export interface SignedParts {
  /** Upper case. */
  readonly method: string;
  /** As they go on the wire. */
  readonly pathAndQuery: string;
  /** The authority: without the port where it is the default one. */
  readonly host: string;
  /** RFC 1123, UTC. */
  readonly date: string;
  readonly contentHash: string;
}

/** Base64 of the SHA-256 of a body; of nothing where there is none. */
export function hashContent(body: string | Uint8Array): string {
  return hash("sha256", body, "base64");
}

/** The key as an object: signing with a Buffer would build one each time, at several times the cost of signing. */
export function importAccessKey(accessKey: string): KeyObject {
  return createSecretKey(accessKey, "base64");
}

/** The text that is signed. Source: Microsoft Learn, "Sign an HTTP request", Azure Communication Services. */
export function stringToSign({ method, pathAndQuery, date, host, contentHash }: SignedParts): string {
  return `${method}\n${pathAndQuery}\n${date};${host};${contentHash}`;
}

/** The value of the `Authorization` header. */
export function authorization(parts: SignedParts, key: KeyObject): string {
  const signature = createHmac("sha256", key).update(stringToSign(parts)).digest("base64");
  return `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
}
