import type { OptOutDifference, ReconcileReport } from "../../ledger/reconcile-report.js";
import { redact } from "../../privacy/safe-error.js";
import { columns } from "./columns.js";
import type { Console } from "./console.js";
import { count } from "./progress-bar.js";

/** Prints each difference and the sums, or one document. */
export async function printReconciliation(
  report: ReconcileReport,
  differences: readonly OptOutDifference[],
  isJson: boolean,
  console: Console,
): Promise<void> {
  const shown = differences.map((difference) => ({
    ...difference,
    error: difference.error && redact(difference.error.message, console.secrets),
  }));
  if (isJson) return console.json({ ...report, differences: shown });
  await console.lines(
    columns(shown.map(({ recipient, kind, action, error = "" }) => [recipient, kind, action, error])),
  );
  if (shown.length > 0) await console.line();
  await console.lines(columns(sums(report)));
}

function sums(report: ReconcileReport): string[][] {
  const { checked, inBoth, onlyInService, onlyInList, unknown, recorded, added, failed } = report;
  const named = {
    compared: checked,
    "opted out in both": inBoth,
    "only in the service": onlyInService,
    "only in the store": onlyInList,
    unknown,
    "added to the store": recorded,
    "added to the service": added,
    "refused by the service": failed,
  };
  return Object.entries(named).map(([name, number]) => [name, count(number)]);
}
