import { createHmac } from "node:crypto";

import { expected, expectedRange } from "../../errors/expected.js";

/** As many as the prefixes of a price table. */
const digitsKept = 7;

/** A calling code, or the code of an area: shared by everybody there. */
const digitsKeptWithHash = 4;

/** A key of fewer bits could be found by trying. */
export const shortestKeyInBytes: number = 16;

/** How persons' numbers are written down. */
export interface NumberSettings {
  readonly written: (number: string) => string;
  /** How many characters of a number, `+` among them, are kept beside it for its price. */
  readonly prefixLength: number;
}

/** @throws TypeError or RangeError for what is no key. */
export function numberSettings(hashKey: string | Uint8Array | undefined): NumberSettings {
  if (hashKey === undefined) return { written: (number) => number, prefixLength: digitsKept + 1 };
  const key = checkedKey(hashKey);
  return {
    written: (number) => createHmac("sha256", key).update(number).digest("base64url"),
    prefixLength: digitsKeptWithHash + 1,
  };
}

function checkedKey(hashKey: string | Uint8Array): Buffer {
  if (typeof hashKey !== "string" && !(hashKey instanceof Uint8Array))
    throw expected("hashKey", "a string or bytes", hashKey);
  const key = Buffer.from(hashKey);
  if (key.length < shortestKeyInBytes)
    throw expectedRange("hashKey", `at least ${shortestKeyInBytes} bytes`, "a shorter one");
  return key;
}
