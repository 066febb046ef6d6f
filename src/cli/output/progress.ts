import type { Console } from "./console.js";
import { progressBar, progressLine } from "./progress-bar.js";
import { widthOf } from "./width.js";

/** How far long work is, for whoever waits for it. */
export interface Progress extends Disposable {
  /**
   * @param total - Where it is known.
   * @param details - What else there is to say, the most important first, in place of the time that has passed.
   */
  readonly update: (done: number, total?: number, details?: readonly string[]) => void;
}

/** A terminal can be written anew often; a log file should not grow by much. */
const redrawInMs = 100;
const lineInMs = 5000;

const eraseLine = "\r\u001b[2K";

/** Shows progress on standard error: a bar on a terminal, else a line every five seconds, or nothing. */
export function startProgress(what: string, console: Console, isQuiet: boolean): Progress {
  if (isQuiet) return { update: () => undefined, [Symbol.dispose]: () => undefined };
  const { stderr, variables, now } = console.environment;
  const isBar = stderr.isTTY === true && variables["CI"] === undefined && variables["TERM"] !== "dumb";
  const startedAt = now().getTime();
  let shownAt = isBar ? -Infinity : startedAt;
  return {
    update(done, total, details) {
      const time = now().getTime();
      if (time - shownAt < (isBar ? redrawInMs : lineInMs)) return;
      shownAt = time;
      const state = { what, done, total, seconds: (time - startedAt) / 1000, ...(details && { details }) };
      if (isBar) stderr.write(eraseLine + progressBar(state, widthOf(stderr, 80)));
      else stderr.write(`${progressLine(state)}\n`);
    },
    // The results take the place of the bar.
    [Symbol.dispose]: () => void (isBar && stderr.write(eraseLine)),
  };
}
