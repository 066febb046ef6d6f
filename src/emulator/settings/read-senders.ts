import { isManagementChoice } from "../carriers/opt-out-management.js";
import { defaultReplies, type KeywordReplies } from "../carriers/keywords.js";
import { oneOf, outOfRange, wrongType } from "./expected.js";
import { formats, type EmulatorSender, type EmulatorSenderKind } from "../senders.js";

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

/** Copies one sender, checked. */
export function readSender(given: unknown, name: string): EmulatorSender {
  if (typeof given !== "object" || given === null) throw wrongType(name, "an object { number, kind }", given);
  const { number, kind } = given as Partial<Record<keyof EmulatorSender, unknown>>;
  if (!isKind(kind)) {
    throw outOfRange(`${name}.kind`, `one of ${Object.keys(formats).join(", ")}`, kind);
  }
  const format = formats[kind];
  if (typeof number !== "string") throw wrongType(`${name}.number`, format.wanted, number);
  if (!format.matches(number)) throw outOfRange(`${name}.number`, format.wanted, number);
  return { number, kind, ...readManagement(given, kind, name), ...readService(given, name) };
}

/** What a sender says about what the service lets it do. */
type Service = Pick<EmulatorSender, "hasOptOutApi" | "messagingConnectPartner">;

/** Copies it, checked, and adds nothing where it says nothing. */
function readService(given: object, name: string): Service {
  const { hasOptOutApi: api, messagingConnectPartner: partner } = given as Partial<
    Record<keyof Service, unknown>
  >;
  if (api !== undefined && typeof api !== "boolean") {
    throw wrongType(`${name}.hasOptOutApi`, "a boolean", api);
  }
  if (partner !== undefined && (typeof partner !== "string" || partner === "")) {
    throw wrongType(`${name}.messagingConnectPartner`, "a non-empty string", partner);
  }
  return {
    ...(api === undefined ? {} : { hasOptOutApi: api }),
    ...(partner === undefined ? {} : { messagingConnectPartner: partner }),
  };
}

function isKind(kind: unknown): kind is EmulatorSenderKind {
  return typeof kind === "string" && Object.hasOwn(formats, kind);
}

/** What a sender says beyond its number. */
type Management = Pick<EmulatorSender, "country" | "optOutManagement" | "replies">;

/** Copies it, checked, and adds nothing where it says nothing. */
function readManagement(given: object, kind: EmulatorSenderKind, name: string): Management {
  const { country, optOutManagement, replies } = given as Partial<Record<keyof Management, unknown>>;
  const where = country === undefined ? {} : { country: readCountry(`${name}.country`, country, kind) };
  if (!isManagementChoice({ kind, ...where })) {
    refuse(`${name}.optOutManagement`, optOutManagement);
    refuse(`${name}.replies`, replies);
  }
  return {
    ...where,
    ...(optOutManagement === undefined
      ? {}
      : { optOutManagement: oneOf(`${name}.optOutManagement`, ["acs", "business"], optOutManagement) }),
    ...(replies === undefined ? {} : { replies: readReplies(`${name}.replies`, replies) }),
  };
}

function refuse(name: string, given: unknown): void {
  if (given === undefined) return;
  throw outOfRange(name, "absent for a sender whose opt-outs ACS cannot manage", given);
}

function readCountry(name: string, given: unknown, kind: EmulatorSenderKind): "US" | "CA" | "GB" {
  if (kind === "short-code") return oneOf(name, ["US", "CA", "GB"], given);
  throw outOfRange(name, "absent for a sender that is no short code", given);
}

function readReplies(name: string, given: unknown): KeywordReplies {
  if (typeof given !== "object" || given === null) throw wrongType(name, "an object", given);
  for (const [key, text] of Object.entries(given)) {
    if (!Object.hasOwn(defaultReplies, key)) throw outOfRange(name, `an object without ${key}`, given);
    if (text !== undefined && typeof text !== "string") throw wrongType(`${name}.${key}`, "a string", text);
  }
  return { ...given };
}
