import fc from "fast-check";
import { expect, it } from "vitest";

import { exportEntries, type ExportOptions } from "../../src/ledger/export-entries.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { entryRank } from "../../src/suppression/entry-order.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { collect, fact, minute } from "../support/stores.js";
import { cut, imported, whole } from "./files.js";

/** Whatever a file format might trip over, in any order. */
const words = fc.string({
  unit: fc.oneof(
    fc.constantFrom(..."\"',;\t\r\n=+-@＝ \\{}\uFEFF\u2028".split(""), "\r\n", "STOP", "🛑", "ê", "opted-in"),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 3 }).map((text) => text.replaceAll("\0", "")),
  ),
  maxLength: 12,
});

const time = fc.date({ noInvalidDate: true, max: minute(0) });
const optional = fc.option(words, { nil: undefined });

const facts: fc.Arbitrary<SuppressionEntry> = fc
  .record({
    recipient: fc.constantFrom("+14255550101", "+14255550102", "+442079460958", "12345", "FABRIKAM"),
    sender: fc.constantFrom("+18005551234", "*", "54321", "CONTOSO", "=A+B", "confirmation:Incoming_1"),
    state: fc.constantFrom<SuppressionEntry["state"][]>("opted-out", "opted-in"),
    at: time,
    recordedAt: time,
    source: fc.constantFrom<SuppressionEntry["source"][]>("keyword", "manual", "import", "service"),
    keyword: optional,
    messageId: optional,
    note: optional,
  })
  .map(({ keyword, messageId, note, ...entry }) => ({
    ...entry,
    ...(keyword !== undefined && { keyword }),
    ...(messageId !== undefined && { messageId }),
    ...(note !== undefined && { note }),
  }));

/** What makes a fact, and when it was written down. An empty text and none are the same fact. */
function identityOf(entry: SuppressionEntry): string {
  const { recipient, sender, state, recordedAt } = entry;
  return JSON.stringify([recipient, sender, state, entryRank(entry), recordedAt]);
}

it.each<ExportOptions["format"]>(["csv", "jsonl"])(
  "a ledger that moves in a file of %s is the same ledger",
  async (format) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(facts, { maxLength: 12 }),
        fc.integer({ min: 1, max: 500 }),
        async (all, size) => {
          const ledger = new MemorySuppressionStore();
          await ledger.record(all);
          const text = await whole(exportEntries(ledger, { format, history: true, includeMarks: true }));
          const { report, store } = await imported(cut(text, size), {
            format,
            restore: true,
            allowOptIns: true,
          });
          expect(report.refusals).toEqual([]);
          for (const recipient of new Set(all.map((entry) => entry.recipient))) {
            const [before, after] = [
              await collect(ledger.history(recipient)),
              await collect(store.history(recipient)),
            ];
            expect(after.map(identityOf)).toEqual(before.map(identityOf));
          }
          expect((await collect(store.entries())).map(identityOf).toSorted()).toEqual(
            (await collect(ledger.entries())).map(identityOf).toSorted(),
          );
        },
      ),
      { numRuns: 150 },
    );
  },
);

it("an export without its history is a state that decides alike", async () => {
  const ledger = new MemorySuppressionStore();
  await ledger.record([1, 2].map((time) => fact({ at: minute(time) })));
  await ledger.record([fact({ state: "opted-in", at: minute(3) })]);
  const text = await whole(exportEntries(ledger, { format: "csv" }));
  const { entries } = await imported(text, { restore: true, allowOptIns: true });
  expect(entries).toEqual(await collect(ledger.entries()));
});
