import { attributedTo, attributionInMs } from "./attribution-sql.js";
import { cohort, keyColumns } from "./cohort-sql.js";
import type { Dialect } from "./dialect.js";
import { fatesSql } from "./fates-sql.js";
import { latencyBands } from "./latency-bands.js";
import type { SummaryQuery } from "./summary-query.js";

/** What a row of the answer is about. */
export type SummaryPart = "fates" | "people" | "latency" | "answers" | "reply-times" | "unattributed";

/**
 * One statement for a whole summary, so that all of it is of one moment. Each row of the answer has a `part`, the `keys` of its
 * group as a JSON list, or NULL for the total, and its `figures` as a JSON object. What can be added up is given by group alone.
 */
export function summaryStatement(query: SummaryQuery, dialect: Dialect): string {
  const keys = keyColumns(query.groupBy);
  const tables = [
    `prices AS MATERIALIZED (${dialect.prices})`,
    cohort(query, dialect),
    people(keys),
    ...answers(keys, dialect),
  ];
  const fates = fatesSql(keys, query);
  const parts = [
    part("fates", fates.source, fates.figures, keys, dialect, ["fate", "code"]),
    persons(keys, dialect),
    ...partsBy([], dialect),
  ];
  if (keys.length > 0)
    parts.push(part("people", "people", peopleFigures, keys, dialect), ...partsBy(keys, dialect));
  return `WITH ${tables.join(", ")}
    ${[...parts, unattributed(dialect)].join("\n    UNION ALL\n    ")}`;
}

type Figures = Readonly<Record<string, string>>;

/** Everybody once in each group: to put them in order once is faster than to count different ones again and again. */
function people(keys: readonly string[]): string {
  const columns = ["recipient", ...keys].join(", ");
  return `people AS MATERIALIZED (
      SELECT ${columns}, max(CASE WHEN fate = 'delivered' THEN 1 ELSE 0 END) AS is_reached
      FROM cohort WHERE recipient IS NOT NULL GROUP BY ${columns}
    )`;
}

const peopleFigures: Figures = { recipients: "count(*)", reached: "coalesce(sum(is_reached), 0)" };

/** The same of all groups together. */
function persons(keys: readonly string[], dialect: Dialect): string {
  const once = "(SELECT max(is_reached) AS is_reached FROM people GROUP BY recipient) AS persons";
  return part("people", keys.length > 0 ? once : "people", peopleFigures, [], dialect);
}

/**
 * Answers, each with the last accepted message of its pair; those of them that are to messages of the cohort; and the first
 * replies to those. CROSS JOIN has SQLite look for messages among the answers, which are fewer; and that the recipients are the
 * same is only said so that Postgres does not expect millions of rows, and prepares for them.
 */
function answers(keys: readonly string[], dialect: Dialect): readonly string[] {
  const { inbound, integer } = dialect;
  const own = [...keys, "identity", "recipient", "fate"].map((column) => `c.${column}`);
  const columns = [...keys, "identity"].join(", ");
  return [
    `attributed AS MATERIALIZED (
      SELECT i.intent, i.received_at, i.recipient, ${attributedTo(dialect)} AS identity FROM ${inbound}
      WHERE i.received_at >= ${integer(1)} AND i.received_at < ${integer(2)} + ${attributionInMs} AND i.intent <> 'help'
    )`,
    `answers AS MATERIALIZED (
      SELECT ${own.join(", ")}, a.intent, a.received_at - c.at AS waited
      FROM cohort AS c CROSS JOIN attributed AS a WHERE a.identity = c.identity AND a.recipient = c.recipient
    )`,
    `replies AS MATERIALIZED (
      SELECT ${columns}, min(waited) AS waited FROM answers WHERE ${isReply} GROUP BY ${columns}
    )`,
  ];
}

function partsBy(keys: readonly string[], dialect: Dialect): readonly string[] {
  return [
    part(
      "latency",
      "cohort WHERE latency IS NOT NULL",
      { ...quantiles("latency", dialect), ...latencyCounts },
      keys,
      dialect,
    ),
    part("answers", "answers", answerFigures, keys, dialect),
    part("reply-times", "replies", quantiles("waited", dialect), keys, dialect),
  ];
}

const isReply = "intent = 'none'";
const answerFigures: Figures = {
  replies: `count(*) FILTER (WHERE ${isReply})`,
  optOuts: "count(*) FILTER (WHERE intent = 'opt-out')",
  optIns: "count(*) FILTER (WHERE intent = 'opt-in')",
  repliers: `count(DISTINCT recipient) FILTER (WHERE ${isReply} AND fate = 'delivered')`,
  leavers: "count(DISTINCT recipient) FILTER (WHERE intent = 'opt-out' AND fate = 'delivered')",
};

/** By nearest rank: the smallest value that at least so many of a hundred do not exceed. */
function quantiles(value: string, { nth }: Dialect): Figures {
  const quantile = (percent: number): string => nth(value, `(count(*) * ${percent} + 99) / 100`);
  return { p50: quantile(50), p90: quantile(90), p99: quantile(99) };
}

const latencyCounts: Figures = Object.fromEntries(
  latencyBands.map(({ name, isIn }) => [name, `count(*) FILTER (WHERE ${isIn})`]),
);

function unattributed(dialect: Dialect): string {
  const source = `attributed WHERE identity IS NULL AND received_at < ${dialect.integer(2)}`;
  const { replies = "", optOuts = "", optIns = "" } = answerFigures;
  return part("unattributed", source, { replies, optOuts, optIns }, [], dialect);
}

/** @param inGroup - By what a group falls into several rows. */
function part(
  name: SummaryPart,
  source: string,
  figures: Figures,
  keys: readonly string[],
  { object, list, text }: Dialect,
  inGroup: readonly string[] = [],
): string {
  const group = keys.length > 0 ? text(`${list}(${keys.join(", ")})`) : text("NULL");
  const values = Object.entries(figures).flatMap(([figure, sql]) => [`'${figure}'`, sql]);
  const groupBy = [...keys, ...inGroup];
  const grouped = groupBy.length > 0 ? ` GROUP BY ${groupBy.join(", ")}` : "";
  const answer = text(`${object}(${values.join(", ")})`);
  return `SELECT '${name}' AS part, ${group} AS keys, ${answer} AS figures FROM ${source}${grouped}`;
}
