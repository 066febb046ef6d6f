import type { Json } from "../../journal/json.js";
import type { RequestFaults } from "../../faults/request-faults.js";

/** How often a fault hits, as it is written in a form. */
export interface Frequency {
  /** A share of the requests in percent, or the next so many. */
  readonly unit: "percent" | "next";
  readonly amount: string;
}

type Fault = Json<RequestFaults>["dropBefore"];
type Latency = Json<RequestFaults>["latencyInMs"];

/** How a fault is written in a form. */
export function frequencyOf(fault: Fault): Frequency {
  if (typeof fault === "object") return { unit: "next", amount: String(fault.next) };
  // 0.07 * 100 is 7.000000000000001.
  return { unit: "percent", amount: String(Number(((fault ?? 0) * 100).toFixed(6))) };
}

/** The same the other way round. */
export function faultOf({ unit, amount }: Frequency): NonNullable<Fault> {
  const number = Number(amount);
  return unit === "next" ? { next: number } : number / 100;
}

/** A latency as its ends. */
export function rangeOf(latency: Latency): { readonly least: string; readonly most: string } {
  if (typeof latency === "object") return { least: String(latency.least), most: String(latency.most) };
  return { least: String(latency ?? 0), most: String(latency ?? 0) };
}

/** The same the other way round; `most` may be left empty where the latency is always the same. */
export function latencyOf(least: string, most: string): NonNullable<Latency> {
  return most === "" || most === least
    ? Number(least)
    : { least: Number(least), most: Math.max(Number(most), Number(least)) };
}
