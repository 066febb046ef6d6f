import type { SummaryOptions } from "../../../src/insights/message-log.js";
import type { GroupKey, Quantiles, Summary, SummaryFigures } from "../../../src/insights/summary.js";
import { beginOf } from "./begin-of.js";
import type { Answer, Book, Joined } from "./joined.js";

const dayInMs = 86_400_000;

/** What `summarize` has to answer, worked out by counting. Prices are whole millionths for numbers that begin with `prefix`. */
export interface Prices {
  readonly currency: string;
  readonly of: (number: string) => number | undefined;
}

export function recompute(book: Book, options: SummaryOptions, prices?: Prices): Summary {
  const { from, to, groupBy = [], timeZone = "UTC", at = new Date() } = options;
  const isIn = (time: number): boolean => time >= from.getTime() && time < to.getTime();
  const messages = book.messages.filter((message) => isIn(message.time) && isWanted(message, options.where));
  const chosen = new Set(messages);
  const answers = book.answers.filter((answer) => answer.to !== undefined && chosen.has(answer.to));
  const keyOf = (message: Joined): string =>
    JSON.stringify(groupBy.map((key) => valueOf(message, key, timeZone)));
  const answersTo = Map.groupBy(answers, ({ to: message }) => (message === undefined ? "" : keyOf(message)));
  const groups = [...Map.groupBy(messages, keyOf)].map(([key, some]) => {
    const values = JSON.parse(key) as (string | null)[];
    const own = answersTo.get(key) ?? [];
    return { values, group: { key: named(groupBy, values), ...figures(some, own, at, prices) } };
  });
  const lost = book.answers.filter(
    (answer) => answer.to === undefined && isIn(answer.inbound.receivedAt.getTime()),
  );
  const total = figures(messages, answers, at, prices);
  return {
    from,
    to,
    timeZone,
    groupBy,
    total,
    groups:
      groupBy.length === 0
        ? [{ key: {}, ...total }]
        : groups.toSorted((a, b) => inOrder(a.values, b.values)).map(({ group }) => group),
    unattributed: {
      replies: count(lost, "none"),
      optOuts: count(lost, "opt-out"),
      optIns: count(lost, "opt-in"),
    },
  };
}

function isWanted(message: Joined, where: SummaryOptions["where"] = {}): boolean {
  return (["tag", "sender", "senderKind", "country"] as const).every((key) => {
    const wanted = where[key];
    return wanted === undefined || [wanted].flat().includes(valueOf(message, key, "UTC") ?? "-");
  });
}

function valueOf(message: Joined, key: GroupKey, timeZone: string): string | null {
  const { result, senderKind, country, time } = message;
  if (key === "tag") return result.tag ?? null;
  if (key === "sender") return result.from;
  if (key === "senderKind") return senderKind;
  return key === "country" ? country : beginOf(time, key, timeZone);
}

function named(groupBy: readonly GroupKey[], values: readonly (string | null)[]) {
  return Object.fromEntries(groupBy.map((key, index) => [key, values[index] ?? null]));
}

function inOrder(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? null;
    if (value === other) continue;
    if (value === null || other === null) return value === null ? 1 : -1;
    return value < other ? -1 : 1;
  }
  return 0;
}

type Fate = "delivered" | "failed" | "blocked" | "unconfirmed" | "pending" | "overdue" | "unreported";

function fateOf({ result, report, time }: Joined, at: Date): Fate | "none" {
  if (result.status !== "accepted") return "none";
  if (report?.status === "delivered") return "delivered";
  if (report !== undefined)
    return report.code === 4007 ? "blocked" : report.code === 5002 ? "unconfirmed" : "failed";
  if (!result.isReportExpected) return "unreported";
  const due = time + (result.reportTimeoutInSeconds ?? 43_200) * 1000 + dayInMs;
  return due > at.getTime() ? "pending" : "overdue";
}

