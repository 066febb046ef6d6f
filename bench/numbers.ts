/** `count` different numbers, all of which begin with `prefix`, of which 7 digits are left out. */
export function numbersFrom(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => prefix + String(index).padStart(7, "0"));
}

/** Lists of `size` recipients, together more than any cache of a processor is fond of. */
export function recipientBatches(size: number): string[][] {
  const numbers = numbersFrom("+1425", 20_000);
  return Array.from({ length: numbers.length / size }, (_, index) =>
    numbers.slice(index * size, (index + 1) * size),
  );
}

/** Enough for a list that looks lived in. None of them is ever a recipient. */
export const optedOutNumbers = (): string[] => numbersFrom("+1206", 5000);
