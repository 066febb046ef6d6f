/** As the pipeline's own HTTP client throws it, which exports no class for it: told by its name. */
class AbortError extends Error {
  override readonly name = "AbortError";
}

/** For a request that is given with its signal aborted. */
export function abortErrorBeforeSending(): Error {
  return new AbortError("The operation was aborted. Request has already been canceled.");
}

/** For a request under way that was aborted, or took longer than its `timeout`. */
export function abortErrorWhileSending(): Error {
  return new AbortError(
    "The operation was aborted. Rejecting from abort signal callback while making request.",
  );
}
