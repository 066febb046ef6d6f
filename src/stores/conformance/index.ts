/**
 * The tests that every store and every inbox of this package passes, for one of your own: over whatever database, with
 * whatever test runner. They need `node:assert` and nothing else, and draw what looks random from a fixed seed, so that
 * a failure comes again. What they say in a failure is what the contract demands, and what becomes of people's opt-outs
 * where it is not met.
 *
 * @example
 * A store of two methods, proved:
 * ```ts
 * import { test } from "node:test";
 *
 * import { compareEntries, type SuppressionEntry, type SuppressionStore } from "acs-sms";
 * import { runStoreConformance } from "acs-sms/stores/conformance";
 *
 * function createStore(): SuppressionStore {
 *   const rows = new Map<string, SuppressionEntry>();
 *   return {
 *     async find(recipients, options) {
 *       options?.abortSignal?.throwIfAborted();
 *       const all = [...rows.values()].map((row) => structuredClone(row));
 *       return recipients.map((recipient) => all.filter((row) => row.recipient === recipient));
 *     },
 *     async record(entries, options) {
 *       options?.abortSignal?.throwIfAborted();
 *       return entries.map((entry) => {
 *         const key = JSON.stringify([entry.recipient, entry.sender, entry.state]);
 *         const known = rows.get(key);
 *         if (known !== undefined && compareEntries(entry, known) <= 0) return false;
 *         rows.set(key, structuredClone(entry));
 *         return true;
 *       });
 *     },
 *   };
 * }
 *
 * runStoreConformance({ test, createStore, ledger: false });
 * ```
 *
 * @packageDocumentation
 */
export { runInboxConformance, type InboxConformanceOptions } from "./inbox-conformance.js";
export { runStoreConformance, type StoreConformanceOptions } from "./store-conformance.js";
export type { InboxNeed } from "./inbox/context.js";
export type { StoreNeed } from "./store/context.js";
export type { ConformanceReport, TestRegistrar } from "./register.js";