function figures(
  messages: readonly Joined[],
  answers: readonly Answer[],
  at: Date,
  prices?: Prices,
): SummaryFigures {
  const status = (wanted: string) => messages.filter(({ result }) => result.status === wanted).length;
  const fate = (wanted: Fate) => messages.filter((message) => fateOf(message, at) === wanted);
  const units = messages.filter(({ result }) => ["accepted", "unknown"].includes(result.status));
  const [delivered, failed] = [fate("delivered"), fate("failed")];
  const reached = new Set(delivered.map(({ result }) => result.to)).size;
  const ofReached = (intent: string) => reachedBy(answers, intent, at);
  return {
    messages: messages.length,
    recipients: new Set(
      messages.filter(({ result }) => result.status !== "invalid").map(({ result }) => result.to),
    ).size,
    messageUnits: units.length,
    segments: sum(units.map(({ result }) => result.segments)),
    accepted: status("accepted"),
    rejected: status("rejected"),
    suppressed: status("suppressed"),
    invalid: status("invalid"),
    unknown: status("unknown"),
    unsent: status("unsent"),
    delivered: delivered.length,
    failed: failed.length,
    failedByCode: byCode(failed),
    blocked: fate("blocked").length,
    unconfirmed: fate("unconfirmed").length,
    pending: fate("pending").length,
    overdue: fate("overdue").length,
    unreported: fate("unreported").length,
    deliveryRate: share(delivered.length, delivered.length + failed.length),
    deliveryCoverage: share(delivered.length + failed.length, status("accepted")),
    latencyInMs: quantiles(delivered.flatMap(latencyOf)),
    latencyCounts: bandsOf(delivered.flatMap(latencyOf)),
    replies: count(answers, "none"),
    recipientsReached: reached,
    recipientsReplied: ofReached("none"),
    responseRate: share(ofReached("none"), reached),
    timeToReplyInMs: quantiles(firstReplies(answers)),
    optOuts: count(answers, "opt-out"),
    optIns: count(answers, "opt-in"),
    recipientsOptedOut: ofReached("opt-out"),
    optOutRate: share(ofReached("opt-out"), reached),
    ...(prices !== undefined && { cost: costOf(units, prices) }),
  };
}

function reachedBy(answers: readonly Answer[], intent: string, at: Date): number {
  const those = answers.filter(
    ({ inbound, to }) => inbound.intent === intent && to && fateOf(to, at) === "delivered",
  );
  return new Set(those.map(({ inbound }) => inbound.from)).size;
}

function costOf(units: readonly Joined[], { currency, of }: Prices) {
  const priced = units.map(({ result: { to, segments } }) => ({ segments, price: of(to) }));
  return {
    currency,
    micros: sum(priced.map(({ segments, price = 0 }) => segments * price)),
    segmentsWithoutPrice: sum(priced.map(({ segments, price }) => (price === undefined ? segments : 0))),
  };
}

function byCode(failed: readonly Joined[]): Record<string, number> {
  const codes: Record<string, number> = {};
  for (const { report } of failed) codes[report?.code ?? "none"] = (codes[report?.code ?? "none"] ?? 0) + 1;
  return codes;
}

function latencyOf({ report, time }: Joined): number[] {
  return report?.lastAttemptAt === undefined ? [] : [Math.max(0, report.lastAttemptAt.getTime() - time)];
}

/** Up to 1 s, 2 s, 5 s, 10 s, 30 s; 1, 2, 5, 10, 30 minutes; 1, 4, 12 hours; longer. */
function bandsOf(latencies: readonly number[]): number[] {
  const counts = Array.from({ length: 14 }, () => 0);
  for (const latency of latencies) {
    const minutes = latency / 60_000;
    const bounds = [1 / 60, 2 / 60, 5 / 60, 10 / 60, 0.5, 1, 2, 5, 10, 30, 60, 240, 720, Infinity];
    const band = bounds.findIndex((bound) => minutes <= bound);
    counts[band] = (counts[band] ?? 0) + 1;
  }
  return counts;
}

function firstReplies(answers: readonly Answer[]): number[] {
  const replies = answers.filter(({ inbound }) => inbound.intent === "none");
  const waits = [...Map.groupBy(replies, ({ to }) => to)].map(([to, some]) =>
    Math.min(...some.map(({ inbound }) => inbound.receivedAt.getTime() - (to?.time ?? 0))),
  );
  return waits;
}

function count(answers: readonly Answer[], intent: string): number {
  return answers.filter(({ inbound }) => inbound.intent === intent).length;
}

function quantiles(values: readonly number[]): Quantiles | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (percent: number): number =>
    sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? Number.NaN;
  return sorted.length === 0 ? undefined : { p50: rank(50), p90: rank(90), p99: rank(99) };
}

function share(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
