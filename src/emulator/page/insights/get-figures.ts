import { timeUnitFor } from "../../insights/time-unit.js";
import type { Json } from "../../journal/json.js";
import type { Summary } from "../../../insights/summary.js";
import { read } from "../api.js";
import { timeZone, type Grouping, type Range } from "./choices.js";

/** What the section shows. */
export interface Shown {
  readonly byGroup: Summary;
  /** The same range and messages over time. */
  readonly byTime: Summary;
}

/** Asks for the figures of a range: first by groups, then over time, in a unit that the range is long enough for. */
export async function getFigures(range: Range, { key }: Grouping): Promise<Shown> {
  const byGroup = await summary(queryOf(range), key);
  const [from, to] = [byGroup.from.toISOString(), byGroup.to.toISOString()];
  const unit = timeUnitFor(byGroup.to.getTime() - byGroup.from.getTime());
  return { byGroup, byTime: await summary({ from, to }, unit) };
}

/** Where the same range is a page of its own. */
export function reportPath(range: Range): string {
  return `./_emulator/insights/report?${new URLSearchParams({ ...queryOf(range), timeZone }).toString()}`;
}

function queryOf({ minutes }: Range): Record<string, string> {
  return minutes === undefined ? {} : { minutes: String(minutes) };
}

async function summary(range: Record<string, string>, groupBy: string): Promise<Summary> {
  const query = new URLSearchParams({ ...range, groupBy, timeZone });
  const told: Json<Summary> = JSON.parse(await read(`insights?${query.toString()}`));
  return { ...told, from: new Date(told.from), to: new Date(told.to) };
}
