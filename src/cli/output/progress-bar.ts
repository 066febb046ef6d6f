/** How far work is. */
export interface ProgressState {
  readonly what: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly seconds: number;
  /** What else there is to say, the most important first; a bar has those that fit. Default: the seconds. */
  readonly details?: readonly string[];
}

const widestBar = 30;
const narrowestBar = 8;

/** One line that fits into `width` characters: `Importing [####----] 50 % of 1,000,000, 12 s`. */
export function progressBar(state: ProgressState, width: number): string {
  // A terminal moves on to the next line when its last column is written, and a second line could not be erased.
  const room = width - 1;
  const line = fitting(state, room);
  const { done, total } = state;
  const barWidth = Math.min(widestBar, room - line.length - 3);
  if (total === undefined || barWidth < narrowestBar) return line.slice(0, room);
  const filled = Math.round(barWidth * share(done, total));
  return `[${"#".repeat(filled)}${"-".repeat(barWidth - filled)}] ${line}`;
}

/** `Importing: 500,000 of 1,000,000 (50 %), 12 s`. */
export function progressLine({ what, done, total, seconds, details }: ProgressState): string {
  const share = total === undefined ? "" : ` of ${count(total)} (${percent(done, total)} %)`;
  return [`${what}: ${count(done)}${share}`, ...(details ?? [`${Math.round(seconds)} s`])].join(", ");
}

/** The line with as many details as there is room for; beside them, a bar has to do with what is left. */
function fitting(state: ProgressState, room: number): string {
  for (let kept = state.details?.length ?? 0; kept > 0; kept--) {
    const line = progressLine({ ...state, details: state.details?.slice(0, kept) ?? [] });
    if (line.length <= room) return line;
  }
  return progressLine(state.details === undefined ? state : { ...state, details: [] });
}

function percent(done: number, total: number): number {
  return Math.floor(100 * share(done, total));
}

/** A total that was an estimate may be passed. */
function share(done: number, total: number): number {
  return total <= 0 ? 1 : Math.min(1, done / total);
}

/** A number of things as people read it, whatever the machine's language. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

/** `1 person`, `2 people`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}
