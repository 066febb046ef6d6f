import type { KeyCredential, TokenCredential } from "@azure/core-auth";

/** What a client can prove itself with. */
export type AcsCredential = KeyCredential | TokenCredential;

// Own guards: importing @azure/core-auth for its two costs about 20 ms at start.

export function isKeyCredential(value: unknown): value is KeyCredential {
  return typeof value === "object" && value !== null && "key" in value && typeof value.key === "string";
}

export function isTokenCredential(value: unknown): value is TokenCredential {
  return (
    typeof value === "object" && value !== null && "getToken" in value && typeof value.getToken === "function"
  );
}
