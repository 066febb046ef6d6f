import { setTimeout as wait } from "node:timers/promises";

import { throwIfAborted } from "../../errors/abort.js";

/** How often a change is tried before its conflict is an error. So many other writers have got through meanwhile. */
const mostTries = 50;

const [shortestDelayInMs, longestDelayInMs] = [20, 500];

/**
 * Does what reads rows and then changes them; again from the start for as long as somebody else changes them in
 * between. It waits a random time before that, so that writers who met once do not meet again.
 */
export async function untilUndisturbed<T>(
  readAndChange: () => Promise<T>,
  abortSignal?: AbortSignal,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await readAndChange();
    } catch (error) {
      if (tries === mostTries || !isConflict(error)) throw error;
    }
    const delayInMs = Math.random() * Math.min(shortestDelayInMs * 2 ** tries, longestDelayInMs);
    await wait(delayInMs, undefined, { signal: abortSignal }).catch(() => {});
    throwIfAborted(abortSignal);
  }
}

/**
 * Whether a change failed because the rows are not what they were when they were read. A table that is missing, or
 * being deleted, is no conflict.
 */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { statusCode, code, details }: ServiceError = error;
  // The SDK puts the service's code into `code` for transactions only.
  const reason = code ?? details?.odataError?.code;
  return statusCode === 412 || reason === "EntityAlreadyExists" || reason === "ResourceNotFound";
}

interface ServiceError extends Error {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly details?: { readonly odataError?: { readonly code?: unknown } };
}
