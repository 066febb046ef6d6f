/** Works on every item, on so many at once, and gives the result of each. After a failure no other item is begun. */
export async function inParallel<T, R>(
  items: Iterable<T>,
  most: number,
  work: (item: T) => Promise<R>,
): Promise<Map<T, R>> {
  const results = new Map<T, R>();
  const queue = oneByOne(items);
  const worker = async (): Promise<void> => {
    for (const item of queue) results.set(item, await work(item));
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}

/** A generator, unlike an array's iterator, ends for all who share it where one leaves its loop with an error. */
function* oneByOne<T>(items: Iterable<T>): Generator<T, void, undefined> {
  yield* items;
}
