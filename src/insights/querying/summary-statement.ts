import type { GroupKey } from "../summary.js";
import { cohort, keyColumns } from "./cohort-sql.js";
import type { Dialect } from "./dialect.js";
import { fates } from "./fates.js";
import type { SummaryQuery } from "./summary-query.js";

/** Within this time of a message an answer is one to it. */
const attributionInMs = 72 * 3_600_000;

/** What a row of the answer is about. */
type SummaryPart = "messages" | "codes" | "latency" | "answers" | "reply-times" | "unattributed";

/**
 * One statement for a whole summary, so that all of it is of one moment. Each row of the answer has a `part`, the `keys` of its
 * group as a JSON list, or NULL for the total, and its `figures` as a JSON object.
 */
export function summaryStatement(query: SummaryQuery, dialect: Dialect): string {
  const keys = keyColumns(query.groupBy);
  const parts = [...partsBy([], dialect), ...(keys.length > 0 ? partsBy(keys, dialect) : [])];
  return `WITH ${cohort(query, dialect)}, ${answers(query.groupBy, dialect)}
    ${[...parts, unattributed(dialect)].join("\n    UNION ALL\n    ")}`;
}

/** Answers, each with the last accepted message of its pair; and those of them that are to messages of the cohort. */
function answers(groupBy: readonly GroupKey[], { inbound, messagesOfPair, integer }: Dialect): string {
  const own = [...keyColumns(groupBy), "identity", "recipient", "at", "fate"].map((column) => `c.${column}`);
  return `attributed AS MATERIALIZED (
      SELECT i.intent, i.received_at, (
        SELECT p.identity FROM ${messagesOfPair}
        WHERE p.sender = i.sender AND p.recipient = i.recipient AND p.status = 'accepted'
          AND p.at <= i.received_at AND p.at >= i.received_at - ${attributionInMs}
        ORDER BY p.at DESC, p.identity DESC LIMIT 1
      ) AS identity FROM ${inbound}
      WHERE i.received_at >= ${integer(1)} AND i.received_at < ${integer(2)} + ${attributionInMs} AND i.intent <> 'help'
    ), answers AS MATERIALIZED (
      SELECT a.intent, a.received_at, ${own.join(", ")} FROM attributed AS a JOIN cohort AS c ON c.identity = a.identity
    )`;
}

function partsBy(keys: readonly string[], dialect: Dialect): readonly string[] {
  return [
    part("messages", "cohort", messageFigures, keys, dialect),
    part("codes", "cohort WHERE fate = 'failed'", codeFigures, [...keys, "code"], dialect),
    quantiles("latency", "cohort WHERE latency IS NOT NULL", "latency", keys, dialect),
    part("answers", "answers", answerFigures, keys, dialect),
    quantiles("reply-times", firstReplies(keys), "waited", keys, dialect),
  ];
}

type Figures = Readonly<Record<string, string>>;

const messageFigures: Figures = {
  messages: "count(*)",
  recipients: "count(DISTINCT recipient)",
  reached: "count(DISTINCT recipient) FILTER (WHERE fate = 'delivered')",
  messageUnits: "coalesce(sum(is_unit), 0)",
  segments: "coalesce(sum(segments), 0)",
  micros: "coalesce(sum(segments * micros), 0)",
  segmentsWithoutPrice: "coalesce(sum(CASE WHEN micros IS NULL THEN segments ELSE 0 END), 0)",
  ...Object.fromEntries(fates.map((fate) => [fate, `count(*) FILTER (WHERE fate = '${fate}')`])),
};

const codeFigures: Figures = { code: "code", failed: "count(*)" };

const isReply = "intent = 'none'";
const answerFigures: Figures = {
  replies: `count(*) FILTER (WHERE ${isReply})`,
  optOuts: "count(*) FILTER (WHERE intent = 'opt-out')",
  optIns: "count(*) FILTER (WHERE intent = 'opt-in')",
  repliers: `count(DISTINCT recipient) FILTER (WHERE ${isReply} AND fate = 'delivered')`,
  leavers: "count(DISTINCT recipient) FILTER (WHERE intent = 'opt-out' AND fate = 'delivered')",
};

/** The time from a message to the first reply to it. */
function firstReplies(keys: readonly string[]): string {
  const columns = [...keys, "identity"].join(", ");
  return `(SELECT ${columns}, min(received_at - at) AS waited FROM answers WHERE ${isReply} GROUP BY ${columns}) AS first`;
}

/** By nearest rank: the smallest value that at least so many of a hundred do not exceed. */
function quantiles(
  name: SummaryPart,
  source: string,
  value: string,
  keys: readonly string[],
  dialect: Dialect,
): string {
  const partition = keys.length > 0 ? `PARTITION BY ${keys.join(", ")}` : "";
  const columns = [...keys, value].join(", ");
  const ranked = `(SELECT ${columns}, row_number() OVER (${partition} ORDER BY ${value}) AS place,
      count(*) OVER (${partition}) AS size FROM ${source}) AS ranked`;
  const quantile = (percent: number): string =>
    `min(CASE WHEN place * 100 >= size * ${percent} THEN ${value} END)`;
  return part(name, ranked, { p50: quantile(50), p90: quantile(90), p99: quantile(99) }, keys, dialect);
}

function unattributed(dialect: Dialect): string {
  const source = `attributed WHERE identity IS NULL AND received_at < ${dialect.integer(2)}`;
  const { replies = "", optOuts = "", optIns = "" } = answerFigures;
  return part("unattributed", source, { replies, optOuts, optIns }, [], dialect);
}

function part(
  name: SummaryPart,
  source: string,
  figures: Figures,
  groupBy: readonly string[],
  dialect: Dialect,
): string {
  const { object, list, text } = dialect;
  const keys = groupBy.filter((column) => column !== "code");
  const group = keys.length > 0 ? text(`${list}(${keys.join(", ")})`) : text("NULL");
  const values = Object.entries(figures).flatMap(([figure, sql]) => [`'${figure}'`, sql]);
  const grouped = groupBy.length > 0 ? ` GROUP BY ${groupBy.join(", ")}` : "";
  const answer = text(`${object}(${values.join(", ")})`);
  return `SELECT '${name}' AS part, ${group} AS keys, ${answer} AS figures FROM ${source}${grouped}`;
}
