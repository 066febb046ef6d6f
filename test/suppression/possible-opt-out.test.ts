import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { defaultKeywords, keywordSets } from "../../src/suppression/keywords.js";
import { speaksOfStopping } from "../../src/suppression/possible-opt-out.js";
import { fillerWords, harmlessPhrases, stopPhrases } from "../../src/suppression/stop-phrases.js";

describe("speaksOfStopping", () => {
  it.each([
    "please stop texting me",
    "STOP 12345",
    "don't stop",
    "Stop it!",
    "STOP 🛑",
    "STOP START",
    "stop\nJohn Smith",
    "take me off your list",
    "Take my number off pls",
    "unsubscribe me pls",
    "UNSUBSCRIBED",
    "unsub",
    "remove me",
    "Remove my number from this list.",
    "please delete my number",
    "lose my number",
    "do not text me",
    "Don't text me again",
    "Don’t msg me",
    "dont message me anymore",
    "never contact me again",
    "no more messages",
    "No more texts!!",
    "quit texting me",
    "quit spamming",
    "I no longer want these",
    "I don't want to receive these",
    "cancel my subscription",
    "Cancel all these alerts",
    "end texts",
    "turn off notifications",
    "opt me out",
    "I want to opt-out",
    "opting out",
    "I revoke my consent",
    "withdraw my consent",
    "S.T.O.P.",
    "s t o p",
    "ＰＬＥＡＳＥ　ＳＴＯＰ",
    "st\u200bop please",
    "Stopp",
    "wrong number",
    "Wrong person, sorry",
    "cancel please",
    "END 😡",
    "pls quit now",
    "Remove",
    "ALTO",
    "baja por favor",
    "leave me alone",
    "not interested",
    "STOP. By the way, who is this?",
    "unsubscrıbe me",
    "don`t text me",
    "no me envíe más mensajes",
    "No más mensajes",
    "quiero darme de baja",
    "Deje de escribirme",
    "número equivocado",
    "arrêtez de m'envoyer des messages",
    "Arrêt svp",
    "je veux me désabonner",
    "ne m’écrivez plus",
    "plus de SMS svp",
  ])("%j does", (text) => {
    expect(speaksOfStopping(text)).toBe(true);
  });

  it.each([
    "",
    " ",
    "?!",
    "stopwatch",
    "see you at the end",
    "cancel my appointment",
    "Unstoppable!",
    "nonstop",
    "UNSTOP",
    "START",
    "I quit my job",
    "weekend",
    "The text is fine",
    "no",
    "No, more messages are fine",
    "thanks, got it",
    "HELP",
    "yes",
    "Can I stop by at 5?",
    "I'm at the bus stop",
    "non-stop flight",
    "the end of the list",
    "remove the stitches",
    "the message didn't arrive",
    "please text me",
    "I want more texts",
    "baja california",
    "arrêt de travail",
    "the backstop",
  ])("%j does not", (text) => {
    expect(speaksOfStopping(text)).toBe(false);
  });

  it("looks at the first 2048 characters", () => {
    expect(speaksOfStopping(`${"la ".repeat(600)} stop`)).toBe(true);
    expect(speaksOfStopping(`${"la ".repeat(700)} stop`)).toBe(false);
  });

  it("knows each of its phrases, and each opt-out word sent alone", () => {
    expect(stopPhrases.filter((phrase) => !speaksOfStopping(`x ${phrase.toLowerCase()} y`))).toEqual([]);
    for (const { word, intent } of [...defaultKeywords, ...Object.values(keywordSets).flat()]) {
      expect([word, speaksOfStopping(word)]).toEqual([word, intent === "opt-out"]);
    }
  });

  it("has its data in the form in which it reads a message", () => {
    for (const phrase of [...stopPhrases, ...harmlessPhrases])
      expect(phrase).toMatch(/^[A-Z]+( ([A-Z]+|\.))*$/);
    for (const word of fillerWords) expect(word).toMatch(/^[A-Z]+$/);
  });

  it("finds a phrase in any surroundings of whole words", () => {
    const word = fc.string({ unit: fc.constantFrom(...Array.from("abcdefé")), minLength: 1, maxLength: 8 });
    const words = fc.array(word, { maxLength: 8 }).map((list) => list.join(" "));
    fc.assert(
      fc.property(
        words,
        fc.constantFrom(...stopPhrases),
        fc.constantFrom(" ", ", ", "\n", "… "),
        words,
        (a, phrase, gap, b) => {
          expect(speaksOfStopping(a + gap + phrase + gap + b)).toBe(true);
        },
      ),
    );
  });

  it("is cheap for hostile texts", () => {
    for (const piece of [
      "don't ",
      "CANCEL THE ",
      "stop by ",
      ". ",
      "'",
      "\ufdfa",
      "S . T . O . ",
      "\u0301",
      "a",
    ]) {
      // Were it quadratic, this would take minutes, and the test would run out of time.
      expect(speaksOfStopping(piece.repeat(1_000_000 / piece.length))).toBeTypeOf("boolean");
    }
  });

  it("takes nothing but strings", () => {
    // @ts-expect-error: not a string
    expect(() => speaksOfStopping(undefined)).toThrow(TypeError);
  });
});
