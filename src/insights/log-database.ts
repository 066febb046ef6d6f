import type { Row } from "../stores/entry-row.js";
import type { Dialect, Statement } from "./querying/dialect.js";
import type { EventRows } from "./recording/event-rows.js";

/** A database that holds a log. */
export interface LogDatabase {
  /** How many events go into one transaction. */
  readonly mostAtOnce: number;
  readonly write: (rows: EventRows) => Promise<void>;
  readonly dialect: Dialect;
  /** The rows that a statement in this dialect answers with. */
  readonly ask: (statement: Statement) => Promise<readonly Row[]>;
  /** Removes some of the messages, inbound texts and reports before these times; how many messages and others there were. */
  readonly prune: (messagesBefore: number, reportsBefore: number) => Promise<Pruned>;
  readonly close: () => Promise<void>;
}

/** What was removed in one go. */
export interface Pruned {
  readonly messages: number;
  readonly others: number;
}
