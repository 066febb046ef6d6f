import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  defaultKeywords,
  fccOptOutWords,
  keywordSets,
  keywordsVersion,
} from "../../src/suppression/keywords.js";
import { normalizeKeyword } from "../../src/suppression/normalize-keyword.js";
import { createKeywordMatcher, parseOptOutKeyword } from "../../src/suppression/opt-out-keyword.js";

const allKeywords = [...defaultKeywords, ...Object.values(keywordSets).flat()];
const reason = "patients answer this to reminders";

describe("the keyword lists", () => {
  it("hold words in normal form, each with one meaning", () => {
    for (const { word } of allKeywords) expect(normalizeKeyword(word)).toBe(word);
    expect(new Set(allKeywords.map(({ word }) => word)).size).toBe(allKeywords.length);
    expect(keywordsVersion).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it("have the FCC's seven as opt-outs", () => {
    expect(fccOptOutWords).toHaveLength(7);
    for (const word of fccOptOutWords) expect(parseOptOutKeyword(word).intent).toBe("opt-out");
  });
});

describe("parseOptOutKeyword", () => {
  it.each([
    ["STOP", "STOP"],
    ["stop", "STOP"],
    ["Stop!", "STOP"],
    [" “stop” ", "STOP"],
    ["STOP.", "STOP"],
    ["ＳＴＯＰ", "STOP"],
    ["sTOP\u200b", "STOP"],
    ["\ufeff\u202eSTOP\u202c\u0000\r\n", "STOP"],
    ["«Stop»", "STOP"],
    ["(stop…)", "STOP"],
    ["*STOP*", "STOP"],
    ["<stop>", "STOP"],
    ["`stop`", "STOP"],
    ["#stop", "STOP"],
    ["S\u00adTOP", "STOP"],
    ["ⓢⓣⓞⓟ", "STOP"],
    ["stóp", "STOP"],
    ["stop all", "STOP ALL"],
    ["Stop \n\t all?", "STOP ALL"],
    ["stopall", "STOPALL"],
    ["opt out", "OPT OUT"],
    ["opt\u00a0out", "OPT OUT"],
    ["Opt-Out", "OPT-OUT"],
    ["opt‑out", "OPT-OUT"],
    ["opt – out".replaceAll(" ", ""), "OPT-OUT"],
    ["optout", "OPTOUT"],
    ["arrêt", "ARRET"],
    ["ARRE\u0302T", "ARRET"],
    ["unsubscribe", "UNSUBSCRIBE"],
    // Turkish keyboards: dotless and dotted i.
    ["unsubscrıbe", "UNSUBSCRIBE"],
    ["UNSUBSCRİBE", "UNSUBSCRIBE"],
    ["quıt", "QUIT"],
    ["revoke", "REVOKE"],
    ["cancel", "CANCEL"],
    ["End.", "END"],
  ])("%j opts out", (text, keyword) => {
    expect(parseOptOutKeyword(text)).toEqual({ intent: "opt-out", keyword });
  });

  it.each([
    ["start", "opt-in", "START"],
    ["Unstop!", "opt-in", "UNSTOP"],
    ["help?", "help", "HELP"],
    ["Aide", "help", "AIDE"],
  ])("%j asks for something else", (text, intent, keyword) => {
    expect(parseOptOutKeyword(text)).toEqual({ intent, keyword });
  });

  it.each([
    "",
    " ",
    "…",
    "STOP 12345",
    "don't stop",
    "stopwatch",
    "STOPSTOP",
    "STOP START",
    "non-stop",
    "stop\u0001it",
    "YES",
    "INFO",
    "ALTO",
    "REMOVE",
    "please stop",
    "STOP 🛑",
    "ST OP",
    "S T O P",
    "constructor",
    "__proto__",
    `STOP${" ".repeat(3000)}at once`,
    `STOP${"!".repeat(3000)}`,
  ])("%j is no keyword", (text) => {
    expect(parseOptOutKeyword(text)).toEqual({ intent: "none" });
  });

  it("finds a keyword in any amount of white space", () => {
    expect(parseOptOutKeyword(`${" \n".repeat(5000)}stop${" ".repeat(5000)}`).keyword).toBe("STOP");
  });

  it("takes nothing but strings", () => {
    // @ts-expect-error: not a string
    expect(() => parseOptOutKeyword(null)).toThrow(/^Expected `text` to be a string, got null/);
  });

  it("does not care how a keyword is dressed up", () => {
    const hidden = fc.constantFrom(
      "",
      "\u200b",
      "\u200d",
      "\u00ad",
      "\ufeff",
      "\u2060",
      "\u0007",
      "\ufe0f",
      "\u202e",
    );
    const around = fc.string({
      unit: fc.constantFrom(..." \n\t\u00a0!?.,;:…'\"“”«»()[]{}<>*_-–~¡¿。、".split("")),
      maxLength: 8,
    });
    const mark = fc.constantFrom("", "", "\u0301", "\u0302", "\u0327");
    const style = fc.constantFrom(
      (letter: string) => letter,
      (letter: string) => letter.toLowerCase(),
      (letter: string) =>
        /[A-Z]/.test(letter) ? String.fromCodePoint(letter.charCodeAt(0) + 0xfee0) : letter,
    );
    const dressing = fc.array(fc.tuple(style, mark, hidden), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.constantFrom(...defaultKeywords),
        dressing,
        around,
        around,
        (keyword, dressing, before, after) => {
          const letters = Array.from(keyword.word, (letter, index) => {
            const [style, mark, hidden] = dressing[index] ?? [String, "", ""];
            return style(letter) + (/\w/.test(letter) ? mark : "") + hidden;
          });
          const { word, intent } = keyword;
          expect(parseOptOutKeyword(before + letters.join("") + after)).toEqual({ intent, keyword: word });
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("normalizeKeyword", () => {
  it("leaves its own result as it is", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "binary-ascii" }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const once = normalizeKeyword(text);
        expect(normalizeKeyword(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves its own result as it is, for every single character", () => {
    const unstable: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      const once = normalizeKeyword(`a${String.fromCodePoint(code)}b`);
      if (normalizeKeyword(once) !== once) unstable.push(`U+${code.toString(16)}`);
    }
    expect(unstable).toEqual([]);
  });

  it("keeps the letters of scripts in which marks are letters", () => {
    expect(normalizeKeyword("रोकें")).toBe("रोकें");
    expect(normalizeKeyword("ストップ。")).toBe("ストップ");
    expect(normalizeKeyword("中止!")).toBe("中止");
    expect(normalizeKeyword("קף")).not.toBe(normalizeKeyword("קפ"));
  });

  it("is cheap for hostile texts", () => {
    for (const piece of ["!", " ", "STOP ", "\u0301", "\u200b", "\ufdfa", "😀", "! a", "'\"“”"]) {
      // Were it quadratic, this would take minutes, and the test would run out of time.
      expect(normalizeKeyword(piece.repeat(1_000_000 / piece.length))).toBeTypeOf("string");
      normalizeKeyword(piece.repeat(2000 / piece.length));
    }
  });
});

describe("createKeywordMatcher", () => {
  it("has the default words without settings", () => {
    for (const match of [
      createKeywordMatcher(),
      createKeywordMatcher({}),
      createKeywordMatcher({ sets: undefined }),
    ]) {
      expect(match("Stop!", "+18005551234")).toEqual({
        intent: "opt-out",
        keyword: "STOP",
        possibleOptOut: false,
      });
      expect(match("START")).toEqual({ intent: "opt-in", keyword: "START", possibleOptOut: false });
      expect(match("help")).toEqual({ intent: "help", keyword: "HELP", possibleOptOut: false });
      expect(match("see you")).toEqual({ intent: "none", possibleOptOut: false });
      expect(match("please stop texting me")).toEqual({ intent: "none", possibleOptOut: true });
      expect(match("yes")).toEqual({ intent: "none", possibleOptOut: false });
    }
  });

  it("switches sets on", () => {
    const match = createKeywordMatcher({ sets: ["yes", "info", "spanish", "remove"] });
    expect(match("Yes!").intent).toBe("opt-in");
    expect(match("info").intent).toBe("help");
    expect(match("¡Alto!")).toEqual({ intent: "opt-out", keyword: "ALTO", possibleOptOut: false });
    expect(match("ayuda").intent).toBe("help");
    expect(match("remove").intent).toBe("opt-out");
    expect(createKeywordMatcher({ sets: ["yes"] })("remove")).toEqual({
      intent: "none",
      possibleOptOut: true,
    });
  });

  it("adds words, for all senders or for one", () => {
    const match = createKeywordMatcher({
      add: [
        { word: "“aufhören”", intent: "opt-out" },
        { word: "1", intent: "opt-out", sender: "contoso" },
        { word: "1", intent: "opt-in", sender: "+1 (800) 555-1234" },
        { word: "how do I stop", intent: "help" },
      ],
    });
    expect(match("Aufhoren", "12345")).toMatchObject({ intent: "opt-out", keyword: "AUFHOREN" });
    expect(match("1", "Contoso").intent).toBe("opt-out");
    expect(match("1", "18005551234").intent).toBe("opt-in");
    expect(match("1", "+18335551234").intent).toBe("none");
    expect(match("1").intent).toBe("none");
    expect(match("How do I stop?")).toEqual({
      intent: "help",
      keyword: "HOW DO I STOP",
      possibleOptOut: true,
    });
  });

  it("leaves words out, for all senders or for one, and has a person look at them", () => {
    const match = createKeywordMatcher({
      exclude: [
        { word: "cancel", sender: "12345", reason, excludeFccKeyword: true },
        { word: "help", reason },
      ],
    });
    expect(match("CANCEL", "12345")).toEqual({ intent: "none", possibleOptOut: true });
    expect(match("CANCEL", "+18005551234").intent).toBe("opt-out");
    expect(match("CANCEL").intent).toBe("opt-out");
    expect(match("HELP")).toEqual({ intent: "none", possibleOptOut: false });
  });

  it("lets the rule for one sender go before the rule for all", () => {
    const match = createKeywordMatcher({
      add: [
        { word: "end", intent: "opt-out", sender: "12345" },
        { word: "raus", intent: "opt-out" },
      ],
      exclude: [
        { word: "end", reason, excludeFccKeyword: true },
        { word: "raus", reason, sender: "54321" },
      ],
    });
    expect(match("END", "12345").intent).toBe("opt-out");
    expect(match("END", "54321").intent).toBe("none");
    expect(match("raus", "54321")).toEqual({ intent: "none", possibleOptOut: true });
    expect(match("raus", "12345").intent).toBe("opt-out");
  });

  it("copies its settings", () => {
    const word = { word: "raus", intent: "opt-out" as const };
    const settings = { add: [word] };
    const match = createKeywordMatcher(settings);
    word.word = "rein";
    settings.add.pop();
    expect(match("raus").intent).toBe("opt-out");
    expect(match("rein").intent).toBe("none");
  });

  it.each<[string, unknown]>([
    ["Expected `keywords` to be an object, got a string of 4 characters", "STOP"],
    ["Expected `keywords` to be an object, got null", null],
    ["Expected `keywords.sets` to be an array", { sets: "yes" }],
    ['Expected `keywords.sets[1]` to be one of "yes"', { sets: ["yes", "no"] }],
    ['Expected `keywords.sets[0]` to be one of "yes"', { sets: ["toString"] }],
    ["Expected `keywords.add` to be an array", { add: {} }],
    ["Expected `keywords.add[0]` to be an object", { add: ["STOP"] }],
    [
      "Expected `keywords.add[0].word` to be a word of letters or digits",
      { add: [{ word: " ! ", intent: "help" }] },
    ],
    ["Expected `keywords.add[0].word` to be", { add: [{ word: 1, intent: "help" }] }],
    ["Expected `keywords.add[0].word` to be", { add: [{ word: "x".repeat(3000), intent: "help" }] }],
    ['Expected `keywords.add[0].intent` to be one of "opt-out"', { add: [{ word: "X", intent: "none" }] }],
    [
      "Expected `keywords.add[0].sender` to be a sender",
      { add: [{ word: "X", intent: "help", sender: " " }] },
    ],
    [
      "Expected `keywords.add[0].sender` to be a sender",
      { add: [{ word: "X", intent: "help", sender: null }] },
    ],
    ["Expected `keywords.exclude[0]` to be an object", { exclude: [null] }],
    ["Expected `keywords.exclude[0].word` to be a word in use", { exclude: [{ word: "CANCLE", reason }] }],
    ["Expected `keywords.exclude[0].word` to be a word in use", { exclude: [{ word: "YES", reason }] }],
    [
      "Expected `keywords.exclude[0].reason` to be a text that says why, got undefined",
      { exclude: [{ word: "HELP" }] },
    ],
    ["Expected `keywords.exclude[0].reason` to be", { exclude: [{ word: "HELP", reason: " " }] }],
    [
      "Expected `keywords.exclude[0].word` to be a word that `keywords.add` does not add",
      { add: [{ word: "X", intent: "help" }], exclude: [{ word: "x", reason }] },
    ],
  ])("refuses settings: %s", (message, settings) => {
    // @ts-expect-error: settings of any shape
    const create = () => createKeywordMatcher(settings);
    expect(create).toThrow(TypeError);
    expect(create).toThrow(message);
  });

  it.each(fccOptOutWords)("refuses to leave %s out by a slip", (word) => {
    const message = "Expected `keywords.exclude[0].excludeFccKeyword` to be true, as the FCC counts";
    expect(() => createKeywordMatcher({ exclude: [{ word: word.toLowerCase(), reason }] })).toThrow(message);
    const match = createKeywordMatcher({ exclude: [{ word, reason, excludeFccKeyword: true }] });
    expect(match(word)).toEqual({ intent: "none", possibleOptOut: true });
  });

  it("refuses a second meaning for a word", () => {
    const added = (intent: "opt-in" | "help" | "opt-out", word: string) => () =>
      createKeywordMatcher({
        sets: ["spanish"],
        add: [{ word, intent, sender: "12345" }],
        exclude: [{ word: "STOP", reason, excludeFccKeyword: true }],
      });
    expect(added("opt-in", "stop!")).toThrow(
      'Expected `keywords.add[0].intent` to be "opt-out", which the word already means',
    );
    expect(added("help", "Arrêt")).toThrow(TypeError);
    expect(added("opt-in", "baja")).toThrow(TypeError);
    expect(added("opt-out", "START")).toThrow(TypeError);
    expect(added("opt-out", "quit")).not.toThrow();
    expect(() =>
      createKeywordMatcher({
        add: [
          { word: "1", intent: "opt-in" },
          { word: "1", intent: "opt-out", sender: "12345" },
        ],
      }),
    ).toThrow("Expected `keywords.add[1].intent` to be");
  });
});
