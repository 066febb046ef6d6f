import type { ImportReport } from "../../ledger/import-report.js";
import { columns } from "./columns.js";
import type { Console } from "./console.js";
import { count } from "./progress-bar.js";

/** Prints how many rows became what, and the first that were refused. */
export async function printImportReport(report: ImportReport, console: Console): Promise<void> {
  const { rows, recorded, unchanged, refused, lifted, refusals, dryRun } = report;
  const counts = columns([
    ["rows", count(rows)],
    [dryRun ? "to be recorded" : "recorded", count(recorded)],
    ["known already", count(unchanged)],
    ["refused", count(refused)],
    ["opt-outs lifted", count(lifted)],
  ]);
  await console.lines(counts);
  if (refused === 0) return;
  await console.line();
  await console.lines(refusals.map(({ line, field, reason }) => `line ${line}: ${field ?? "it"} ${reason}`));
  if (refused > refusals.length) await console.line(`and ${count(refused - refusals.length)} more`);
}
