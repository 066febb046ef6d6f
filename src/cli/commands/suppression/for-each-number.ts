import type { NumberResult } from "../../output/number-results.js";
import type { GivenNumber } from "../../input/numbers.js";

/** A store answers for this many well within the time that it is given. */
const chunkSize = 1000;

/**
 * Does something for all numbers that are phone numbers, some at a time, and puts what came of each in its place among
 * the others.
 */
export async function forEachNumber(
  numbers: readonly GivenNumber[],
  work: (recipients: readonly string[]) => Promise<readonly NumberResult[]>,
): Promise<NumberResult[]> {
  const results: NumberResult[] = [];
  for (let start = 0; start < numbers.length; start += chunkSize) {
    const chunk = numbers.slice(start, start + chunkSize);
    const recipients = chunk.flatMap(({ number }) => number ?? []);
    const done = (recipients.length === 0 ? [] : await work(recipients)).values();
    for (const { given, number } of chunk) {
      results.push(
        (number === undefined ? undefined : done.next().value) ?? { to: given, status: "invalid" },
      );
    }
  }
  return results;
}
