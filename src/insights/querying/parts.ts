import type { Row } from "../../stores/entry-row.js";
import type { FateRow } from "./fates.js";
import type { SummaryPart } from "./summary-statement.js";

/** What the database gave of a group, or of all; fates come in several rows. */
export interface Parts {
  readonly fates: FateRow[];
  readonly figures: Map<string, Figures>;
}

export type Figures = Readonly<Record<string, number | null>>;

export interface AllParts {
  readonly total: Parts;
  /** By the JSON of their keys. */
  readonly groups: ReadonlyMap<string, Parts>;
}

/** Of the rows of a statement. Fates are given by group alone, and are those of the total, too. */
export function partsOf(rows: readonly Row[]): AllParts {
  const total: Parts = { fates: [], figures: new Map() };
  const groups = new Map<string, Parts>();
  for (const { part, keys, figures } of rows) {
    const parts = typeof keys === "string" ? partsIn(groups, keys) : total;
    if (part === "fates") addFate(JSON.parse(String(figures)), new Set([parts, total]));
    else parts.figures.set(String(part), JSON.parse(String(figures)));
  }
  return { total, groups };
}

function partsIn(groups: Map<string, Parts>, keys: string): Parts {
  const parts = groups.get(keys) ?? { fates: [], figures: new Map() };
  groups.set(keys, parts);
  return parts;
}

function addFate(row: FateRow, to: ReadonlySet<Parts>): void {
  for (const { fates } of to) fates.push(row);
}

export function figuresIn({ figures }: Parts, part: SummaryPart): Figures {
  return figures.get(part) ?? {};
}

export function numberOf(figures: Figures, name: string): number {
  return figures[name] ?? 0;
}
