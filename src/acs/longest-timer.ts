/** Node's timers take no longer delay, and end one that is longer at once. */
export const longestTimerInMs: number = 2 ** 31 - 1;
