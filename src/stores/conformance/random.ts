/**
 * Numbers that look random and are the same in every run, so that a failure comes again: mulberry32.
 *
 * @returns Draws a number from 0 up to, and without, 1.
 */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A copy in another order. */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** One of the items. */
export function oneOf<T>(items: readonly [T, ...T[]], random: () => number): T {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** The items in their order, in lists of one to `most`. */
export function inBatches<T>(items: readonly T[], most: number, random: () => number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += batches.at(-1)?.length ?? 1)
    batches.push(items.slice(start, start + 1 + Math.floor(random() * most)));
  return batches;
}
