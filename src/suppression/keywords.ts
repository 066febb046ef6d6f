/*
 * The words that opt out, opt in or ask for help. Data, not logic: each group says where it comes from. Last reviewed
 * 2026-11-23; whoever changes a word changes `keywordsVersion` too.
 */

/** What a keyword asks for. */
export type KeywordIntent = "opt-out" | "opt-in" | "help";

/** A word, in the form that `normalizeKeyword` gives, and what it asks for. */
export interface Keyword {
  readonly word: string;
  readonly intent: KeywordIntent;
}

/**
 * A set of words that is off unless asked for:
 *
 * - `"yes"`: YES opts in. Off, as people also answer YES to surveys and appointment reminders.
 * - `"info"`: INFO asks for help. For Canadian short codes, where it must work; off, as elsewhere it may be an
 *   ordinary reply.
 * - `"spanish"`: ALTO, PARAR, BAJA and CANCELAR opt out, AYUDA asks for help.
 * - `"remove"`: REMOVE opts out.
 */
export type KeywordSet = "yes" | "info" | "spanish" | "remove";

/** The version of the words below, to be kept with what they were read from: the date of the last change. */
export const keywordsVersion = "2026-11-23";

/**
 * The seven replies that revoke consent per se in the United States: 47 CFR 64.1200(a)(10), in force since 2025-04-11
 * (FCC 24-24). ACS acts on the same seven on its US short codes (SMS FAQ, read 2026-11-23).
 */
export const fccOptOutWords: readonly string[] = [
  "STOP",
  "QUIT",
  "END",
  "REVOKE",
  "OPT OUT",
  "CANCEL",
  "UNSUBSCRIBE",
];

/** The words in force unless a caller excludes them. */
export const defaultKeywords: readonly Keyword[] = [
  ...words("opt-out", fccOptOutWords),
  // Defaults of Twilio, Telnyx and AWS (read 2026-11-23). CTIA, Messaging Principles and Best Practices, 5.1.3:
  // variations in case, spelling marks and punctuation must not matter.
  ...words("opt-out", ["STOPALL", "STOP ALL", "OPTOUT", "OPT-OUT"]),
  // ARRÊT: mandatory on Canadian short codes (CWTA, Canadian Common Short Code Application Guidelines, 3.9); also
  // acted on by ACS Messaging Connect and AWS.
  ...words("opt-out", ["ARRET"]),
  // ACS, toll-free numbers and US short codes (SMS FAQ, read 2026-11-23).
  ...words("opt-in", ["START", "UNSTOP"]),
  // HELP: CTIA 5.1.3. AIDE: the CWTA guidelines above.
  ...words("help", ["HELP", "AIDE"]),
];

/** The words of each set that is off by default; reasons at {@link KeywordSet}. */
export const keywordSets: Readonly<Record<KeywordSet, readonly Keyword[]>> = {
  yes: words("opt-in", ["YES"]),
  // CWTA guidelines 3.9, for Canadian short codes.
  info: words("help", ["INFO"]),
  // The Spanish words that US carriers' and providers' opt-out settings usually offer (read 2026-11-23).
  spanish: [...words("opt-out", ["ALTO", "PARAR", "BAJA", "CANCELAR"]), ...words("help", ["AYUDA"])],
  remove: words("opt-out", ["REMOVE"]),
};

function words(intent: KeywordIntent, list: readonly string[]): readonly Keyword[] {
  return list.map((word) => ({ word, intent }));
}
