import { wrongType } from "../settings/expected.js";

/** A test runner's way to have something done before or after tests. */
export type TestHook = (run: () => Promise<void>) => unknown;

/**
 * A test runner's hooks: `beforeAll` and `afterAll` of vitest or Jest, or `before` and `after` of `node:test` or Mocha.
 * `beforeEach` and `afterEach` of any of them do it for each test. Of several pairs the first in this order is taken.
 */
export type TestHooks =
  | { readonly beforeAll: TestHook; readonly afterAll: TestHook }
  | { readonly before: TestHook; readonly after: TestHook }
  | { readonly beforeEach: TestHook; readonly afterEach: TestHook };

const pairs = [
  ["beforeAll", "afterAll"],
  ["before", "after"],
  ["beforeEach", "afterEach"],
] as const;

/** The two hooks that a caller gave. */
export function readHooks(hooks: TestHooks): readonly [begin: TestHook, end: TestHook] {
  const given: Partial<Record<string, unknown>> = { ...hooks };
  for (const [before, after] of pairs) {
    const [begin, end] = [given[before], given[after]];
    if (isHook(begin) && isHook(end)) return [begin, end];
  }
  const wanted = pairs.map((names) => `{ ${names.join(", ")} }`).join(" or ");
  throw wrongType("hooks", wanted, hooks);
}

function isHook(value: unknown): value is TestHook {
  return typeof value === "function";
}
