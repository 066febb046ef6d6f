import type {
  GroupKey,
  Quantiles,
  Summary,
  SummaryFigures,
  SummaryGroup,
} from "../../../src/insights/summary.js";
import { randomFrom } from "../../support/random.js";

/** Figures of nothing. */
export const nothing: SummaryFigures = {
  messages: 0,
  recipients: 0,
  messageUnits: 0,
  segments: 0,
  accepted: 0,
  rejected: 0,
  suppressed: 0,
  invalid: 0,
  unknown: 0,
  unsent: 0,
  delivered: 0,
  failed: 0,
  failedByCode: {},
  blocked: 0,
  unconfirmed: 0,
  pending: 0,
  overdue: 0,
  unreported: 0,
  deliveryRate: undefined,
  deliveryCoverage: undefined,
  latencyInMs: undefined,
  latencyCounts: [],
  replies: 0,
  recipientsReached: 0,
  recipientsReplied: 0,
  responseRate: undefined,
  timeToReplyInMs: undefined,
  optOuts: 0,
  optIns: 0,
  recipientsOptedOut: 0,
  optOutRate: undefined,
};

/** How a sample goes: of so many messages, these parts. */
interface Course {
  readonly messages: number;
  readonly failing?: number;
  readonly answering?: number;
  readonly leaving?: number;
  readonly latencyInMs?: Quantiles;
}

const micros = 7_900;
const codes: readonly (readonly [string, number])[] = [
  ["4006", 0.41],
  ["4005", 0.27],
  ["4004", 0.16],
  ["5001", 0.09],
  ["none", 0.05],
];

/** Figures that agree with each other, as a log would give them. */
export function figuresOf(course: Course): SummaryFigures {
  const { messages, failing = 0.025, answering = 0.04, leaving = 0.004 } = course;
  const part = (share: number): number => Math.round(messages * share);
  const [suppressed, invalid, rejected, unknown] = [part(0.014), part(0.002), part(0.001), part(0.0002)];
  const accepted = messages - suppressed - invalid - rejected - unknown;
  const [blocked, unconfirmed, pending, overdue] = [part(0.002), part(0.006), part(0.003), part(0.001)];
  const failed = Math.round(accepted * failing);
  const delivered = accepted - failed - blocked - unconfirmed - pending - overdue;
  const reached = Math.round(delivered * 0.93);
  const [replies, optOuts] = [Math.round(reached * answering * 1.12), Math.round(reached * leaving)];
  const replied = Math.round(reached * answering);
  const segments = Math.round((accepted + unknown) * 1.31);
  const hasReports = delivered + failed > 0;
  return {
    ...nothing,
    messages,
    suppressed,
    invalid,
    rejected,
    unknown,
    accepted,
    segments,
    blocked,
    unconfirmed,
    pending,
    overdue,
    failed,
    delivered,
    replies,
    optOuts,
    recipients: Math.round(messages * 0.93),
    messageUnits: accepted + unknown,
    failedByCode: failuresOf(failed),
    deliveryRate: hasReports ? delivered / (delivered + failed) : undefined,
    deliveryCoverage: accepted > 0 ? (delivered + failed) / accepted : undefined,
    latencyInMs: delivered > 0 ? (course.latencyInMs ?? { p50: 3_120, p90: 11_400, p99: 94_000 }) : undefined,
    latencyCounts: latenciesOf(delivered, course.latencyInMs?.p50 ?? 3_120),
    recipientsReached: reached,
    recipientsReplied: replied,
    recipientsOptedOut: optOuts,
    responseRate: reached > 0 ? replied / reached : undefined,
    timeToReplyInMs: replies > 0 ? { p50: 412_000, p90: 9_840_000, p99: 122_400_000 } : undefined,
    optIns: Math.round(optOuts * 0.08),
    optOutRate: reached > 0 ? optOuts / reached : undefined,
    cost: { currency: "USD", micros: segments * micros, segmentsWithoutPrice: 0 },
  };
}

/** Most about the middle, and a few much later. */
function latenciesOf(delivered: number, middleInMs: number): number[] {
  const bounds = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 14_400, 43_200, Infinity];
  const shares = bounds.map((seconds) => 1 - 1 / (1 + ((seconds * 1000) / middleInMs) ** 1.6));
  const upTo = shares.map((share) => Math.round(delivered * share));
  return upTo.map((count, index) => count - (upTo[index - 1] ?? 0));
}

function failuresOf(failed: number): Record<string, number> {
  const known = codes.map(([code, share]) => [code, Math.floor(failed * share)] as const);
  const rest = failed - known.reduce((sum, [, count]) => sum + count, 0);
  return Object.fromEntries([...known, ["9999", rest] as const].filter(([, count]) => count > 0));
}

function ofReached({ recipientsReached }: SummaryFigures, count: number): number | undefined {
  return recipientsReached === 0 ? undefined : count / recipientsReached;
}

