import type { ConfirmationGrant } from "./confirmation.js";
import type { SuppressionDecision } from "./decide.js";
import type { SuppressionEntry } from "./suppression-store.js";

/** How one call to a suppression list can be ended early. */
export interface SuppressionCallOptions {
  abortSignal?: AbortSignal | undefined;
}

/** What a client asks of a suppression list. `SuppressionList` is one. */
export interface SuppressionGate {
  /** For each recipient, in order, whether a send from `sender` is stopped. Rejects where that cannot be told. */
  check(
    sender: string,
    recipients: readonly string[],
    options?: SuppressionCallOptions,
  ): Promise<readonly SuppressionDecision[]>;
  /** Uses up leave for one text past an opt-out; whether it was still there to be used. */
  claimConfirmation(
    grant: ConfirmationGrant,
    entry: SuppressionEntry,
    options?: SuppressionCallOptions,
  ): Promise<boolean>;
}
