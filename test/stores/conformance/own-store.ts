import assert from "node:assert/strict";
import { test } from "node:test";

import { compareEntries, type SuppressionEntry, type SuppressionStore } from "acs-sms";
import { runStoreConformance } from "acs-sms/stores/conformance";

/*
 * What a caller does to prove a store of their own: run by plain `node`, against the built package. Whether it is
 * spoiled is its first argument: then the opt-in and the opt-out of one sender share a place.
 */

const [what = "whole"] = process.argv.slice(2);

function createStore(): SuppressionStore {
  const rows = new Map<string, Map<string, SuppressionEntry>>();
  return {
    async find(recipients, options) {
      options?.abortSignal?.throwIfAborted();
      return recipients.map((recipient) =>
        Array.from(rows.get(recipient)?.values() ?? [], (row) => structuredClone(row)),
      );
    },
    async record(entries, options) {
      options?.abortSignal?.throwIfAborted();
      return entries.map((entry) => {
        const row = rows.get(entry.recipient) ?? new Map<string, SuppressionEntry>();
        rows.set(entry.recipient, row);
        const place = JSON.stringify(what === "spoiled" ? [entry.sender] : [entry.sender, entry.state]);
        const known = row.get(place);
        if (known !== undefined && compareEntries(entry, known) <= 0) return false;
        row.set(place, structuredClone(entry));
        return true;
      });
    },
  };
}

const { leftOut } = runStoreConformance({ test, createStore, ledger: false });
const missing = new Set(leftOut.flatMap(({ needs }) => needs));
assert.deepEqual([...missing], ["openAnother", "recordElsewhere", "ledger", "breakBackend"]);
