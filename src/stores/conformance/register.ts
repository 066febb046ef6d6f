/** Registers one test, as vitest's `test`, mocha's `it` or that of `node:test` does. */
export type TestRegistrar = (name: string, run: () => Promise<void>) => unknown;

/** One thing that a contract demands, as tests of their own. */
export interface Concern<Context, Need extends string> {
  /** Begins the name of each of its tests. */
  readonly name: string;
  /** The options without which it cannot be tested. */
  readonly needs: readonly Need[];
  readonly tests: Readonly<Record<string, (context: Context) => Promise<void>>>;
}

/** What a suite holds its subject to. */
export interface ConformanceReport<Need extends string = string> {
  /** The concerns whose tests were registered. */
  readonly registered: readonly string[];
  /** The concerns that were left out, and the options that each is missing. */
  readonly leftOut: readonly { readonly concern: string; readonly needs: readonly Need[] }[];
}

/** Registers the tests of each concern whose needs are met, and tells which those are. */
export function register<Context, Need extends string>(
  concerns: readonly Concern<Context, Need>[],
  isMet: (need: Need) => boolean,
  test: TestRegistrar,
  withContext: (run: (context: Context) => Promise<void>) => Promise<void>,
): ConformanceReport<Need> {
  const registered: string[] = [];
  const leftOut: { concern: string; needs: readonly Need[] }[] = [];
  for (const { name, needs, tests } of concerns) {
    const missing = needs.filter((need) => !isMet(need));
    if (missing.length > 0) {
      leftOut.push({ concern: name, needs: missing });
      continue;
    }
    registered.push(name);
    for (const [what, run] of Object.entries(tests)) test(`${name}: ${what}`, () => withContext(run));
  }
  return { registered, leftOut };
}
