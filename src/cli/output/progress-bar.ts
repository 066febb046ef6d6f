/** How far work is. */
export interface ProgressState {
  readonly what: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly seconds: number;
}

const widestBar = 30;
const narrowestBar = 8;

/** One line that fits into `width` characters: `Importing [####----] 50 % of 1,000,000, 12 s`. */
export function progressBar(state: ProgressState, width: number): string {
  // A terminal moves on to the next line when its last column is written, and a second line could not be erased.
  const room = width - 1;
  const line = progressLine(state);
  const { done, total } = state;
  const barWidth = Math.min(widestBar, room - line.length - 3);
  if (total === undefined || barWidth < narrowestBar) return line.slice(0, room);
  const filled = Math.round(barWidth * share(done, total));
  return `[${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${line}`;
}

/** `Importing: 500,000 of 1,000,000 (50 %), 12 s`. */
export function progressLine({ what, done, total, seconds }: ProgressState): string {
  const time = `${Math.round(seconds)} s`;
  if (total === undefined) return `${what}: ${count(done)}, ${time}`;
  return `${what}: ${count(done)} of ${count(total)} (${Math.floor(100 * share(done, total))} %), ${time}`;
}

/** A total that was an estimate may be passed. */
function share(done: number, total: number): number {
  return total <= 0 ? 1 : Math.min(1, done / total);
}

/** A number of things as people read it, whatever the machine's language. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}
