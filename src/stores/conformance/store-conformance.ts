import { expected } from "../../errors/expected.js";
import type { SuppressionEntry, SuppressionStore } from "../../suppression/suppression-store.js";
import { within } from "./checks.js";
import { register, type ConformanceReport, type TestRegistrar } from "./register.js";
import { CheckedStore } from "./store/checked-store.js";
import type { StoreContext, StoreNeed } from "./store/context.js";
import { storeConcerns } from "./store/concerns.js";
import { disposeOf, given, callLimitOf, withSubject } from "./subject.js";

/** What {@link runStoreConformance} works with. */
export interface StoreConformanceOptions<Store extends SuppressionStore> {
  /** Registers a test: vitest's `test`, mocha's `it`, that of `node:test`, or whatever takes a name and a function. */
  test: TestRegistrar;
  /** Makes a store that is empty: called once for each test. */
  createStore: () => Store | Promise<Store>;
  /**
   * Ends a store, and whatever was made for it. Called once for each, and in some tests after its own
   * `[Symbol.asyncDispose]`, if it has any. Default: that.
   */
  disposeStore?: ((store: Store) => Promise<void> | void) | undefined;
  /**
   * Opens another store on the same data, as another machine would: with a connection of its own. It is disposed of by
   * its own `[Symbol.asyncDispose]`, if any, before the first one is; what else was opened for it is for `disposeStore`.
   */
  openAnother?: ((store: Store) => SuppressionStore | Promise<SuppressionStore>) | undefined;
  /** Records facts on the same data in another process, which has ended when the promise resolves. */
  recordElsewhere?: ((store: Store, entries: readonly SuppressionEntry[]) => Promise<void>) | undefined;
  /** Makes the backend of this store fail from now on, as it would in production: stop its server, cut its connection. */
  breakBackend?: ((store: Store) => Promise<void> | void) | undefined;
  /**
   * Whether the stores are ledgers. Default: what each looks like, so that whatever has `history` and `entries` is held
   * to them, and the tests of a ledger pass without a word where a store has neither. Say `false` of a store of two
   * methods, and they are left out and named in the report; say `true` of a ledger, and they cannot be.
   */
  ledger?: boolean | undefined;
  /**
   * How long one call may take before it counts as hung, in milliseconds. Default: 10,000. Let your test runner wait
   * for longer than that.
   */
  callTimeoutInMs?: number | undefined;
}

/**
 * Registers the tests that hold a suppression store to its contract, one concern after another: reading, batches, order,
 * ties, repetition, concurrency, sharing and durability, history and paging of ledgers, odd keys, failure, abort, copies
 * and disposal. What the options make possible is tested; the rest is named in what this returns, so that nothing is
 * left out silently.
 *
 * @returns What was registered, and what was left out for want of which option.
 * @throws TypeError without `test` or `createStore`; RangeError where `callTimeoutInMs` is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { execFile } from "node:child_process";
 * import { test } from "node:test";
 * import { promisify } from "node:util";
 *
 * import type { SuppressionStore } from "acs-sms";
 * import { runStoreConformance } from "acs-sms/stores/conformance";
 *
 * interface MyStore extends SuppressionStore {
 *   readonly database: { readonly url: string; stop(): Promise<void>; drop(): Promise<void> };
 * }
 * declare function openMyStore(url?: string): Promise<MyStore>;
 *
 * const { leftOut } = runStoreConformance({
 *   test: (name, run) => test(name, { timeout: 60_000 }, run),
 *   createStore: () => openMyStore(),
 *   disposeStore: (store) => store.database.drop(),
 *   openAnother: (store) => openMyStore(store.database.url),
 *   recordElsewhere: async ({ database }, entries) => {
 *     await promisify(execFile)("node", ["record.js", database.url, JSON.stringify(entries)]);
 *   },
 *   breakBackend: (store) => store.database.stop(),
 *   ledger: true,
 * });
 * assert.deepEqual(leftOut, []);
 * ```
 */
export function runStoreConformance<Store extends SuppressionStore>(
  options: StoreConformanceOptions<Store>,
): ConformanceReport<StoreNeed> {
  const { test, createStore, disposeStore, openAnother, recordElsewhere, breakBackend, ledger } = options;
  if (typeof test !== "function") throw expected("test", "a function that registers a test", test);
  if (typeof createStore !== "function")
    throw expected("createStore", "a function that makes a store", createStore);
  const limitInMs = callLimitOf(options);
  const source = { create: createStore, dispose: disposeStore, openAnother, breakBackend, limitInMs };
  const isMet = (need: StoreNeed): boolean =>
    need === "ledger" ? ledger !== false : options[need] !== undefined;
  const checked = (store: SuppressionStore): CheckedStore => new CheckedStore(store, limitInMs);
  return register(storeConcerns, isMet, test, (run: (context: StoreContext) => Promise<void>) =>
    withSubject(source, async ({ subject, ...of }) => {
      await run({
        store: checked(subject),
        openAnother: async () => checked(await of.openAnother()),
        recordElsewhere: (entries) => given("recordElsewhere", recordElsewhere)(subject, entries),
        breakBackend: of.breakBackend,
        disposeNow: () => within(limitInMs, "[Symbol.asyncDispose]", disposeOf(subject)),
        ledger,
      });
    }),
  );
}
