import type { OptOutsClient } from "../client/opt-outs.js";
import { expected } from "../errors/expected.js";
import { keyOf } from "../suppression/key-of.js";
import type { SuppressionList } from "../suppression/suppression-list.js";
import type { SuppressionLedger, SuppressionStoreOptions } from "../suppression/suppression-store.js";
import { isIterable } from "./reconcile-recipients.js";
import type { OptOutDifference, ReconcileReport } from "./reconcile-report.js";

/** What is compared, and which way opt-outs go. */
export interface ReconcileOptions extends SuppressionStoreOptions {
  /** The service's list: `sms.optOuts`. */
  optOuts: Pick<OptOutsClient, "add" | "check">;
  /** The list of this side; its policy decides who is opted out. */
  suppression: Pick<SuppressionList, "check" | "optOut">;
  /** The sender that both sides are asked about, as the service knows it: `+18005551234`. */
  from: string;
  /** Who is compared: numbers in E.164, any number of them, or a ledger for everybody it knows anything about. */
  recipients: Iterable<string> | AsyncIterable<string> | Pick<SuppressionLedger, "entries">;
  /**
   * Where opt-outs are added that the other side has. `"from-service"`: to the store of `suppression`; `"to-service"`: to
   * the service's list.
   */
  direction: "from-service" | "to-service" | "both";
  /** Compares and tells, but adds nothing. Default: `false`. */
  dryRun?: boolean | undefined;
  /** Told of each difference, after something was done about it. */
  onDifference?: ((difference: OptOutDifference) => void) | undefined;
  /** Told how far it is: at most ten times a second, and at the end. */
  onProgress?: ((report: ReconcileReport) => void) | undefined;
}

/** @throws TypeError for what is malformed. */
export function checkReconcileOptions(options: ReconcileOptions): void {
  if (typeof options !== "object" || options === null) throw expected("options", "an object", options);
  const { optOuts, suppression, from, recipients, direction, dryRun } = options;
  if (typeof optOuts?.check !== "function" || typeof optOuts.add !== "function") {
    throw expected("optOuts", "the opt-outs of an SmsClient, with `check` and `add`", optOuts);
  }
  if (typeof suppression?.check !== "function" || typeof suppression.optOut !== "function") {
    throw expected("suppression", "a SuppressionList, with `check` and `optOut`", suppression);
  }
  keyOf("from", from);
  const isObject = typeof recipients === "object" && recipients !== null;
  if (!isObject || !(isIterable(recipients) || typeof recipients.entries === "function")) {
    throw expected("recipients", "an iterable of phone numbers, or a ledger", recipients);
  }
  if (direction !== "from-service" && direction !== "to-service" && direction !== "both") {
    throw expected("direction", '"from-service", "to-service" or "both"', direction);
  }
  if (dryRun !== undefined && typeof dryRun !== "boolean") throw expected("dryRun", "a boolean", dryRun);
  for (const name of ["onDifference", "onProgress"] as const) {
    const value: unknown = options[name];
    if (value !== undefined && typeof value !== "function") throw expected(name, "a function", value);
  }
}
