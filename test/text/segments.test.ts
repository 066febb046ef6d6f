import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { countSegments, type SegmentCount } from "../../src/text/segments.js";

type Expected = [
  text: string,
  encoding: SegmentCount["encoding"],
  segments: number,
  units: number,
  unitsLeft: number,
];

const a = (count: number): string => "a".repeat(count);
const emoji = "😀"; // two code units
const family = "👨‍👩‍👧"; // eight

describe("countSegments", () => {
  it.each<Expected>([
    ["", "gsm-7", 0, 0, 160],
    ["a", "gsm-7", 1, 1, 159],
    [a(159), "gsm-7", 1, 159, 1],
    [a(160), "gsm-7", 1, 160, 0],
    [a(161), "gsm-7", 2, 161, 145],
    [a(305), "gsm-7", 2, 305, 1],
    [a(306), "gsm-7", 2, 306, 0],
    [a(307), "gsm-7", 3, 307, 152],
    [a(459), "gsm-7", 3, 459, 0],
    [a(460), "gsm-7", 4, 460, 152],
    ["€", "gsm-7", 1, 2, 158],
    ["\f^{}\\[~]|€", "gsm-7", 1, 20, 140],
    [`${a(158)}€`, "gsm-7", 1, 160, 0],
    // One septet more than fits; the parts are 153 and 8.
    [`${a(159)}€`, "gsm-7", 2, 161, 145],
    // The sign would lie across the border, so the first part ends one septet early.
    [`${a(152)}€${a(20)}`, "gsm-7", 2, 174, 131],
    [`${a(152)}€${a(150)}`, "gsm-7", 2, 304, 1],
    [`${a(152)}€${a(151)}`, "gsm-7", 2, 305, 0],
    [`${a(152)}€${a(152)}`, "gsm-7", 3, 306, 152],
    // 306 septets of nothing but pairs: 76 to a part.
    ["€".repeat(153), "gsm-7", 3, 306, 151],
    ["\r\n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", "gsm-7", 1, 44, 116],
  ])("counts septets: %j", (text, encoding, segments, units, unitsLeft) => {
    const unitsPerSegment = segments > 1 ? 153 : 160;
    expect(countSegments(text)).toEqual({ encoding, segments, units, unitsPerSegment, unitsLeft });
  });

  it.each<Expected>([
    [emoji, "ucs-2", 1, 2, 68],
    [family, "ucs-2", 1, 8, 62],
    [`ç${a(69)}`, "ucs-2", 1, 70, 0],
    [`ç${a(70)}`, "ucs-2", 2, 71, 63],
    [`ç${a(133)}`, "ucs-2", 2, 134, 0],
    [`ç${a(134)}`, "ucs-2", 3, 135, 66],
    [`ç${a(200)}`, "ucs-2", 3, 201, 0],
    [`ç${a(201)}`, "ucs-2", 4, 202, 66],
    [emoji.repeat(35), "ucs-2", 1, 70, 0],
    [`${a(68)}${emoji}`, "ucs-2", 1, 70, 0],
    [`${a(69)}${emoji}`, "ucs-2", 2, 71, 63],
    // The pair would lie across the border: 66 and 5.
    [`${a(66)}${emoji}aaa`, "ucs-2", 2, 71, 62],
    [`${a(66)}${emoji}${a(65)}`, "ucs-2", 2, 133, 0],
    [`${a(66)}${emoji}${a(66)}`, "ucs-2", 3, 134, 66],
    // Pairs alone: 33 to a part.
    [emoji.repeat(67), "ucs-2", 3, 134, 65],
    // Halves of a pair by themselves can be parted.
    [`${a(66)}\ud83d${a(67)}`, "ucs-2", 2, 134, 0],
    ["\ude00".repeat(134), "ucs-2", 2, 134, 0],
    // Septets do not matter any more once one character is outside the alphabet.
    [`€é${a(67)}ё`, "ucs-2", 1, 70, 0],
  ])("counts UTF-16 code units: %j", (text, encoding, segments, units, unitsLeft) => {
    const unitsPerSegment = segments > 1 ? 67 : 70;
    expect(countSegments(text)).toEqual({ encoding, segments, units, unitsPerSegment, unitsLeft });
  });

  it.each([
    "ç",
    "`",
    "\t",
    "“",
    "’",
    "–",
    "…",
    "á",
    "í",
    "ó",
    "ú",
    "â",
    "Α",
    "\u00a0",
    "\u0000",
    "\u001b",
    "₭",
  ])("knows that %j is not in the GSM 7 bit alphabet", (character) => {
    expect(countSegments(character).encoding).toBe("ucs-2");
  });

  it("agrees with a plain reading of the standard on any text", () => {
    const septets = fc.string({ unit: fc.constantFrom("a", "€", "{", "\n", "Δ", "@"), maxLength: 500 });
    const anything = fc.string({
      unit: fc.constantFrom("a", "€", "ç", emoji, "\ud83d", "\ude00"),
      maxLength: 300,
    });
    const long = fc.tuple(fc.integer({ min: 0, max: 320 }), anything).map(([count, end]) => a(count) + end);
    fc.assert(
      fc.property(fc.oneof(septets, anything, long, fc.string({ unit: "binary" })), (text) => {
        expect(countSegments(text)).toEqual(reference(text));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    [undefined, "undefined"],
    [null, "null"],
    [5, "5 (number)"],
    [["a"], "an array of 1"],
  ])("refuses %j", (text, got) => {
    // @ts-expect-error: not a string
    expect(() => countSegments(text)).toThrow(new TypeError(`Expected \`text\` to be a string, got ${got}.`));
  });
});

const basic = new Set(
  "@ £ $ ¥ è é ù ì ò Ç Ø ø Å å Δ _ Φ Γ Λ Ω Π Ψ Σ Θ Ξ Æ æ ß É ! \" # ¤ % & ' ( ) * + , - . / : ; < = > ? ¡ Ä Ö Ñ Ü § ¿ ä ö ñ ü à"
    .split(" ")
    .concat("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \r\n".split("")),
);
const extension = new Set(["\f", "^", "{", "}", "\\", "[", "~", "]", "|", "€"]);

/** Cuts the text into whole characters, and packs those into parts one after the other. */
function reference(text: string): SegmentCount {
  const characters = Array.from(text);
  const isGsm7 = characters.every((character) => basic.has(character) || extension.has(character));
  const widths = characters.map((character) =>
    isGsm7 ? (extension.has(character) ? 2 : 1) : character.length,
  );
  const units = widths.reduce((sum, width) => sum + width, 0);
  const encoding = isGsm7 ? "gsm-7" : "ucs-2";
  const [single, part] = isGsm7 ? [160, 153] : [70, 67];
  const unitsPerSegment = units <= single ? single : part;
  const parts: number[] = [];
  for (const width of widths) {
    const last = parts.at(-1);
    if (last === undefined || last + width > unitsPerSegment) parts.push(width);
    else parts[parts.length - 1] = last + width;
  }
  return {
    encoding,
    segments: parts.length,
    units,
    unitsPerSegment,
    unitsLeft: unitsPerSegment - (parts.at(-1) ?? 0),
  };
}
