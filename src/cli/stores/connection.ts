import type { SuppressionLedger } from "../../suppression/suppression-store.js";

/** A store over a connection that was made for it. */
export interface StoreConnection {
  readonly ledger: SuppressionLedger;
  readonly close: () => Promise<void>;
}

/**
 * What a store is opened for. Only `create` makes one where there is none: a slip in a name must not read as a store
 * in which nobody opted out.
 */
export type Purpose = "use" | "create";
