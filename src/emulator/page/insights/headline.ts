import type { Numbers } from "../../../insights/report/words/numbers.js";
import { reportedOf } from "../../../insights/report/words/rate.js";
import type { Summary, SummaryFigures } from "../../../insights/summary.js";

/** A figure that is looked at first. */
export interface Tile {
  readonly name: string;
  readonly figure: string;
  /** The counts behind it. */
  readonly detail: string;
  readonly tone?: "bad";
}

/** The figures that are looked at first. */
export function headlineOf({ total, unattributed }: Summary, numbers: Numbers): readonly Tile[] {
  const { accepted, recipients, segments, failed, responseRate, optIns } = total;
  const [replies, optOuts] = [total.replies + unattributed.replies, total.optOuts + unattributed.optOuts];
  const people = numbers.counted(recipients, "person", "people");
  return [
    {
      name: "Messages",
      figure: numbers.count(accepted),
      detail: `to ${people}, in ${numbers.counted(segments, "segment")}`,
    },
    { name: "Delivered", ...deliveryOf(total, numbers) },
    {
      name: "Failed",
      figure: numbers.count(failed),
      detail: failed === 0 ? "no report says so" : commonest(total, numbers),
      ...(failed > 0 && { tone: "bad" }),
    },
    { name: "Time to arrive", ...arrivalOf(total, numbers) },
    {
      name: "Replies",
      figure: numbers.count(replies),
      detail:
        responseRate === undefined
          ? "nobody was reached"
          : `from ${numbers.percent(responseRate)} of those reached`,
    },
    {
      name: "Opt-outs",
      figure: numbers.count(optOuts),
      detail: `by keyword; ${numbers.count(optIns + unattributed.optIns)} back in`,
    },
  ];
}

function deliveryOf(figures: SummaryFigures, numbers: Numbers): Omit<Tile, "name"> {
  const { delivered, deliveryRate, accepted, blocked } = figures;
  const reported = reportedOf(figures);
  const open = accepted - reported - blocked;
  const news = open === 0 ? "" : `, ${numbers.count(open)} without news`;
  return {
    figure: deliveryRate === undefined ? "–" : numbers.percent(deliveryRate),
    detail: `${numbers.count(delivered)} of ${numbers.count(reported)} reported${news}`,
  };
}

function commonest({ failedByCode }: SummaryFigures, numbers: Numbers): string {
  const [first] = codesOf(failedByCode);
  if (first === undefined) return "";
  const [code, count] = first;
  return `${numbers.count(count)} ${code === "none" ? "without a code" : `with code ${code}`}`;
}

/** The codes of failures, the commonest first. */
export function codesOf(
  failedByCode: SummaryFigures["failedByCode"],
): readonly (readonly [string, number])[] {
  return Object.entries(failedByCode).toSorted(([, one], [, other]) => other - one);
}

function arrivalOf({ latencyInMs }: SummaryFigures, numbers: Numbers): Omit<Tile, "name"> {
  if (latencyInMs === undefined) return { figure: "–", detail: "nothing arrived" };
  const { p50, p99 } = latencyInMs;
  return { figure: numbers.duration(p50), detail: `for half; 99% within ${numbers.duration(p99)}` };
}
