import { expected } from "../errors/expected.js";
import { defaultKeywords, keywordSets, type Keyword } from "./keywords.js";
import { foldCharacters } from "./normalize-keyword.js";
import { fillerWords, harmlessPhrases, stopPhrases } from "./stop-phrases.js";

/** ACS takes texts of up to 2048 characters; more is not looked at. */
const longestMessage = 2048;

/** The opt-out words of every set: one that is switched off, sent alone, still is a hint. */
const optOutWords: ReadonlySet<string> = new Set(
  [...defaultKeywords, ...Object.values(keywordSets).flat()].filter(isOptOut).map(({ word }) => word),
);
const fillers: ReadonlySet<string> = new Set(fillerWords);

/** Apostrophes, and what is typed in their place. They go first: some decompose into a space. */
const apostrophes = /['’‘ʼ′＇`´]/g;

/** Built when first needed, to keep the import cheap. */
let phrasesByFirstWord: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * Whether a message speaks of not wanting to be texted any more: "please stop texting me", `STOP 12345`, "take me off
 * your list", "wrong number". English, and the basics of Spanish and French.
 *
 * It is a hint for a person or the caller's own code to decide on, and no decision: "don't stop" is one too, while
 * whole words count only (`stopwatch` and "see you at the end" are none). Looks at the first 2048 characters, in time
 * linear in their number.
 *
 * @throws TypeError if `text` is not a string.
 */
export function speaksOfStopping(text: string): boolean {
  if (typeof text !== "string") throw expected("text", "a string", text);
  const words = spacedWords(text.slice(0, longestMessage));
  return isKeywordWithFillers(words) || hasStopPhrase(words);
}

/** The message's words between single spaces, with one before the first and after the last; " . " ends a sentence. */
function spacedWords(text: string): string {
  const spaced = foldCharacters(text.replaceAll(apostrophes, ""))
    .replaceAll(/[.!?,;:]+/g, " . ")
    .replaceAll(/[^\p{L}\p{M}\p{N}.]+/gu, " ");
  return ` ${spaced.trim()} `;
}

/** Looks phrases up by their first word: there are a thousand, and hardly a message has such a word. */
function hasStopPhrase(words: string): boolean {
  phrasesByFirstWord ??= groupByFirstWord(stopPhrases);
  const text = withoutHarmlessPhrases(words);
  for (let start = 0; start < text.length - 1;) {
    const end = text.indexOf(" ", start + 1);
    const phrases = phrasesByFirstWord.get(text.slice(start + 1, end));
    if (phrases?.some((phrase) => text.startsWith(phrase, start))) return true;
    start = end;
  }
  return false;
}

function withoutHarmlessPhrases(words: string): string {
  return harmlessPhrases.reduce((text, phrase) => text.replaceAll(` ${phrase} `, " | "), words);
}

/** The phrases come with a space on either side, so that they match whole words. */
function groupByFirstWord(phrases: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const phrase of phrases) {
    const [first = ""] = phrase.split(" ", 1);
    const group = groups.get(first) ?? [];
    group.push(` ${phrase} `);
    groups.set(first, group);
  }
  return groups;
}

function isKeywordWithFillers(words: string): boolean {
  const telling = words.split(" ").filter((word) => word !== "" && word !== "." && !fillers.has(word));
  return optOutWords.has(telling.join(" "));
}

function isOptOut({ intent }: Keyword): boolean {
  return intent === "opt-out";
}
