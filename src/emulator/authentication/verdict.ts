/**
 * What the emulator thought of a request's `Authorization`.
 *
 * - `valid`: signed with one of the two access keys.
 * - `bearer`: a bearer token, taken without looking into it.
 * - `missing`: no `Authorization`, or one of another scheme.
 * - `malformed`: `HMAC-SHA256`, but not as documented.
 * - `wrong-content-hash`: `x-ms-content-sha256` is not the hash of the body.
 * - `wrong-signature`: signed with another key, or over something else than what arrived.
 * - `stale-date`: well signed, but its date is too far from the service's clock.
 * - `unchecked`: nothing is served there, or a fault came first, so nobody looked.
 */
export type SignatureVerdict =
  | "valid"
  | "bearer"
  | "missing"
  | "malformed"
  | "wrong-content-hash"
  | "wrong-signature"
  | "stale-date"
  | "unchecked";
