import { expected, expectedRange } from "../errors/expected.js";

const candidates = [",", ";", "\t"];

/**
 * What separates the cells of a file, going by its first line: the candidate that it has most of outside of quotation
 * marks. Where there is none, there is one column.
 */
export function delimiterOf(line: string): string {
  const plain = line.replaceAll(/"[^"]*"?/g, "");
  const counts = candidates.map((candidate) => plain.split(candidate).length - 1);
  const most = Math.max(...counts);
  const best = candidates.filter((_, index) => counts[index] === most);
  if (most === 0) return ",";
  if (best.length === 1) return best[0] ?? ",";
  throw expectedRange("delimiter", "given, as the first line has as many of one as of another", undefined);
}

/** @throws TypeError for what cannot separate cells. */
export function checkDelimiter(delimiter: unknown): void {
  if (delimiter === undefined) return;
  const isOne = typeof delimiter === "string" && /^[^"\r\n]$/.test(delimiter);
  if (!isOne) throw expected("delimiter", "one character", delimiter);
}
