import type { ConformanceReport } from "../../../src/stores/conformance/index.js";

/** A test that a suite has registered. */
export interface CollectedTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Collects what a suite registers instead of running it. */
export function collected<R extends ConformanceReport>(
  suite: (test: (name: string, run: () => Promise<void>) => void) => R,
): { readonly report: R; readonly tests: readonly CollectedTest[] } {
  const tests: CollectedTest[] = [];
  const report = suite((name, run) => tests.push({ name, run }));
  return { report, tests };
}

/** Runs tests one after the other, until one fails with a message; gives the messages of those that failed. */
export async function failuresOf(tests: readonly CollectedTest[], until: RegExp): Promise<string[]> {
  const failures: string[] = [];
  for (const { run } of tests) {
    const failure = await messageOf(run());
    if (failure !== undefined) failures.push(failure);
    if (failure !== undefined && until.test(failure)) break;
  }
  return failures;
}

async function messageOf(run: Promise<void>): Promise<string | undefined> {
  try {
    await run;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The tests of one concern. */
export function ofConcern(tests: readonly CollectedTest[], concern: string): CollectedTest[] {
  return tests.filter(({ name }) => name.startsWith(`${concern}: `));
}
