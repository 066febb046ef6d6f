/**
 * Insights: what was sent, what arrived, who answered and who left, written down behind the sending and summed up.
 *
 * @packageDocumentation
 */
export type {
  InboundOptions,
  InboundWhere,
  LoggedInbound,
  LoggedMessage,
  MessageOutcome,
  MessagesOptions,
  MessagesWhere,
} from "./logged-message.js";
export type { MessageLog, MessageLogOptions, MessageLogState, SummaryOptions } from "./message-log.js";
export { messageLogMigration } from "./postgres-log-migration.js";
export { PostgresMessageLog, type PostgresMessageLogOptions } from "./postgres-message-log.js";
export { SqliteMessageLog, type SqliteMessageLogOptions } from "./sqlite-message-log.js";
export type { Alert, AlertRule } from "./alerts/alert-rule.js";
export { findAlerts } from "./alerts/find-alerts.js";
export { watchMessages, type WatchOptions } from "./alerts/watch-messages.js";
export { latencyBoundsInSeconds } from "./latency-bounds.js";
export { summarize } from "./summarize.js";
export type { GroupKey, Quantiles, Summary, SummaryCost, SummaryFigures, SummaryGroup } from "./summary.js";
export { formatMicros, priceOf, type PriceTable, type SegmentPrice } from "../prices/price-table.js";
