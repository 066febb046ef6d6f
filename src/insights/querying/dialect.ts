import { timeKeys, type TimeKey } from "../group-keys.js";
import type { SummaryQuery } from "./summary-query.js";

/** A statement that only reads, and its values in their order. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/**
 * In what SQLite and Postgres differ. The values of a summary's statement are: 1 `from`, 2 `to`, 3 `at`, in milliseconds, and 4
 * what {@link detailsOf} gives. Those of other statements have integers and lists in the same places.
 */
export interface Dialect {
  /** A value as an integer. */
  readonly integer: (place: 1 | 2 | 3 | 5) => string;
  /** A subquery for the texts of a list in the details. */
  readonly texts: (list: string) => string;
  /** The functions that make JSON of names and values, and of values; and a value as text. */
  readonly object: string;
  readonly list: string;
  readonly text: (value: string) => string;
  /** Of the values in a group that at a place, from 1, in their order. */
  readonly nth: (value: string, place: string) => string;
  /** What makes rows of prefixes and prices. */
  readonly prices: string;
  /** What comes before the cohort in WITH, where time is asked for. */
  readonly buckets: string | undefined;
  /** The messages `m` of the range, in FROM, with and without buckets. */
  readonly messages: string;
  readonly messagesInBuckets: string;
  /** That a message is in the range. */
  readonly isInRange: string;
  readonly isInBucket: string;
  /** The instant at which the minute, hour, day or week of a message begins. */
  readonly begin: (unit: TimeKey) => string;
  readonly deliveries: string;
  readonly inbound: string;
  /** The same of one person, or some. */
  readonly inboundOfPerson: string;
  readonly messagesOfPerson: (alias: "m" | "p") => string;
}

/** What a statement is given besides times. */
export function detailsOf({ where, buckets, prices }: SummaryQuery): string {
  return JSON.stringify({ ...where, buckets: buckets ?? [], prices: prices?.byPrefix ?? [] });
}

/** Where a bucket has the beginning of its minute, hour, day or week: behind its own ends. */
function placeOf(unit: TimeKey): number {
  return 2 + timeKeys.indexOf(unit);
}

const details4 = "?4";

export const sqliteDialect: Dialect = {
  integer: (place) => `?${place}`,
  texts: (list) => `SELECT value FROM json_each(${details4}, '$.${list}')`,
  object: "json_object",
  list: "json_array",
  text: (value) => value,
  nth: (value, place) => `jsonb_group_array(${value} ORDER BY ${value}) ->> (${place} - 1)`,
  prices: `SELECT value ->> 0 AS prefix, value ->> 1 AS micros FROM json_each(${details4}, '$.prices')`,
  buckets: `buckets AS MATERIALIZED (
    SELECT value ->> 0 AS start, value ->> 1 AS until, ${timeKeys.map((unit) => `value ->> ${placeOf(unit)} AS begin_${unit}`).join(", ")}
    FROM json_each(${details4}, '$.buckets'))`,
  // Said aloud: without statistics SQLite may take another index, and read all that a sender ever sent.
  messages: "acs_sms_messages AS m INDEXED BY acs_sms_messages_at",
  // CROSS JOIN keeps the order: each bucket is a stretch of the index.
  messagesInBuckets: "buckets AS b CROSS JOIN acs_sms_messages AS m INDEXED BY acs_sms_messages_at",
  isInRange: "m.at >= ?1 AND m.at < ?2",
  isInBucket: "m.at >= b.start AND m.at < b.until",
  begin: (unit) => `CAST(b.begin_${unit} AS TEXT)`,
  deliveries: "acs_sms_deliveries",
  inbound: "acs_sms_inbound AS i INDEXED BY acs_sms_inbound_received",
  inboundOfPerson: "acs_sms_inbound AS i INDEXED BY acs_sms_inbound_recipient",
  messagesOfPerson: (alias) => `acs_sms_messages AS ${alias} INDEXED BY acs_sms_messages_recipient`,
};

export function postgresDialect(name: (table: string) => string): Dialect {
  const details = "($4::text::json)";
  // Computed once, and searched by halves: joined as rows, every message might be compared with every bucket.
  const bucketValues = (place: number): string =>
    `ARRAY(SELECT (bucket ->> ${place})::bigint FROM json_array_elements(${details} -> 'buckets') AS bucket)`;
  return {
    integer: (place) => `$${place}::text::bigint`,
    texts: (list) => `SELECT json_array_elements_text(${details} -> '${list}')`,
    object: "json_build_object",
    list: "json_build_array",
    text: (value) => `(${value})::text`,
    nth: (value, place) => `(array_agg(${value} ORDER BY ${value}))[(${place})::integer]`,
    prices: `SELECT price ->> 0 AS prefix, (price ->> 1)::bigint AS micros
      FROM json_array_elements(${details} -> 'prices') AS price`,
    buckets: undefined,
    messages: `${name("acs_sms_messages")} AS m`,
    messagesInBuckets: `${name("acs_sms_messages")} AS m`,
    isInRange: "m.at >= $1::text::bigint AND m.at < $2::text::bigint",
    isInBucket: "m.at >= $1::text::bigint AND m.at < $2::text::bigint",
    begin: (unit) => `((${bucketValues(placeOf(unit))})[width_bucket(m.at, ${bucketValues(0)})])::text`,
    deliveries: name("acs_sms_deliveries"),
    inbound: `${name("acs_sms_inbound")} AS i`,
    inboundOfPerson: `${name("acs_sms_inbound")} AS i`,
    messagesOfPerson: (alias) => `${name("acs_sms_messages")} AS ${alias}`,
  };
}
