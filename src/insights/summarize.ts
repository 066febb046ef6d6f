import { expected } from "../errors/expected.js";
import type { MessageLog, SummaryOptions } from "./message-log.js";
import type { Summary } from "./summary.js";

/**
 * What the messages of a time came to: all together, and in groups. Each figure is explained at {@link SummaryFigures}. It is
 * worked out in the database, of one moment, and takes as long as the range is large, not as the log.
 *
 * @throws (by rejection) TypeError or RangeError for malformed options; the database's own error.
 *
 * @example
 * ```ts
 * import { formatMicros, SqliteMessageLog, summarize } from "acs-sms/insights";
 *
 * await using log = new SqliteMessageLog("insights.sqlite");
 * const november = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };
 * const prices = { currency: "USD", perSegment: { "+1": "0.0079", "*": "0.05" } };
 * const { groups, total } = await summarize(log, { ...november, groupBy: ["day"], where: { tag: "sale" }, prices });
 * for (const { key, delivered, failed, optOuts } of groups) console.log(key.day, delivered, failed, optOuts);
 * console.log(formatMicros(total.cost?.micros ?? 0, "USD"));
 * ```
 */
export async function summarize(log: MessageLog, options: SummaryOptions): Promise<Summary> {
  if (typeof log?.summarize !== "function") throw expected("log", "a MessageLog", log);
  return log.summarize(options);
}
