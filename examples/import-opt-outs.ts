/** Bring opt-outs along: another service's list into a ledger, and the ledger out to a file and back. */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { MemorySuppressionStore, SuppressionList } from "acs-sms";
import { exportEntries, importEntries, readHistory, type ImportOptions } from "acs-sms/ledger";

/** What another service wrote: its own names, its own words, a date that nobody can be sure of. */
const otherService = [
  "Phone;Status;Changed at;Last message",
  '+14255550123;UNSUBSCRIBED;2026-03-02T12:00:00Z;"=STOP;please"',
  "(425) 555-0188;UNSUBSCRIBED;;",
  "+14255550144;UNSUBSCRIBED;03/04/2026;stop",
  "+14255550155;SUBSCRIBED;2026-03-02T12:00:00Z;start",
];

/** What those mean here. Opt-ins are not taken unless `allowOptIns` says so. */
const reading: ImportOptions = {
  columns: { recipient: "phone", state: "status", at: "changed at", keyword: "last message" },
  states: { unsubscribed: "opted-out", subscribed: "opted-in" },
  asOf: new Date("2026-11-20T00:00:00Z"), // for opt-outs without a time: the day of the list
  sender: "*",
  defaultCountry: "US",
  note: "The other service's list of 2026-11-20",
};

const folder = await mkdtemp(join(tmpdir(), "acs-sms-example-"));
try {
  const list = join(folder, "opted-out.csv");
  await writeFile(list, otherService.join("\n"), { mode: 0o600 });
  const ledger = new MemorySuppressionStore();

  // First look, then import.
  const preview = await importEntries(ledger, createReadStream(list), { ...reading, dryRun: true });
  console.log(`${preview.recorded} of ${preview.rows} rows would be recorded.`);
  for (const { line, field, reason } of preview.refusals) console.log(`Line ${line}: ${field} ${reason}`);
  const { recorded } = await importEntries(ledger, createReadStream(list), reading);
  console.log(`${recorded} were recorded.`);

  const [decision] = await new SuppressionList(ledger).check("+18005551234", ["+14255550188"]);
  console.log(`(425) 555-0188 is ${decision?.suppressed ? "opted out" : "not opted out"}.`);

  // The ledger moves to another store, with all its proof.
  const backup = join(folder, "ledger.csv");
  const entries = exportEntries(ledger, { format: "csv", history: true, includeMarks: true });
  await pipeline(entries, createWriteStream(backup, { mode: 0o600 }));
  const moved = new MemorySuppressionStore();
  await importEntries(moved, createReadStream(backup), { restore: true, allowOptIns: true });
  for await (const { at, source, keyword } of readHistory(moved, "+1 425 555 0123")) {
    console.log(`${at.toISOString()}: “${keyword}” (${source})`);
  }
} finally {
  await rm(folder, { recursive: true });
}
