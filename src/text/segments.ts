import { expected } from "../errors/expected.js";
import { gsm7Septets } from "./gsm7.js";

/** How a text travels, and how many segments (the parts that are billed) it takes. */
export interface SegmentCount {
  /** `"gsm-7"` where every character is in the GSM 7 bit default alphabet or its extension, else `"ucs-2"`. */
  encoding: "gsm-7" | "ucs-2";
  /** The number of segments; 0 for an empty text. */
  segments: number;
  /**
   * The length of the text: septets in `"gsm-7"`, where a character of the extension table (`€ ^ { } [ ] ~ | \` and
   * the form feed) takes two, or UTF-16 code units in `"ucs-2"`, where an emoji takes two or more.
   */
  units: number;
  /** What one segment holds, in the same units: 160 or 70 when it is the only one, else 153 or 67. */
  unitsPerSegment: number;
  /** The units still free in the last segment. For an empty text this is all of the first. */
  unitsLeft: number;
}

/*
 * A segment carries 140 octets: 160 septets or 70 UCS-2 units (3GPP TS 23.038, 4 and 6.1.2). The parts of a longer
 * message give 6 octets to the concatenation header (3GPP TS 23.040, 9.2.3.24.1), which leaves 153 or 67. ACS
 * documents the 140 octets, 160 and 70, and only says that it concatenates.
 */
const gsm7Single = 160;
const gsm7Part = 153;
const ucs2Single = 70;
const ucs2Part = 67;

/**
 * Counts the SMS segments that `text` takes, by the tables of 3GPP TS 23.038.
 *
 * A text of one segment holds 160 GSM-7 septets or 70 UCS-2 code units; the parts of a longer one hold 153 or 67.
 * Parts are filled as a phone network fills them: neither the two septets of an extension character nor the two
 * halves of a surrogate pair are torn apart, so a part may end one unit early, and `segments` counts what that costs
 * (`units` does not). An empty text takes 0 segments.
 *
 * @param text - The message, of any length. ACS itself takes at most 2048 characters and recommends at most 320.
 * @throws TypeError if `text` is not a string.
 *
 * @example
 * ```ts
 * import { countSegments } from "acs-sms";
 *
 * countSegments("Your table for 2 is ready.");
 * // { encoding: "gsm-7", segments: 1, units: 26, unitsPerSegment: 160, unitsLeft: 134 }
 * countSegments("Your table for 2 is ready 🎉").encoding; // "ucs-2"
 * ```
 */
export function countSegments(text: string): SegmentCount {
  if (typeof text !== "string") {
    throw expected("text", "a string", text);
  }
  const septets = countSeptets(text);
  if (septets === undefined) {
    if (text.length <= ucs2Single) return singleSegment("ucs-2", text.length, ucs2Single);
    return { encoding: "ucs-2", units: text.length, unitsPerSegment: ucs2Part, ...fillUcs2Parts(text) };
  }
  if (septets <= gsm7Single) return singleSegment("gsm-7", septets, gsm7Single);
  return { encoding: "gsm-7", units: septets, unitsPerSegment: gsm7Part, ...fillGsm7Parts(text) };
}

function singleSegment(
  encoding: SegmentCount["encoding"],
  units: number,
  unitsPerSegment: number,
): SegmentCount {
  const segments = units === 0 ? 0 : 1;
  return { encoding, segments, units, unitsPerSegment, unitsLeft: unitsPerSegment - units };
}

/** The septets of the whole text, or `undefined` where one character is not in the alphabet. */
function countSeptets(text: string): number | undefined {
  let septets = 0;
  for (let index = 0; index < text.length; index++) {
    const width = gsm7Septets(text.charCodeAt(index));
    if (width === 0) return undefined;
    septets += width;
  }
  return septets;
}

function fillGsm7Parts(text: string): { segments: number; unitsLeft: number } {
  let segments = 1;
  let used = 0;
  for (let index = 0; index < text.length; index++) {
    const width = gsm7Septets(text.charCodeAt(index));
    if (used + width > gsm7Part) {
      segments++;
      used = 0;
    }
    used += width;
  }
  return { segments, unitsLeft: gsm7Part - used };
}

/** Jumps from part to part: only the code unit before each border decides whether a pair would be torn. */
function fillUcs2Parts(text: string): { segments: number; unitsLeft: number } {
  let segments = 1;
  let start = 0;
  while (text.length - start > ucs2Part) {
    const end = start + ucs2Part;
    start = isPairAt(text, end - 1) ? end - 1 : end;
    segments++;
  }
  return { segments, unitsLeft: ucs2Part - (text.length - start) };
}

function isPairAt(text: string, index: number): boolean {
  const high = text.charCodeAt(index);
  const low = text.charCodeAt(index + 1);
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}
