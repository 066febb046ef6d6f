import { z } from "zod";
import type { Summary, SummaryFigures } from "../../insights/summary.js";
import type { Json } from "../journal/json.js";

/** As JSON has it: what is not known is left out. */
type Told<T> = { readonly [K in keyof T as undefined extends T[K] ? never : K]: Json<T[K]> } & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: Json<Exclude<T[K], undefined>>;
};

/** Figures as they are told; the emulator knows no prices. */
type ToldFigures = Told<Omit<SummaryFigures, "cost">>;

/** A summary as it is told. */
export interface ToldSummary extends Omit<Json<Summary>, "groups" | "total"> {
  readonly groups: readonly (ToldFigures & { readonly key: Readonly<Record<string, string | null>> })[];
  readonly total: ToldFigures;
}

const count = z.int().min(0);
const rate = z.number().min(0).max(1).exactOptional();
const time = z.iso.datetime();

/** What `summarize` of the package answers. */
export function summarySchema(): z.ZodType<ToldSummary> {
  return z.object({
    from: time,
    to: time,
    timeZone: z.string(),
    // Written out: an emulator loads nothing of insights before somebody asks for them.
    groupBy: z.array(z.enum(["tag", "sender", "senderKind", "country", "minute", "hour", "day", "week"])),
    groups: z.array(figures().extend({ key: z.record(z.string(), z.union([z.string(), z.null()])) })),
    total: figures(),
    unattributed: z.object({ replies: count, optOuts: count, optIns: count }),
  });
}

function figures() {
  const quantiles = z.object({ p50: z.number(), p90: z.number(), p99: z.number() }).exactOptional();
  return z.object({
    messages: count,
    recipients: count,
    messageUnits: count,
    segments: count,
    accepted: count,
    rejected: count,
    suppressed: count,
    invalid: count,
    unknown: count,
    unsent: count,
    delivered: count,
    failed: count,
    failedByCode: z.record(z.string(), count),
    blocked: count,
    unconfirmed: count,
    pending: count,
    overdue: count,
    unreported: count,
    deliveryRate: rate,
    deliveryCoverage: rate,
    latencyInMs: quantiles,
    latencyCounts: z.array(count),
    replies: count,
    recipientsReached: count,
    recipientsReplied: count,
    responseRate: rate,
    timeToReplyInMs: quantiles,
    optOuts: count,
    optIns: count,
    recipientsOptedOut: count,
    optOutRate: rate,
  });
}
