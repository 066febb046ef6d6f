import type { SuppressionEntry } from "../suppression/suppression-store.js";

/** Someone of whom the service and the list say different things, or of whom one of them says nothing. */
export interface OptOutDifference {
  /** The number, as it was given. */
  readonly recipient: string;
  /**
   * - `only-in-service`: the service blocks what `from` sends to this person, and the list would let it go.
   * - `only-in-list`: the list stops what `from` sends to this person, and the service knows of nothing.
   * - `unknown`: it could not be told; see `error`. That is not "not opted out".
   */
  readonly kind: "only-in-service" | "only-in-list" | "unknown";
  /**
   * - `recorded`: the opt-out is in the list's store now.
   * - `added`: the opt-out is on the service's list now.
   * - `failed`: the service did not take it; see `error`.
   * - `none`: nothing was done, since it was a dry run, the other direction, or unknown.
   */
  readonly action: "recorded" | "added" | "failed" | "none";
  /** The opt-out that the list goes by. */
  readonly entry?: SuppressionEntry;
  /** Why it is unknown, or why the service did not take it. */
  readonly error?: Error;
}

/** What a comparison found, and did. `checked` is the sum of the next five. */
export interface ReconcileReport {
  readonly dryRun: boolean;
  /** How many recipients are done with. */
  readonly checked: number;
  /** Opted out here and there. */
  readonly inBoth: number;
  /** Opted out neither here nor there. */
  readonly inNeither: number;
  readonly onlyInService: number;
  readonly onlyInList: number;
  /** Recipients of whom it could not be told. Compare them again. */
  readonly unknown: number;
  /** Opt-outs recorded in the list's store. */
  readonly recorded: number;
  /** Opt-outs added to the service's list. */
  readonly added: number;
  /** Opt-outs that the service did not take. */
  readonly failed: number;
}
