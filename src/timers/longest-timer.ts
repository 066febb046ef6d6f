/** Node's timers take no longer delay, and end one that is longer at once: some weeks, which nobody waits for. */
export const longestTimerInMs: number = 2 ** 31 - 1;
