/** Calls back when the process that forked this one is gone, however it went: nothing outlives a benchmark. */
export function whenParentEnds(end: () => void): void {
  process.once("disconnect", end);
}
