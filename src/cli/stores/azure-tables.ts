import type { TableClient } from "@azure/data-tables";

import { UsageError } from "../failure.js";
import type { Console } from "../output/console.js";
import type { Purpose, StoreConnection } from "./connection.js";
import { loadPackage } from "./load-package.js";
import type { StoreTarget } from "./store-url.js";

type AzureTarget = Extract<StoreTarget, { kind: "azure-tables" }>;

const variable = "AZURE_STORAGE_CONNECTION_STRING";

/** An emulator (Azurite) speaks plain HTTP, and what is said to it stays on this machine. */
const ofThisMachine = /UseDevelopmentStorage=true|TableEndpoint=http:\/\/(127\.|localhost\b)/i;

/** Opens a store in Azure Table storage; there is no connection to be closed. */
export async function openAzureTables(
  target: AzureTarget,
  console: Console,
  purpose: Purpose,
): Promise<StoreConnection> {
  const client = clientOf(target, console);
  const { AzureTablesSuppressionStore } =
    await import("../../stores/azure-tables/azure-tables-suppression-store.js");
  if (purpose === "create") await client.createTable({ abortSignal: console.abortSignal });
  const ledger = new AzureTablesSuppressionStore(client, { createTable: false });
  return { ledger, close: async () => undefined };
}

function clientOf({ table, account }: AzureTarget, console: Console): TableClient {
  const { folder, variables } = console.environment;
  const { exports: tables } = loadPackage(["@azure/data-tables"], "A store in Azure Table storage", folder);
  if (account !== undefined) {
    const { exports: identity } = loadPackage(["@azure/identity"], "A store named by its account", folder);
    return new tables.TableClient(`https://${account}`, table, new identity.DefaultAzureCredential());
  }
  const connectionString = variables[variable] ?? "";
  if (connectionString === "") {
    throw new UsageError(`azure-tables:${table} needs ${variable}; or name the account in --store.`);
  }
  console.keepSecret(connectionString, /AccountKey=([^;]+)/i.exec(connectionString)?.[1] ?? "");
  const allowInsecureConnection = ofThisMachine.test(connectionString);
  return tables.TableClient.fromConnectionString(connectionString, table, { allowInsecureConnection });
}
