import type { EventInbox } from "acs-sms/events";
import type { SuppressionLedger } from "acs-sms";

/*
 * Opens the built package's stores, in this process or in a child's: so nothing here, nor in what it loads, imports
 * from `src`.
 */

/** Where a store is, so that another process can open the same one. It goes through JSON. */
export interface StoreAddress {
  readonly kind: StoreKind;
  /** The server, or the file. */
  readonly url: string;
  /** What keeps this test's data apart from others' on one server: a prefix, a schema or a table. */
  readonly name: string;
}

export type StoreKind = "sqlite" | "redis" | "ioredis" | "postgres" | "azure-tables";

/** A store and an inbox on the same data. */
export interface OpenStore {
  readonly store: SuppressionLedger;
  readonly inbox: EventInbox;
  /** Ends the connections that were made for it. */
  readonly close: () => Promise<void>;
}

/** Each kind's module is loaded when it is needed, as its database package takes long. */
const modules: Record<StoreKind, () => Promise<{ open(address: StoreAddress): Promise<OpenStore> }>> = {
  sqlite: () => import("./sqlite/open.ts"),
  redis: () => import("./redis/open.ts"),
  ioredis: () => import("./redis/open-ioredis.ts"),
  postgres: () => import("./postgres/open.ts"),
  "azure-tables": () => import("./azure-tables/open.ts"),
};

/** Opens a store that may be new or hold data already. */
export async function openStore(address: StoreAddress): Promise<OpenStore> {
  const opener = await modules[address.kind]();
  return opener.open(address);
}
