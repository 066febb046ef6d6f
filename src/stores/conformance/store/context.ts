import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import type { Concern } from "../register.js";
import type { CheckedStore } from "./checked-store.js";

/** The options without which some concerns of a store cannot be tested. */
export type StoreNeed = "openAnother" | "recordElsewhere" | "breakBackend" | "ledger";

/** What the tests of a store work with. */
export interface StoreContext {
  /** Fresh and empty. */
  readonly store: CheckedStore;
  /** Opens another store on the same data. */
  readonly openAnother: () => Promise<CheckedStore>;
  /** Records facts in another process, which then ends. */
  readonly recordElsewhere: (entries: readonly SuppressionEntry[]) => Promise<void>;
  /** Makes the backend fail from now on. */
  readonly breakBackend: () => Promise<void>;
  /** Disposes of the store itself, where it can be disposed of. */
  readonly disposeNow: () => Promise<void>;
  /** What the caller says of the store; `undefined`: nothing, it is as it looks. */
  readonly ledger: boolean | undefined;
}

/** One thing that is demanded of a store. */
export type StoreConcern = Concern<StoreContext, StoreNeed>;

/** One thing that is demanded of a ledger. Where nothing is said of a store, only what looks like a ledger is held to it. */
export function ledgerConcern({ name, needs, tests }: StoreConcern): StoreConcern {
  const guarded = Object.entries(tests).map(([what, run]) => {
    const runForLedger = async (context: StoreContext): Promise<void> => {
      if (context.ledger === true || context.store.isLedger) await run(context);
    };
    return [what, runForLedger] as const;
  });
  return { name, needs: ["ledger", ...needs], tests: Object.fromEntries(guarded) };
}
