import { AzureTablesEventInbox, AzureTablesSuppressionStore } from "acs-sms/stores/azure-tables";

import type { OpenStore, StoreAddress } from "../open-store.ts";
import { tableClient } from "./table-client.ts";

export async function open(address: StoreAddress): Promise<OpenStore> {
  // Each has a client of its own, as in two processes.
  const store = new AzureTablesSuppressionStore(tableClient(address));
  const inbox = new AzureTablesEventInbox(tableClient(address));
  return { store, inbox, close: async () => {} };
}
