import type { Row } from "../../stores/entry-row.js";
import type { GroupKey, Quantiles, Summary, SummaryFigures, SummaryGroup } from "../summary.js";
import { isTimeKey } from "../group-keys.js";
import { acceptedFates } from "../outcomes.js";
import { fateSums } from "./fates.js";
import { latencyBands } from "./latency-bands.js";
import { figuresIn, numberOf, partsOf, type Parts } from "./parts.js";
import type { SummaryQuery } from "./summary-query.js";
import type { SummaryPart } from "./summary-statement.js";

/** Makes a summary of the rows of its statement. */
export function summaryOf(query: SummaryQuery, rows: readonly Row[]): Summary {
  const { from, to, timeZone, groupBy } = query;
  const { total, groups } = partsOf(rows);
  const answers = figuresIn(total, "unattributed");
  const whole = figuresOf(total, query);
  return {
    from: new Date(from),
    to: new Date(to),
    timeZone,
    groupBy,
    groups: groupBy.length === 0 ? [{ key: {}, ...whole }] : inOrder(groups, query),
    total: whole,
    unattributed: {
      replies: numberOf(answers, "replies"),
      optOuts: numberOf(answers, "optOuts"),
      optIns: numberOf(answers, "optIns"),
    },
  };
}

function inOrder(groups: ReadonlyMap<string, Parts>, query: SummaryQuery): readonly SummaryGroup[] {
  const withKeys = Array.from(groups, ([json, parts]) => {
    const values: readonly (string | null)[] = JSON.parse(json);
    return { values, group: { key: keyOf(query.groupBy, values), ...figuresOf(parts, query) } };
  });
  return withKeys.toSorted((a, b) => compared(a.values, b.values)).map(({ group }) => group);
}

/** Times came as milliseconds. */
function keyOf(groupBy: readonly GroupKey[], values: readonly (string | null)[]): SummaryGroup["key"] {
  const named = groupBy.map((key, index) => {
    const value = values[index] ?? null;
    return [key, isTimeKey(key) ? new Date(Number(value)).toISOString() : value] as const;
  });
  return Object.fromEntries(named);
}

/** By code units, what has no value last. */
function compared(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  const index = a.findIndex((value, place) => value !== b[place]);
  const [one, other] = [a[index], b[index]];
  if (typeof one !== "string") return typeof other === "string" ? 1 : 0;
  return typeof other !== "string" || one < other ? -1 : 1;
}

function figuresOf(parts: Parts, { prices }: SummaryQuery): SummaryFigures {
  const [people, answers] = [figuresIn(parts, "people"), figuresIn(parts, "answers")];
  const sums = fateSums(parts.fates);
  const of = sums.messagesOf;
  const [accepted, delivered, failed] = [of(...acceptedFates), of("delivered"), of("failed")];
  const recipientsReached = numberOf(people, "reached");
  const recipientsReplied = numberOf(answers, "repliers");
  const recipientsOptedOut = numberOf(answers, "leavers");
  return {
    messages: sums.messages,
    recipients: numberOf(people, "recipients"),
    messageUnits: sums.messageUnits,
    segments: sums.segments,
    accepted,
    rejected: of("rejected"),
    suppressed: of("suppressed"),
    invalid: of("invalid"),
    unknown: of("unknown"),
    unsent: of("unsent"),
    delivered,
    failed,
    failedByCode: sums.failedByCode,
    blocked: of("blocked"),
    unconfirmed: of("unconfirmed"),
    pending: of("pending"),
    overdue: of("overdue"),
    unreported: of("unreported"),
    deliveryRate: ratio(delivered, delivered + failed),
    deliveryCoverage: ratio(delivered + failed, accepted),
    latencyInMs: quantilesIn(parts, "latency"),
    latencyCounts: latencyBands.map(({ name }) => numberOf(figuresIn(parts, "latency"), name)),
    replies: numberOf(answers, "replies"),
    recipientsReached,
    recipientsReplied,
    responseRate: ratio(recipientsReplied, recipientsReached),
    timeToReplyInMs: quantilesIn(parts, "reply-times"),
    optOuts: numberOf(answers, "optOuts"),
    optIns: numberOf(answers, "optIns"),
    recipientsOptedOut,
    optOutRate: ratio(recipientsOptedOut, recipientsReached),
    ...(prices !== undefined && {
      cost: {
        currency: prices.currency,
        micros: sums.micros,
        segmentsWithoutPrice: sums.segmentsWithoutPrice,
      },
    }),
  };
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

function quantilesIn(parts: Parts, part: SummaryPart): Quantiles | undefined {
  const { p50, p90, p99 } = figuresIn(parts, part);
  if (typeof p50 !== "number" || typeof p90 !== "number" || typeof p99 !== "number") return undefined;
  return { p50, p90, p99 };
}
