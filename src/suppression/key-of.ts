import { expected } from "../errors/expected.js";
import { addressKey } from "../phone-numbers/address-key.js";
import { isE164 } from "../phone-numbers/e164.js";

/** The sender of entries that concern every sender. */
export const everySender = "*";

/** The key of one address that a caller gave in the field `name`; never that of every sender. */
export function keyOf(name: string, address: unknown): string {
  if (typeof address !== "string" || address.trim() === "" || address.trim() === everySender) {
    throw expected(name, "a phone number or sender", address);
  }
  return addressKey(address);
}

/** The key of a sender, or of every sender. */
export function senderKeyOf(name: string, sender: unknown): string {
  return sender === everySender ? everySender : keyOf(name, sender);
}

/**
 * The keys of recipients. They must be whole numbers: a national one, with no word of its country, would be recorded as
 * somebody else's and stop nothing.
 */
export function recipientKeysOf(name: string, recipients: unknown): string[] {
  if (!Array.isArray(recipients)) throw expected(name, "a list of phone numbers", recipients);
  const keys: string[] = [];
  // By index: a hole in a list is no number either.
  for (let index = 0; index < recipients.length; index += 1)
    keys.push(recipientKeyOf(recipients[index], name, index));
  return keys;
}

function recipientKeyOf(recipient: unknown, name: string, index: number): string {
  if (typeof recipient === "string" && isE164(recipient)) return recipient;
  const isWhole = typeof recipient === "string" && /^\s*(\+|\d+\s*$)/.test(recipient);
  const key = isWhole ? addressKey(recipient) : "";
  if (!isE164(key)) throw expected(`${name}[${index}]`, "a phone number in E.164", recipient);
  return key;
}
