import { formatMicros } from "../../prices/price-table.js";
import type { Summary, SummaryFigures, SummaryGroup } from "../../insights/summary.js";
import { columns } from "./columns.js";
import { duration } from "./duration.js";
import { count } from "./progress-bar.js";

/** The figures of all messages, as lines that people read. */
export function totalLines({ total, unattributed }: Summary): string[] {
  const { failedByCode, latencyInMs, timeToReplyInMs, cost } = total;
  const codes = Object.entries(failedByCode).map(([code, number]) => `${code}: ${count(number)}`);
  return columns([
    [
      "messages",
      `${count(total.messages)} to ${count(total.recipients)} people, ${count(total.segments)} segments`,
    ],
    ["accepted", count(total.accepted)],
    ["not sent", notSent(total)],
    ["delivered", `${count(total.delivered)}${rateOf(total.deliveryRate, " of what is reported")}`],
    ["failed", `${count(total.failed)}${codes.length === 0 ? "" : ` (${codes.join(", ")})`}`],
    ["blocked", `${count(total.blocked)} by an opt-out that was not known here`],
    [
      "no news",
      `${count(total.pending)} pending, ${count(total.overdue)} overdue, ${count(total.unconfirmed)} unconfirmed, ${count(total.unreported)} without a report`,
    ],
    ...(latencyInMs === undefined
      ? []
      : [
          [
            "time to arrive",
            `half within ${duration(latencyInMs.p50)}, 99 of 100 within ${duration(latencyInMs.p99)}`,
          ],
        ]),
    ["replies", `${count(total.replies)}${rateOf(total.responseRate, " of the people reached")}`],
    ...(timeToReplyInMs === undefined
      ? []
      : [["time to reply", `half within ${duration(timeToReplyInMs.p50)}`]]),
    [
      "opt-outs",
      `${count(total.optOuts)}${rateOf(total.optOutRate, " of the people reached")}; ${count(total.optIns)} opted in`,
    ],
    ["unattributed", `${count(unattributed.replies)} replies, ${count(unattributed.optOuts)} opt-outs`],
    ...(cost === undefined ? [] : [["cost", formatMicros(cost.micros, cost.currency)]]),
  ]);
}

function notSent({ suppressed, invalid, rejected, unknown, unsent }: SummaryFigures): string {
  const parts = { suppressed, invalid, rejected, unsent, unknown };
  return Object.entries(parts)
    .map(([name, number]) => `${count(number)} ${name}`)
    .join(", ");
}

const widestBar = 24;

/** A line for each group, with a bar as long as its share of the largest. */
export function groupLines({ groups, groupBy }: Summary): string[] {
  // Where each message has a tag of its own, they are more than a call takes arguments.
  const most = groups.reduce((largest, { accepted }) => Math.max(largest, accepted), 1);
  const head = [...groupBy, "accepted", "", "delivered", "replies", "opt-outs"];
  return columns([head, ...groups.map((group) => rowOf(group, most))]);
}

function rowOf(group: SummaryGroup, most: number): string[] {
  const { key, accepted, deliveryRate, replies, optOuts } = group;
  const names = Object.values(key).map((value) => value ?? "(none)");
  const bar = "#".repeat(Math.ceil((accepted / most) * widestBar));
  return [...names, count(accepted), bar, percent(deliveryRate), count(replies), count(optOuts)];
}

function rateOf(rate: number | undefined, of: string): string {
  return rate === undefined ? "" : `, ${percent(rate)}${of}`;
}

function percent(rate: number | undefined): string {
  return rate === undefined ? "" : `${(rate * 100).toFixed(1)} %`;
}
