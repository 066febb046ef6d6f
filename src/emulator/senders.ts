import type { KeywordReplies } from "./carriers/keywords.js";
import { isPhoneNumber } from "./numbers.js";

/** What a sender is, which decides who acts on the words that people reply with. */
export type EmulatorSenderKind = "toll-free" | "short-code" | "10dlc" | "alphanumeric";

/** A sender that the emulated resource owns. */
export interface EmulatorSender {
  /** E.164 for `toll-free` and `10dlc`, 5 or 6 digits for `short-code`, else the alphanumeric sender id. */
  readonly number: string;
  readonly kind: EmulatorSenderKind;
  /**
   * Where a short code belongs: in the United States, Canada or the United Kingdom. Default `"US"`. Other senders have none.
   * Of replies to a code of the latter two, ACS does nothing but relay them.
   */
  readonly country?: "US" | "CA" | "GB" | undefined;
  /**
   * Who acts on STOP and its like. `"acs"`: ACS answers, keeps the opt-out, and blocks. `"business"`: nobody but your code; a
   * message is delivered even to those on the service's opt-out list.
   *
   * There is a choice for US short codes, default `"acs"`, and for `10dlc`, default `"business"` `[INFER]`. A toll-free
   * number's opt-outs are always the carrier's, and all others' the business's.
   */
  readonly optOutManagement?: "acs" | "business" | undefined;
  /**
   * Whether `optouts:add`, `:remove` and `:check` may be used for it; else they are answered 401, as for a sender that is
   * not the resource's `[INFER]`. Default: for `toll-free` alone `[INFER]`: the documentation speaks of toll-free numbers of
   * resources that Microsoft has put on a list.
   */
  readonly hasOptOutApi?: boolean | undefined;
  /**
   * The Messaging Connect partner to which it belongs, such as `"infobip"`: then a send must name this partner in
   * `messagingConnect`. Default: none; the option is checked for its shape alone.
   */
  readonly messagingConnectPartner?: string | undefined;
  /** What ACS answers where it manages the opt-outs. Default: the fixed texts that it had in 2021. */
  readonly replies?: KeywordReplies | undefined;
}

/** What the number of each kind looks like. */
export const formats: Readonly<
  Record<EmulatorSenderKind, { matches(number: string): boolean; readonly wanted: string }>
> = {
  "toll-free": { matches: isPhoneNumber, wanted: "a phone number in E.164 form" },
  "10dlc": { matches: isPhoneNumber, wanted: "a phone number in E.164 form" },
  "short-code": { matches: isShortCode, wanted: "a short code of 5 or 6 digits" },
  alphanumeric: { matches: isAlphanumericId, wanted: "1 to 11 letters, digits and spaces, with a letter" },
};

/** Whether the opt-out operations may be used for a sender. */
export function hasOptOutApi({ hasOptOutApi, kind }: EmulatorSender): boolean {
  return hasOptOutApi ?? kind === "toll-free";
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
