/** Waits for something, but not for longer than that; what comes of it later is not looked at. */
export async function within(mostInMs: number, something: Promise<unknown>): Promise<void> {
  const { promise: tooLong, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, mostInMs);
  try {
    await Promise.race([something, tooLong]);
  } finally {
    clearTimeout(timer);
    something.catch(() => undefined);
  }
}
