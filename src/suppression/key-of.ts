import { expected } from "../errors/expected.js";
import { addressKey } from "../phone-numbers/address-key.js";

/** The key of an address that a caller gave in the field `name`. */
export function keyOf(name: string, address: unknown): string {
  if (typeof address !== "string" || address.trim() === "")
    throw expected(name, "a phone number or sender", address);
  return addressKey(address);
}

/** The keys of a list of addresses. */
export function keysOf(name: string, addresses: unknown): string[] {
  if (!Array.isArray(addresses)) throw expected(name, "a list of phone numbers", addresses);
  return addresses.map((address) => keyOf(name, address));
}
