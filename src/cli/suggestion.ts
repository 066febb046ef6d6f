/** A typing mistake changes few characters; what differs in more was meant to be something else. */
const mostEdits = 3;

/** ` Did you mean …?` for the name nearest to what was typed, or nothing where none is near. */
export function didYouMean(typed: string, names: readonly string[]): string {
  const ranked = names.map((name) => ({ name, edits: distance(typed, name) }));
  const [nearest] = ranked.toSorted((a, b) => a.edits - b.edits);
  if (nearest === undefined) return "";
  const isNear = nearest.edits <= Math.min(mostEdits, Math.floor(typed.length / 2));
  return isNear ? ` Did you mean ${nearest.name}?` : "";
}

/** How many characters must be put in, taken out or replaced to make `b` of `a` (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, character] of Array.from(a).entries()) {
    const current = [row + 1];
    for (let column = 0; column < b.length; column++) {
      const replaced = (previous[column] ?? 0) + (character === b[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
