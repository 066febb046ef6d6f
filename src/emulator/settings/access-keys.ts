import { randomBytes } from "node:crypto";
import { wrongType } from "./expected.js";

/** The two keys of the emulated resource, base64. Each of them signs requests. */
export interface EmulatorAccessKeys {
  readonly primary: string;
  readonly secondary: string;
}

/** Copies the keys that a caller gives, checked; or makes some. */
export function readAccessKeys(given: EmulatorAccessKeys | undefined): EmulatorAccessKeys {
  if (given === undefined) return { primary: randomKey(), secondary: randomKey() };
  if (typeof given !== "object" || given === null) {
    throw wrongType("accessKeys", "an object { primary, secondary }", given);
  }
  return {
    primary: readKey("accessKeys.primary", given.primary),
    secondary: readKey("accessKeys.secondary", given.secondary),
  };
}

function randomKey(): string {
  return randomBytes(64).toString("base64");
}

/** Its errors tell how long the key is and nothing else of it. */
function readKey(name: string, key: unknown): string {
  if (typeof key !== "string") throw wrongType(name, "a base64 string", key);
  const isBase64 = key !== "" && Buffer.from(key, "base64").toString("base64") === key;
  if (isBase64) return key;
  throw new RangeError(`Expected \`${name}\` to be base64, got ${key.length} characters that are not`);
}
