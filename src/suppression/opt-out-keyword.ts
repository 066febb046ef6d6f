import { addressKey } from "../phone-numbers/address-key.js";
import { readKeywordSettings, type KeywordRule, type KeywordSettings } from "./keyword-settings.js";
import type { KeywordIntent } from "./keywords.js";
import { normalizeKeyword } from "./normalize-keyword.js";
import { speaksOfStopping } from "./possible-opt-out.js";

/** What a message asks for. */
export interface ParsedKeyword {
  /** `"none"` if the message is no keyword. */
  intent: KeywordIntent | "none";
  /** The keyword that the whole message is, in normal form (`Arrêt!` gives `"ARRET"`). Absent if it is none. */
  keyword?: string;
}

/** What a message asks for, and whether a person should look at it. */
export interface KeywordMatch extends ParsedKeyword {
  /**
   * Whether the message, though it is no opt-out keyword, speaks of stopping ("please stop texting me"), or is one
   * that the settings leave out. Nothing follows from it by itself: a person or the caller's own code has to decide.
   * Always `false` where `intent` is `"opt-out"`.
   */
  possibleOptOut: boolean;
}

/**
 * Gives the function that says what a message asks for. The **whole** message must be a keyword, compared as
 * `normalizeKeyword` has it: `Stop!` is one, `STOP 12345` is not.
 *
 * A rule for the texted `sender` goes before one for every sender. Senders are compared by their address key, so
 * `"Contoso"` is `"CONTOSO"`. The settings are copied: later changes to them have no effect.
 *
 * @throws TypeError if the settings are malformed, a word is added with an intent other than the one it has, one is
 * excluded that is not in use or without a reason, or one of the FCC's seven is excluded without `excludeFccKeyword:
 * true`.
 */
export function createKeywordMatcher(
  settings?: KeywordSettings,
): (text: string, sender?: string) => KeywordMatch {
  const find = createRuleFinder(settings);
  return (text, sender) => {
    const rule = find(normalizeKeyword(text), sender);
    const parsed = parsedKeyword(rule);
    return { ...parsed, possibleOptOut: parsed.intent !== "opt-out" && hintsAtOptOut(text, rule) };
  };
}

function createRuleFinder(settings?: KeywordSettings) {
  const rules = new Map(readKeywordSettings(settings).map((rule) => [ruleKey(rule.word, rule.sender), rule]));
  const hasSenders = [...rules.values()].some((rule) => rule.sender !== undefined);
  return (word: string, sender?: string): KeywordRule | undefined => {
    const own = hasSenders && sender !== undefined ? rules.get(ruleKey(word, addressKey(sender))) : undefined;
    return own ?? rules.get(ruleKey(word));
  };
}

/** A normal form has no line break in it, so one can stand between the two. */
function ruleKey(word: string, sender = ""): string {
  return `${word}\n${sender}`;
}

function parsedKeyword(rule: KeywordRule | undefined): ParsedKeyword {
  if (rule === undefined || rule.excluded) return { intent: "none" };
  return { intent: rule.intent, keyword: rule.word };
}

/** A word that was left out still is one that the FCC or a carrier may count. */
function hintsAtOptOut(text: string, rule: KeywordRule | undefined): boolean {
  return rule?.intent === "opt-out" || speaksOfStopping(text);
}

let findDefault: ReturnType<typeof createRuleFinder> | undefined;

/**
 * What a message asks for by the default words: STOP, STOPALL, STOP ALL, QUIT, END, REVOKE, OPT OUT, OPTOUT, OPT-OUT,
 * CANCEL, UNSUBSCRIBE and ARRET opt out, START and UNSTOP opt in, HELP and AIDE ask for help. Sources and dates stand
 * with the list (`src/suppression/keywords.ts`).
 *
 * The whole message must be the word. Case, diacritics, full-width letters, invisible characters and surrounding
 * quotes, brackets and punctuation do not matter; a message of more than 2048 characters is no keyword.
 *
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { parseOptOutKeyword } from "acs-sms";
 *
 * parseOptOutKeyword(" “Stop!” "); // { intent: "opt-out", keyword: "STOP" }
 * parseOptOutKeyword("stop by at 5?"); // { intent: "none" }
 * ```
 */
export function parseOptOutKeyword(text: string): ParsedKeyword {
  findDefault ??= createRuleFinder();
  return parsedKeyword(findDefault(normalizeKeyword(text)));
}
