import type { Row } from "../stores/entry-row.js";
import type { SummaryQuery } from "./querying/summary-query.js";
import type { EventRows } from "./recording/event-rows.js";

/** A database that holds a log. */
export interface LogDatabase {
  /** How many events go into one transaction. */
  readonly mostAtOnce: number;
  readonly write: (rows: EventRows) => Promise<void>;
  /** The rows of a summary's statement. */
  readonly ask: (query: SummaryQuery) => Promise<readonly Row[]>;
  /** Removes some of the messages, inbound texts and reports before these times; how many messages and others there were. */
  readonly prune: (messagesBefore: number, reportsBefore: number) => Promise<Pruned>;
  readonly close: () => Promise<void>;
}

/** What was removed in one go. */
export interface Pruned {
  readonly messages: number;
  readonly others: number;
}
