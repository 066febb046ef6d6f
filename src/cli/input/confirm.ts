import { createInterface } from "node:readline/promises";

import type { Console } from "../output/console.js";

/** Whether somebody is there to be asked. */
export function canAsk({ environment: { stdin, stderr } }: Console): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks on the terminal; only a plain yes is one. */
export async function confirm(question: string, { environment, abortSignal }: Console): Promise<boolean> {
  const terminal = createInterface({ input: environment.stdin, output: environment.stderr, terminal: true });
  terminal.on("SIGINT", environment.interrupt);
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal: abortSignal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
