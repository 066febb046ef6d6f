import type { MessageOutcome } from "../logged-message.js";
import { acceptedFates } from "../outcomes.js";

type Fate = MessageOutcome;

/** Those of messages that it took or may have taken: they have segments that cost something. */
const unitFates: ReadonlySet<unknown> = new Set<Fate>([...acceptedFates, "unknown"]);

/** Messages of one fate whose reports have one code, as the database gives them. */
export interface FateRow {
  readonly fate: string;
  readonly code: number | null;
  readonly messages: number;
  readonly segments: number;
  /** Left out where no prices are given. */
  readonly micros?: number;
  readonly segmentsWithoutPrice?: number;
}

/** What the rows of a group come to. */
export interface FateSums {
  readonly messagesOf: (...fates: readonly Fate[]) => number;
  readonly messages: number;
  readonly messageUnits: number;
  readonly segments: number;
  readonly micros: number;
  readonly segmentsWithoutPrice: number;
  /** Of the failed; "none" where there is no code. */
  readonly failedByCode: Readonly<Record<string, number>>;
}

export function fateSums(rows: readonly FateRow[]): FateSums {
  const units = rows.filter(({ fate }) => unitFates.has(fate));
  const byFate = added(rows, ({ fate }) => fate);
  const failed = rows.filter(({ fate }) => fate === "failed");
  return {
    messagesOf: (...fates) => fates.reduce((sum, fate) => sum + (byFate.get(fate) ?? 0), 0),
    messages: sum(rows, ({ messages }) => messages),
    messageUnits: sum(units, ({ messages }) => messages),
    segments: sum(units, ({ segments }) => segments),
    micros: sum(units, ({ micros = 0 }) => micros),
    segmentsWithoutPrice: sum(units, ({ segmentsWithoutPrice = 0 }) => segmentsWithoutPrice),
    failedByCode: Object.fromEntries(added(failed, ({ code }) => String(code ?? "none"))),
  };
}

function sum(rows: readonly FateRow[], of: (row: FateRow) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0);
}

function added(rows: readonly FateRow[], keyOf: (row: FateRow) => string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + row.messages);
  return sums;
}
