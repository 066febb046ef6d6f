import type { MapDatabase, MapStore } from "../map-store.js";

/** A store that is wrong in one thing. */
export interface StoreBreakage {
  readonly what: string;
  readonly Store: new (database?: MapDatabase) => MapStore;
  /** The concern that must find it. */
  readonly fails: string;
  /** What it must say then. */
  readonly message: RegExp;
}
