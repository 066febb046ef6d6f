/** A list in pieces of at most `size`, in order. */
export function splitEvery<T>(size: number, list: readonly T[]): readonly (readonly T[])[] {
  if (list.length <= size) return list.length === 0 ? [] : [list];
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
