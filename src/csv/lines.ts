import type { SourcePosition } from "./text-source.js";

/** One line of a file. */
export interface Line {
  /** Its number in the file, from 1. */
  readonly number: number;
  /** The line without its end. */
  readonly text: string;
  /** Its end: a line break, or nothing at the end of the file. */
  readonly end: string;
}

/** Far more than a row takes; a line above this is no list of numbers, and is not read into memory. */
export const longestLine = 1_048_576;

/** The lines of a text, as many at a time as come with one chunk. They end as Windows, Unix or an old Mac has it. */
export async function* linesOf(
  chunks: AsyncIterable<string>,
  position: SourcePosition,
): AsyncGenerator<Line[], void, undefined> {
  let rest = "";
  for await (const chunk of chunks) {
    const { lines, rest: unfinished } = split(rest + chunk, position);
    rest = unfinished;
    if (rest.length > longestLine) throw tooLong(position.line + 1);
    if (lines.length > 0) yield lines;
  }
  const { lines, rest: last } = split(rest, position, true);
  if (last !== "") lines.push({ number: ++position.line, text: last, end: "" });
  if (lines.length > 0) yield lines;
}

function split(text: string, position: SourcePosition, isLast = false): { lines: Line[]; rest: string } {
  const lines: Line[] = [];
  const breaks = /\r\n|\n|\r/g;
  let start = 0;
  for (let found = breaks.exec(text); found !== null; found = breaks.exec(text)) {
    const [end] = found;
    // The other half of a line break may be in the next chunk.
    if (end === "\r" && breaks.lastIndex === text.length && !isLast) break;
    if (found.index - start > longestLine) throw tooLong(position.line + 1);
    lines.push({ number: ++position.line, text: text.slice(start, found.index), end });
    start = breaks.lastIndex;
  }
  return { lines, rest: text.slice(start) };
}

function tooLong(line: number): RangeError {
  return new RangeError(
    `Expected \`source\` to be lines of at most ${longestLine} characters, got a longer one at line ${line}.`,
  );
}
