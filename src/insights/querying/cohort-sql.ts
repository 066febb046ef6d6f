import type { GroupKey } from "../summary.js";
import { isTimeKey } from "../group-keys.js";
import type { Dialect } from "./dialect.js";
import type { Wanted } from "./checked-options.js";
import { properties, type SummaryQuery } from "./summary-query.js";

/** How long after the report timeout a report may still be on its way: Event Grid tries for 24 hours. */
const graceInMs = 24 * 3_600_000;

/** The recipient had opted out; the carrier confirms nothing. */
const [optedOut, unconfirmed] = [4007, 5002];

/** The columns of the keys of a group. */
export function keyColumns(groupBy: readonly GroupKey[]): readonly string[] {
  return groupBy.map((_, index) => `k${index}`);
}

/** The messages of a query, each with what became of it. */
export function cohort(query: SummaryQuery, dialect: Dialect): string {
  const { groupBy, buckets } = query;
  const isInBuckets = buckets !== undefined;
  const keys = groupBy.map((key, index) => `${keySql(key, dialect)} AS k${index}`);
  const own = ["identity", "recipient", "prefix", "at", "segments"].map((column) => `m.${column}`);
  const columns = [...keys, ...own, "d.code", `${fateSql(dialect)} AS fate`, `${latencySql} AS latency`];
  const before = isInBuckets && dialect.buckets !== undefined ? `${dialect.buckets}, ` : "";
  return `${before}cohort AS MATERIALIZED (
      SELECT ${columns.join(", ")}
      FROM ${withReports(isInBuckets ? dialect.messagesInBuckets : dialect.messages, dialect)}
      WHERE ${[isInBuckets ? dialect.isInBucket : dialect.isInRange, ...filters(query.where, propertySql, dialect)].join(" AND ")}
    )`;
}

function keySql(key: GroupKey, { begin }: Dialect): string {
  return isTimeKey(key) ? begin(key) : `m.${properties[key]}`;
}

/** What holds the properties of a message `m`. */
export const propertySql: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(properties).map(([property, column]) => [property, `m.${column}`]),
);

/** That properties have one of the values that are wanted of them; of one alone an index gives the rows in order. */
export function filters(
  where: Wanted,
  sql: Readonly<Record<string, string>>,
  { texts }: Dialect,
): readonly string[] {
  const wanted = Object.entries(where).filter(([property]) => property in sql);
  return wanted.map(
    ([property, { length }]) => `${sql[property]} ${length === 1 ? "=" : "IN"} (${texts(property)})`,
  );
}

/** The reports `d` of messages `m`. Only an accepted message has an id, and so a report. */
export function withReports(messages: string, { deliveries }: Dialect): string {
  return `${messages} LEFT JOIN ${deliveries} AS d ON d.message_id = m.message_id`;
}

/** What became of a message `m` with the report `d`. */
export function fateSql({ integer }: Dialect): string {
  return `CASE WHEN m.status <> 'accepted' THEN m.status
      WHEN d.is_failed = 0 THEN 'delivered' WHEN d.code = ${optedOut} THEN 'blocked'
      WHEN d.code = ${unconfirmed} THEN 'unconfirmed' WHEN d.is_failed = 1 THEN 'failed'
      WHEN m.report_timeout IS NULL THEN 'unreported'
      WHEN m.at + m.report_timeout * 1000 + ${graceInMs} > ${integer(3)} THEN 'pending' ELSE 'overdue' END`;
}

/** Clocks differ: what seems to have arrived before it was taken took no time. */
const latencySql = `CASE WHEN d.is_failed = 0 AND d.last_attempt_at <= m.at THEN 0
          WHEN d.is_failed = 0 THEN d.last_attempt_at - m.at END`;
