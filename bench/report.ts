import type { Spread } from "./statistics.ts";

/** What is aimed at: a share of what the official client takes, or a figure in the table's own unit. */
export interface Target {
  readonly of: "ratio" | "value";
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Row {
  readonly what: string;
  readonly variant: string;
  readonly value: Spread;
  /** To the official client, in the same rounds. */
  readonly ratio?: Spread | undefined;
  /** The same to the floor. */
  readonly floorRatio?: Spread | undefined;
  readonly target?: Target | undefined;
}

export interface Table {
  readonly title: string;
  readonly unit: string;
  readonly rows: readonly Row[];
  /** A line below the table. */
  readonly plot?: string;
}

/** Whether the median meets the target; `undefined` where there is none. */
export function isMet({ target, value, ratio }: Row): boolean | undefined {
  const median = target?.of === "ratio" ? ratio?.median : value.median;
  if (target === undefined || median === undefined) return undefined;
  return median <= (target.atMost ?? Infinity) && median >= (target.atLeast ?? -Infinity);
}

/** A table as text, its columns aligned. */
export function format({ title, unit, rows, plot }: Table): string {
  const head = ["", "variant", unit, "min–max", "× official", "min–max", "× floor", "target", "met"];
  const cells = [head, ...rows.map(cellsOf)];
  const used = head.map((_, column) => column).filter((column) => cells.slice(1).some((row) => row[column]));
  const widths = used.map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    used.map((column, at) => align(row[column] ?? "", widths[at] ?? 0, column)).join("  "),
  );
  const below = plot === undefined ? [] : [`  ${plot}`];
  return [title, ...lines.map((line) => `  ${line.trimEnd()}`), ...below, ""].join("\n");
}

function cellsOf(row: Row, index: number, rows: readonly Row[]): string[] {
  const { what, variant, value, ratio, floorRatio, target } = row;
  const met = isMet(row);
  return [
    rows[index - 1]?.what === what ? "" : what,
    variant,
    figure(value.median),
    range(value),
    ratio === undefined ? "" : figure(ratio.median),
    ratio === undefined ? "" : range(ratio),
    floorRatio === undefined ? "" : figure(floorRatio.median),
    target === undefined ? "" : wordsFor(target),
    met === undefined ? "" : met ? "yes" : "no",
  ];
}

/** Words to the left, figures to the right. */
function align(text: string, width: number, column: number): string {
  return column < 2 ? text.padEnd(width) : text.padStart(width);
}

function wordsFor({ of, atMost, atLeast }: Target): string {
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return of === "ratio" ? `${bound} ×` : bound;
}

const range = ({ min, max }: Spread): string => `${figure(min)}–${figure(max)}`;

/** Three digits that say something; more would not be repeated by the next run. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}
