import { outOfRange, wrongType } from "./expected.js";
import { isPhoneNumber } from "./numbers.js";

/** What a sender is, which decides who acts on the words that people reply with. */
export type EmulatorSenderKind = "toll-free" | "short-code" | "10dlc" | "alphanumeric";

/** A sender that the emulated resource owns. */
export interface EmulatorSender {
  /** E.164 for `toll-free` and `10dlc`, 5 or 6 digits for `short-code`, else the alphanumeric sender id. */
  readonly number: string;
  readonly kind: EmulatorSenderKind;
}

const formats: Record<EmulatorSenderKind, { matches(number: string): boolean; wanted: string }> = {
  "toll-free": { matches: isPhoneNumber, wanted: "a phone number in E.164 form" },
  "10dlc": { matches: isPhoneNumber, wanted: "a phone number in E.164 form" },
  "short-code": { matches: isShortCode, wanted: "a short code of 5 or 6 digits" },
  alphanumeric: { matches: isAlphanumericId, wanted: "1 to 11 letters, digits and spaces, with a letter" },
};

/**
 * Copies the senders that a caller gives, checked.
 *
 * @throws TypeError when one is not a sender; RangeError when its number does not suit its kind or comes twice.
 */
export function readSenders(given: unknown): readonly EmulatorSender[] {
  if (!Array.isArray(given)) throw wrongType("senders", "an array of { number, kind }", given);
  if (given.length === 0) throw outOfRange("senders", "an array of at least one sender", given);
  const senders = given.map((sender: unknown, index) => readSender(sender, `senders[${index}]`));
  const seen = new Set<string>();
  for (const [index, { number }] of senders.entries()) {
    if (seen.has(number))
      throw outOfRange(`senders[${index}].number`, "a number that no sender before it has", number);
    seen.add(number);
  }
  return senders;
}

function readSender(given: unknown, name: string): EmulatorSender {
  if (typeof given !== "object" || given === null) throw wrongType(name, "an object { number, kind }", given);
  const { number, kind } = given as Partial<Record<keyof EmulatorSender, unknown>>;
  if (!isKind(kind)) {
    throw outOfRange(`${name}.kind`, `one of ${Object.keys(formats).join(", ")}`, kind);
  }
  const format = formats[kind];
  if (typeof number !== "string") throw wrongType(`${name}.number`, format.wanted, number);
  if (!format.matches(number)) throw outOfRange(`${name}.number`, format.wanted, number);
  return { number, kind };
}

function isKind(kind: unknown): kind is EmulatorSenderKind {
  return typeof kind === "string" && Object.hasOwn(formats, kind);
}

/** Whether a request's `from` has the form of any sender at all. */
export function isSenderFormat(from: string): boolean {
  return isPhoneNumber(from) || isShortCode(from) || isAlphanumericId(from);
}

function isShortCode(number: string): boolean {
  return /^\d{5,6}$/.test(number);
}

function isAlphanumericId(number: string): boolean {
  return /^[A-Za-z0-9 ]{1,11}$/.test(number) && /[A-Za-z]/.test(number);
}
