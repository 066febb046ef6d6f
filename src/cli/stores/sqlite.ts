import { resolve } from "node:path";

import type { Console } from "../output/console.js";
import type { Purpose, StoreConnection } from "./connection.js";
import type { StoreTarget } from "./store-url.js";

/** Opens a store in a file. */
export async function openSqlite(
  { path }: Extract<StoreTarget, { kind: "sqlite" }>,
  { environment }: Console,
  purpose: Purpose,
): Promise<StoreConnection> {
  const { SqliteSuppressionStore } = await import("../../stores/sqlite/sqlite-suppression-store.js");
  const file = resolve(environment.folder, path);
  const ledger = new SqliteSuppressionStore(file, { create: purpose === "create" });
  return { ledger, close: async () => ledger[Symbol.asyncDispose]() };
}
