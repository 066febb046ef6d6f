import { setTimeout as delay } from "node:timers/promises";

import { Patience } from "./patience.js";

/**
 * Does something that a journal which is away for a while lets fail, again and again for so long.
 *
 * @param stopSignal - Ends the waiting: it is tried once more then.
 * @throws What it threw last.
 */
export async function persistently<T>(
  work: () => Promise<T>,
  retryForInMs: number,
  stopSignal?: AbortSignal,
): Promise<T> {
  for (const patience = new Patience(retryForInMs); ;) {
    try {
      return await work();
    } catch (error) {
      if (patience.isOver || stopSignal?.aborted === true) throw error;
    }
    await delay(patience.next(), undefined, stopSignal && { signal: stopSignal }).catch(() => undefined);
  }
}
