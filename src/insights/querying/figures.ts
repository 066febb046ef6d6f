import type { Row } from "../../stores/entry-row.js";
import type { GroupKey, Quantiles, Summary, SummaryFigures, SummaryGroup } from "../summary.js";
import { isTimeKey } from "../time-keys.js";
import { acceptedFates } from "./fates.js";
import type { SummaryQuery } from "./summary-query.js";

/** The figures that the database gave, by part; those of codes come one by one. */
type Parts = ReadonlyMap<string, readonly Figures[]>;
type Figures = Readonly<Record<string, number | null>>;

/** Makes a summary of the rows of its statement. */
export function summaryOf(query: SummaryQuery, rows: readonly Row[]): Summary {
  const { from, to, timeZone, groupBy } = query;
  const groups = partsByGroup(rows);
  const totals = groups.get(total) ?? new Map();
  groups.delete(total);
  const answers = figuresIn(totals, "unattributed");
  const whole = figuresOf(totals, query);
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

/** The key of the parts that are about everything. */
const total = "";

function partsByGroup(rows: readonly Row[]): Map<string, Map<string, Figures[]>> {
  const groups = new Map<string, Map<string, Figures[]>>();
  for (const { part, keys, figures } of rows) {
    const key = typeof keys === "string" ? keys : total;
    const parts = groups.get(key) ?? new Map<string, Figures[]>();
    groups.set(key, parts);
    const name = String(part);
    const parsed: Figures = JSON.parse(String(figures));
    parts.set(name, [...(parts.get(name) ?? []), parsed]);
  }
  return groups;
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
  const messages = figuresIn(parts, "messages");
  const answers = figuresIn(parts, "answers");
  const of = (name: string): number => numberOf(messages, name);
  const accepted = acceptedFates.reduce((sum, fate) => sum + of(fate), 0);
  const [delivered, failed, recipientsReached] = [of("delivered"), of("failed"), of("reached")];
  const recipientsReplied = numberOf(answers, "repliers");
  const recipientsOptedOut = numberOf(answers, "leavers");
  return {
    messages: of("messages"),
    recipients: of("recipients"),
    messageUnits: of("messageUnits"),
    segments: of("segments"),
    accepted,
    rejected: of("rejected"),
    suppressed: of("suppressed"),
    invalid: of("invalid"),
    unknown: of("unknown"),
    unsent: of("unsent"),
    delivered,
    failed,
    failedByCode: codesOf(parts),
    blocked: of("blocked"),
    unconfirmed: of("unconfirmed"),
    pending: of("pending"),
    overdue: of("overdue"),
    unreported: of("unreported"),
    deliveryRate: ratio(delivered, delivered + failed),
    deliveryCoverage: ratio(delivered + failed, accepted),
    latencyInMs: quantilesIn(parts, "latency"),
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
        micros: of("micros"),
        segmentsWithoutPrice: of("segmentsWithoutPrice"),
      },
    }),
  };
}

function figuresIn(parts: Parts, name: string): Figures {
  return parts.get(name)?.[0] ?? {};
}

function numberOf(figures: Figures, name: string): number {
  return figures[name] ?? 0;
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** What has no code comes last. */
function codesOf(parts: Parts): Readonly<Record<string, number>> {
  const codes = (parts.get("codes") ?? []).toSorted(
    (a, b) => (a["code"] ?? Infinity) - (b["code"] ?? Infinity),
  );
  return Object.fromEntries(
    codes.map(({ code, failed }) => [code === null ? "none" : String(code), failed ?? 0]),
  );
}

function quantilesIn(parts: Parts, name: string): Quantiles | undefined {
  const { p50, p90, p99 } = figuresIn(parts, name);
  if (typeof p50 !== "number" || typeof p90 !== "number" || typeof p99 !== "number") return undefined;
  return { p50, p90, p99 };
}
