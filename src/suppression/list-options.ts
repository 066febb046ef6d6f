import { expected, expectedRange } from "../errors/expected.js";
import type { SuppressionPolicy } from "./decide.js";
import type { KeywordSettings } from "./keyword-settings.js";

/** How a `SuppressionList` reads the facts in its store. None of this moves data: it can change any day. */
export interface SuppressionListOptions {
  /**
   * Names the programme a sender belongs to: an opt-out from one of its numbers stops them all. Give one name to a
   * pool of numbers that send for the same purpose. Called with the sender's key (E.164, a short code, or an
   * alphanumeric sender folded in case). Default: each sender is a programme of its own.
   */
  program?: ((sender: string) => string) | undefined;
  /**
   * Whether an opt-out from one sender stops all of them, also of unrelated programmes (47 CFR 64.1200(a)(10), waived
   * in the US until 2027-01-31). Default: `false`.
   */
  revokeAll?: boolean | undefined;
  /** Words to add, to leave out, or to switch on; see {@link KeywordSettings}. */
  keywords?: KeywordSettings | undefined;
  /**
   * The country of a sender, as ISO 3166-1 alpha-2, for short codes: the service answers STOP for US short codes, and
   * nobody does for those of other countries. Default: not known, and then no confirmation is offered where somebody
   * might already answer.
   */
  senderCountry?: ((sender: string) => string | undefined) | undefined;
  /** How long the store may take to answer before nothing is sent, in seconds. Default: 5. */
  storeTimeoutInSeconds?: number | undefined;
}

const defaultStoreTimeoutInSeconds = 5;

/** What the options make of the facts. */
export function policyOf({ program, revokeAll = false }: SuppressionListOptions): SuppressionPolicy {
  if (typeof revokeAll !== "boolean") throw expected("revokeAll", "a boolean", revokeAll);
  return { program: checkedProgram(program), revokeAll };
}

/** A name that is no string would put every sender into the programme "undefined", so it stops the send instead. */
function checkedProgram(program: SuppressionListOptions["program"]): SuppressionPolicy["program"] {
  if (program === undefined) return (sender) => sender;
  if (typeof program !== "function") throw expected("program", "a function", program);
  return (sender) => {
    const name: unknown = program(sender);
    if (typeof name !== "string") throw expected("program(sender)", "a string", name);
    return name;
  };
}

/** The country of a sender, where the caller can tell. */
export function senderCountryOf({
  senderCountry = () => undefined,
}: SuppressionListOptions): (sender: string) => string | undefined {
  if (typeof senderCountry !== "function") throw expected("senderCountry", "a function", senderCountry);
  return senderCountry;
}

/** How long the store may take, in milliseconds. */
export function storeTimeoutInMs({
  storeTimeoutInSeconds: seconds = defaultStoreTimeoutInSeconds,
}: SuppressionListOptions): number {
  const what = "a number of seconds above 0 and up to 3600";
  if (typeof seconds !== "number") throw expected("storeTimeoutInSeconds", what, seconds);
  if (!(seconds > 0 && seconds <= 3600)) throw expectedRange("storeTimeoutInSeconds", what, seconds);
  return seconds * 1000;
}
