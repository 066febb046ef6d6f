import { AtIntervals } from "./at-intervals.js";
import { ChunkReconciliation } from "./reconcile-chunk.js";
import { checkReconcileOptions, type ReconcileOptions } from "./reconcile-options.js";
import { recipientsOf } from "./reconcile-recipients.js";
import type { ReconcileReport } from "./reconcile-report.js";
import { ReconcileTally } from "./reconcile-tally.js";
import { abortable } from "../errors/abortable.js";
import { withReport } from "./with-report.js";

/** As many as one request to the service takes, so that what is decided about them is as fresh as can be. */
const recipientsPerChunk = 100;

/**
 * Compares the opt-outs of a suppression list with those that the service keeps for a sender, and adds to either what the
 * other has. It only ever **adds opt-outs**, and only in the direction that is named: it removes nothing, and makes no
 * opt-in of the service's "not opted out", which is no consent (for a toll-free number the service knows STOP alone, and
 * no other word that people use).
 *
 * An opt-out from the service is recorded with `source: "service"` and the time at which its check began, as the service
 * knows none: a START that comes while this runs is newer, and stands. One that goes to the service goes as the list
 * decides, with its programmes, `"*"` and `revokeAll`.
 *
 * The service takes 100 recipients a request, and has to be asked about each. It keeps such a list for toll-free numbers of
 * allow-listed resources.
 *
 * @throws (by rejection) TypeError for malformed options; RestError where the service refuses a request; SmsError
 * `suppression-unavailable` where the store failed; AbortError; what `recipients` throws. Each that comes after the start
 * carries a `report` (a {@link ReconcileReport}) of the recipients done with by then; comparing again is harmless.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 * import { reconcileOptOuts } from "acs-sms/ledger";
 *
 * const ledger = new MemorySuppressionStore();
 * const suppression = new SuppressionList(ledger);
 * const sms = new SmsClient(process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!, { suppression });
 * const report = await reconcileOptOuts({
 *   optOuts: sms.optOuts,
 *   suppression,
 *   from: "+18005551234",
 *   recipients: ledger,
 *   direction: "from-service",
 *   onDifference: ({ kind, action }) => console.log(kind, action),
 * });
 * console.log(report.recorded, report.unknown);
 * ```
 */
export async function reconcileOptOuts(options: ReconcileOptions): Promise<ReconcileReport> {
  checkReconcileOptions(options);
  const { recipients, dryRun = false, abortSignal } = options;
  const tally = new ReconcileTally(dryRun, options.onDifference);
  const chunks = new ChunkReconciliation({ ...options }, tally);
  const progress = new AtIntervals(options.onProgress);
  try {
    for await (const chunk of inChunks(abortable(recipientsOf(recipients, abortSignal), abortSignal))) {
      await chunks.reconcile(chunk);
      progress.tell(() => tally.report());
    }
  } catch (error) {
    throw withReport(error, tally.report());
  }
  progress.last(tally.report());
  return tally.report();
}

async function* inChunks(numbers: AsyncIterable<unknown>): AsyncGenerator<unknown[], void, undefined> {
  let chunk: unknown[] = [];
  for await (const number of numbers) {
    if (chunk.push(number) < recipientsPerChunk) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
