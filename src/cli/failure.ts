/** The command line is wrong: nothing was done. Its message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What was asked could not be done, for a reason that a person can act on; its message says how. */
export class Failure extends Error {
  override readonly name = "Failure";
}
