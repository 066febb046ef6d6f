import type { SummaryFigures } from "../../summary.js";
import type { Part } from "../page/markup.js";
import type { Numbers } from "../words/numbers.js";
import { rateCell, reachedOf, reportedOf } from "../words/rate.js";

/** A figure in the table of all groups. */
export interface Column {
  readonly name: string;
  /** What it is sorted by. */
  readonly value: (figures: SummaryFigures) => number | undefined;
  readonly text: (figures: SummaryFigures) => Part;
}

/** The columns of the table; cost only where there are prices. */
export function columnsFor({ cost }: SummaryFigures, numbers: Numbers): readonly Column[] {
  const columns = [
    count("Messages", ({ messages }) => messages, numbers),
    count("Sent", ({ accepted }) => accepted, numbers),
    count("Arrived", ({ delivered }) => delivered, numbers),
    count("Failed", ({ failed }) => failed, numbers),
    rate("Delivery rate", ({ deliveryRate }) => deliveryRate, reportedOf, numbers),
    arrivalTime(numbers),
    count("Replies", ({ replies }) => replies, numbers),
    rate("Response rate", ({ responseRate }) => responseRate, reachedOf, numbers),
    count("Opt-outs", ({ optOuts }) => optOuts, numbers),
    rate("Opt-out rate", ({ optOutRate }) => optOutRate, reachedOf, numbers),
    count("Segments", ({ segments }) => segments, numbers),
  ];
  return cost === undefined ? columns : [...columns, costColumn(numbers)];
}

function count(name: string, value: (figures: SummaryFigures) => number, numbers: Numbers): Column {
  return { name, value, text: (figures) => numbers.count(value(figures)) };
}

function rate(
  name: string,
  value: Column["value"],
  sample: (figures: SummaryFigures) => number,
  numbers: Numbers,
): Column {
  return { name, value, text: (figures) => rateCell(value(figures), sample(figures), numbers) };
}

function arrivalTime(numbers: Numbers): Column {
  const value = ({ latencyInMs }: SummaryFigures): number | undefined => latencyInMs?.p50;
  return {
    name: "Half arrived in",
    value,
    text: (figures) => written(value(figures), (ms) => numbers.duration(ms)),
  };
}

function costColumn(numbers: Numbers): Column {
  return {
    name: "Cost",
    value: ({ cost }) => cost?.micros,
    text: ({ cost }) => written(cost, (known) => numbers.money(known)),
  };
}

function written<T>(value: T | undefined, write: (value: T) => string): string {
  return value === undefined ? "–" : write(value);
}