/** Adds up what can be added up; rates are of the sums. */
function totalOf(groups: readonly SummaryFigures[]): SummaryFigures {
  const sum = (value: (figures: SummaryFigures) => number): number =>
    groups.reduce((total, figures) => total + value(figures), 0);
  const counts = Object.fromEntries(
    Object.entries(nothing)
      .filter(([, value]) => typeof value === "number")
      .map(([name]) => [name, sum((figures) => Number(figures[name as keyof SummaryFigures]))]),
  );
  const failedByCode: Record<string, number> = {};
  for (const [code, count] of groups.flatMap((figures) => Object.entries(figures.failedByCode))) {
    failedByCode[code] = (failedByCode[code] ?? 0) + count;
  }
  const total = { ...nothing, ...counts, failedByCode };
  const reported = total.delivered + total.failed;
  const [first] = groups;
  return {
    ...total,
    deliveryRate: reported === 0 ? undefined : total.delivered / reported,
    deliveryCoverage: total.accepted === 0 ? undefined : reported / total.accepted,
    latencyInMs: groups.find(({ latencyInMs }) => latencyInMs !== undefined)?.latencyInMs,
    latencyCounts: (first?.latencyCounts ?? []).map((_, band) =>
      sum(({ latencyCounts }) => latencyCounts[band] ?? 0),
    ),
    timeToReplyInMs: groups.find(({ timeToReplyInMs }) => timeToReplyInMs !== undefined)?.timeToReplyInMs,
    responseRate: ofReached(total, total.recipientsReplied),
    optOutRate: ofReached(total, total.recipientsOptedOut),
    ...(first?.cost !== undefined && {
      cost: {
        currency: first.cost.currency,
        micros: sum(({ cost }) => cost?.micros ?? 0),
        segmentsWithoutPrice: sum(({ cost }) => cost?.segmentsWithoutPrice ?? 0),
      },
    }),
  };
}

const april = { from: new Date("2026-04-01T00:00:00Z"), to: new Date("2026-05-01T00:00:00Z") };
const march = { from: new Date("2026-03-01T00:00:00Z"), to: new Date("2026-04-01T00:00:00Z") };

/** A summary of these groups; without keys, of one. */
export function summaryOf(
  groupBy: readonly GroupKey[],
  groups: readonly SummaryGroup[],
  range: { readonly from: Date; readonly to: Date } = april,
): Summary {
  const unattributed = { replies: 212, optOuts: 9, optIns: 3 };
  return { ...range, timeZone: "UTC", groupBy, groups, total: totalOf(groups), unattributed };
}

/** A summary of one group, by nothing. */
export function ungrouped(figures: SummaryFigures, range = april): Summary {
  return { ...summaryOf([], [{ ...figures, key: {} }], range), total: figures };
}

/** An April of several campaigns: weekdays are busy, and on the 16th a carrier has trouble. */
export function aprilOfContoso() {
  const random = randomFrom(20_260_401);
  const days = Array.from({ length: 30 }, (_, index) => {
    const begin = new Date(april.from.getTime() + index * 86_400_000);
    const isWeekend = begin.getUTCDay() % 6 === 0;
    const messages = Math.round(
      (isWeekend ? 900 : 4_200) * (0.8 + random() * 0.5) + (index === 22 ? 6_400 : 0),
    );
    const failing = index === 15 ? 0.142 : index === 16 ? 0.07 : 0.019 + random() * 0.012;
    return { ...figuresOf({ messages, failing }), key: { day: begin.toISOString() } };
  });
  const campaigns = [
    campaign("appointment reminders", {
      messages: 48_210,
      failing: 0.018,
      answering: 0.117,
      leaving: 0.0009,
    }),
    campaign("order shipped", { messages: 37_655, failing: 0.021, answering: 0.012, leaving: 0.0014 }),
    campaign("spring sale", { messages: 14_920, failing: 0.058, answering: 0.021, leaving: 0.0164 }),
    campaign("loyalty programme: your points expire soon", {
      messages: 6_318,
      failing: 0.03,
      answering: 0.034,
      leaving: 0.0071,
    }),
    campaign("beta testers", { messages: 23, failing: 0.05, answering: 0.3, leaving: 0 }),
    campaign(null, { messages: 1_504, failing: 0.02, answering: 0.06, leaving: 0.002 }),
  ];
  const byTime = summaryOf(["day"], days);
  const byCampaign = summaryOf(["tag"], campaigns);
  const total = { ...byCampaign.total, latencyInMs: { p50: 3_120, p90: 11_400, p99: 94_000 } };
  const before = { ...figuresOf({ messages: 101_340, failing: 0.034, answering: 0.058, leaving: 0.0029 }) };
  const summary = ungrouped(total);
  return { summary, byTime, byCampaign, previous: ungrouped(before, march) };
}

function campaign(tag: string | null, course: Course): SummaryGroup {
  return { ...figuresOf(course), key: { tag } };
}
