import { visible } from "./visible.js";

/** Rows as lines, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[], indent = ""): string[] {
  const cells = rows.map((row) => row.map(visible));
  const widths: number[] = [];
  for (const row of cells) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return cells.map((row) => {
    const line = row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ");
    return `${indent}${line}`.trimEnd();
  });
}
