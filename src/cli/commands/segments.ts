import { gsm7Septets } from "../../text/gsm7.js";
import { countSegments, type SegmentCount } from "../../text/segments.js";
import { defineCommand, type Command } from "../command.js";
import { exitCodes } from "../exit-codes.js";
import { readText, standardInput } from "../input/files.js";
import { jsonOption } from "../options/common.js";
import { columns } from "../output/columns.js";

export const segments: Command = defineCommand({
  name: "segments",
  summary: "Counts the segments of a text, and points out what makes it longer",
  positionals: { usage: "[<text> | -]", most: 1 },
  options: jsonOption,
  details: [
    "Without a text, or with -, it is read from standard input; a line break at its very end does not count. One " +
      "character outside the GSM-7 alphabet takes the whole text to UCS-2, where a segment holds 70 units instead of 160.",
  ],
  examples: ['acs-sms segments "Your table for 2 is ready 🎉"', "acs-sms segments --json < message.txt"],
  async run({ values: { json }, positionals: [given = standardInput], console }) {
    const text = given === standardInput ? await readText(given, console) : given;
    const report = { ...countSegments(text), outsideGsm7: outsideGsm7(text) };
    if (json) await console.json(report);
    else await console.lines(describe(report));
    return exitCodes.ok;
  },
});

/** A character that GSM-7 does not have. */
interface ForeignCharacter {
  readonly character: string;
  /** `U+1F389`. */
  readonly codePoint: string;
  readonly count: number;
  /** Where it comes first: the characters before it. */
  readonly first: number;
}

/** Each character once, in the order of the text. */
function outsideGsm7(text: string): ForeignCharacter[] {
  const found = new Map<string, ForeignCharacter>();
  for (const [index, character] of Array.from(text).entries()) {
    if (character.length === 1 && gsm7Septets(character.charCodeAt(0)) > 0) continue;
    const { count, first } = found.get(character) ?? { count: 0, first: index };
    found.set(character, { character, codePoint: codePointOf(character), count: count + 1, first });
  }
  return [...found.values()];
}

function codePointOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function describe(report: SegmentCount & { readonly outsideGsm7: readonly ForeignCharacter[] }): string[] {
  const { encoding, segments, units, unitsPerSegment, unitsLeft, outsideGsm7 } = report;
  const facts = columns([
    ["encoding", encoding],
    ["segments", String(segments)],
    ["units", `${units}; ${unitsPerSegment} in a segment, ${unitsLeft} left in the last`],
  ]);
  if (outsideGsm7.length === 0) return facts;
  const foreign = outsideGsm7.map(({ character, codePoint, count, first }) => {
    const times = count === 1 ? "once" : `${count} times`;
    return [character, codePoint, `${times}, first at character ${first + 1}`];
  });
  return [...facts, "", "outside GSM-7:", ...columns(foreign, "  ")];
}
