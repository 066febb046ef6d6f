import { once } from "node:events";
import { createInterface, type Interface } from "node:readline/promises";

import type { Console } from "../output/console.js";

/** Whether somebody is there to be asked. */
export function canAsk({ environment: { stdin, stderr } }: Console): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

/** Asks on the terminal; only a plain yes is one, and whoever ends the input (Ctrl-D) says no. */
export async function confirm(question: string, { environment, abortSignal }: Console): Promise<boolean> {
  const terminal = createInterface({ input: environment.stdin, output: environment.stderr, terminal: true });
  terminal.on("SIGINT", environment.interrupt);
  try {
    const answer = await Promise.race([asked(terminal, `${question} [y/N] `, abortSignal), closed(terminal)]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

async function asked(terminal: Interface, question: string, abortSignal: AbortSignal): Promise<string> {
  try {
    return await terminal.question(question, { signal: abortSignal });
  } catch (error) {
    // Since Node 24 the end of the input rejects, too.
    if (abortSignal.aborted) throw error;
    return "";
  }
}

/** Before Node 24 a question is not answered any more then, and nothing would keep the process alive. */
async function closed(terminal: Interface): Promise<string> {
  await once(terminal, "close");
  return "";
}
