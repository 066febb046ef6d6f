import { expected } from "../errors/expected.js";
import { addressKey } from "../phone-numbers/address-key.js";
import {
  defaultKeywords,
  fccOptOutWords,
  keywordSets,
  type Keyword,
  type KeywordIntent,
  type KeywordSet,
} from "./keywords.js";
import { normalizeKeyword } from "./normalize-keyword.js";

/** A word to add. */
export interface AddedKeyword {
  /** The word or words, in any case; compared as `normalizeKeyword` has it. */
  word: string;
  /** What it asks for. A word has one intent only. */
  intent: KeywordIntent;
  /** The sender (ours, the one that was texted) it holds for. @defaultValue every sender */
  sender?: string | undefined;
}

/** A word to leave out. */
export interface ExcludedKeyword {
  /** The word, which must be one in use. */
  word: string;
  /** The sender (ours, the one that was texted) it is left out for. @defaultValue every sender */
  sender?: string | undefined;
  /** Why; for whoever reads the settings later. */
  reason: string;
  /** Must be `true` to leave out one of the FCC's seven: STOP, QUIT, END, REVOKE, OPT OUT, CANCEL, UNSUBSCRIBE. */
  excludeFccKeyword?: true | undefined;
}

/** Which words count, beyond or instead of the defaults. */
export interface KeywordSettings {
  /** Sets to switch on. @defaultValue none */
  sets?: readonly KeywordSet[] | undefined;
  /** Words to add. */
  add?: readonly AddedKeyword[] | undefined;
  /** Words to leave out. One left out for every sender and added for one counts for that one. */
  exclude?: readonly ExcludedKeyword[] | undefined;
}

/** What a word means to one sender, or to all where `sender` is `undefined`. */
export interface KeywordRule extends Keyword {
  readonly sender: string | undefined;
  /** The word was left out: it means this no more. */
  readonly excluded: boolean;
}

const intents: readonly unknown[] = ["opt-out", "opt-in", "help"] satisfies KeywordIntent[];

/**
 * The settings checked, copied and in normal form: of two rules for the same word and sender the later one holds.
 *
 * @throws TypeError for settings that are malformed or contradict each other; see `createKeywordMatcher`.
 */
export function readKeywordSettings(settings: KeywordSettings = {}): readonly KeywordRule[] {
  if (!isObject(settings)) throw expected("keywords", "an object", settings);
  const rules = [...defaultKeywords, ...listOf("sets", settings.sets).flatMap(readSet)].map(
    ({ word, intent }): KeywordRule => ({ word, intent, sender: undefined, excluded: false }),
  );
  const builtIn = rules.length;
  for (const [index, entry] of listOf("add", settings.add).entries()) {
    rules.push(readAdded(entry, `keywords.add[${index}]`, rules));
  }
  const added = rules.slice(builtIn);
  const excluded = listOf("exclude", settings.exclude).map((entry, index) =>
    readExcluded(entry, `keywords.exclude[${index}]`, rules, added),
  );
  return [...rules, ...excluded];
}

function readSet(set: KeywordSet, index: number): readonly Keyword[] {
  if (typeof set === "string" && Object.hasOwn(keywordSets, set)) return keywordSets[set];
  throw expected(`keywords.sets[${index}]`, 'one of "yes", "info", "spanish" and "remove"', set);
}

function readAdded(entry: AddedKeyword, name: string, known: readonly KeywordRule[]): KeywordRule {
  if (!isObject(entry)) throw expected(name, "an object", entry);
  const { word, intent, sender } = entry;
  if (!intents.includes(intent))
    throw expected(`${name}.intent`, 'one of "opt-out", "opt-in" and "help"', intent);
  const rule = { word: readWord(word, name), intent, sender: readSender(sender, name), excluded: false };
  const other = known.find((one) => one.intent !== intent && overlaps(one, rule));
  // STOP must never come to mean START: this is refused even where the first meaning is excluded.
  if (other !== undefined)
    throw expected(`${name}.intent`, `"${other.intent}", which the word already means`, intent);
  return rule;
}

function readExcluded(
  entry: ExcludedKeyword,
  name: string,
  known: readonly KeywordRule[],
  added: readonly KeywordRule[],
): KeywordRule {
  if (!isObject(entry)) throw expected(name, "an object", entry);
  const { word: written, reason, excludeFccKeyword } = entry;
  const scope = { word: readWord(written, name), sender: readSender(entry.sender, name) };
  const rule = known.find((one) => overlaps(one, scope));
  // A misspelt exclusion would leave the word in force without a hint.
  if (rule === undefined) throw expected(`${name}.word`, "a word in use", written);
  if (added.some(({ word, sender }) => word === scope.word && sender === scope.sender)) {
    throw expected(`${name}.word`, "a word that `keywords.add` does not add for the same sender", written);
  }
  if (typeof reason !== "string" || reason.trim() === "") {
    throw expected(`${name}.reason`, "a text that says why", reason);
  }
  if (fccOptOutWords.includes(scope.word) && excludeFccKeyword !== true) {
    const what = `true, as the FCC counts "${scope.word}" as an opt-out (47 CFR 64.1200(a)(10))`;
    throw expected(`${name}.excludeFccKeyword`, what, excludeFccKeyword);
  }
  return { ...scope, intent: rule.intent, excluded: true };
}

function readWord(word: unknown, name: string): string {
  const normalized = typeof word === "string" ? normalizeKeyword(word) : "";
  if (normalized === "") throw expected(`${name}.word`, "a word of letters or digits", word);
  return normalized;
}

/** The key of the sender; `undefined`, as `"*"`, is every sender. */
function readSender(sender: unknown, name: string): string | undefined {
  if (sender === undefined || sender === "*") return undefined;
  if (typeof sender !== "string" || sender.trim() === "")
    throw expected(`${name}.sender`, "a sender", sender);
  return addressKey(sender);
}

type Scope = Pick<KeywordRule, "word" | "sender">;

function overlaps(one: Scope, other: Scope): boolean {
  return (
    one.word === other.word &&
    (one.sender === undefined || other.sender === undefined || one.sender === other.sender)
  );
}

function listOf<T>(name: string, list: readonly T[] | undefined): readonly T[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw expected(`keywords.${name}`, "an array", list);
  return [...list];
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
