import { attributedTo } from "./attribution-sql.js";
import type { Wanted } from "./checked-options.js";
import { fateSql, filters, propertySql, withReports } from "./cohort-sql.js";
import type { Dialect, Statement } from "./dialect.js";
import type { MessagesQuery, ReadingQuery } from "./reading-query.js";

/** What comes next: so many rows before the last one that was read, in time or else by its key. */
export interface Page {
  readonly time: number;
  readonly key: string;
  readonly size: number;
}

/** What holds the time and the key of a row, by which rows are in order. */
interface Order {
  readonly time: string;
  readonly key: string;
}

/** Values: the beginning of the range, the page's time, `at`, what is wanted, the page's size. */
export function messagesStatement(query: MessagesQuery, page: Page, dialect: Dialect): Statement {
  const { where, from, at } = query;
  const fate = fateSql(dialect);
  const code = "CASE WHEN d.message_id IS NOT NULL THEN coalesce(CAST(d.code AS text), 'none') END";
  const isWanted = [
    ...filters(where, { ...propertySql, recipient: "m.recipient" }, dialect),
    ...filters(where, { outcome: fate, code }, dialect).map(half),
  ];
  const messages = "recipient" in where ? dialect.messagesOfPerson("m") : dialect.messages;
  const order = { time: "m.at", key: "m.identity" };
  const sql = `SELECT m.at AS time, m.identity AS key, m.message_id, m.sender, m.recipient, m.country, m.tag, m.segments,
      m.text, ${fate} AS outcome, d.code, d.last_attempt_at, d.received_at
    FROM ${withReports(messages, dialect)}
    WHERE ${[...before(order, dialect), ...isWanted].join(" AND ")}
    ${newestFirst(order)} LIMIT ${dialect.integer(5)}`;
  return { sql, values: [from, page.time, at, details(where, page), page.size] };
}

/**
 * Says the same so that Postgres takes half of the rows for wanted, as it does of any CASE. Else it takes nearly all for unwanted,
 * as it cannot know, and sorts the whole range for each page.
 */
function half(condition: string): string {
  return `CASE WHEN ${condition} THEN true ELSE false END`;
}

const inboundColumns = { sender: "i.sender", recipient: "i.recipient", intent: "i.intent" };

/** Values: the beginning of the range, the page's time, the page's size, what is wanted. */
export function inboundStatement({ where, from }: ReadingQuery, page: Page, dialect: Dialect): Statement {
  const isWanted = filters(where, inboundColumns, dialect);
  const order = { time: "i.received_at", key: "i.message_id" };
  const sql = `SELECT i.received_at AS time, i.message_id AS key, i.recipient, i.sender, i.intent, i.text,
      ${attributedTo(dialect)} AS in_reply_to
    FROM ${"recipient" in where ? dialect.inboundOfPerson : dialect.inbound}
    WHERE ${[...before(order, dialect), ...isWanted].join(" AND ")}
    ${newestFirst(order)} LIMIT ${dialect.integer(3)}`;
  return { sql, values: [from, page.time, page.size, details(where, page)] };
}

function details(where: Wanted, { key }: Page): string {
  return JSON.stringify({ ...where, key: [key] });
}

/** That a row is in the range and comes after the last one; the time alone is what an index is searched by. */
function before({ time, key }: Order, { integer, texts }: Dialect): readonly string[] {
  return [
    `${time} >= ${integer(1)}`,
    `${time} <= ${integer(2)}`,
    `(${time} < ${integer(2)} OR ${key} < (${texts("key")}))`,
  ];
}

function newestFirst({ time, key }: Order): string {
  return `ORDER BY ${time} DESC, ${key} DESC`;
}
