import { randomUUID } from "node:crypto";

import { tableClient } from "../../stores/azure-tables/table-client.js";
import type { StoreAddress } from "../../stores/open-store.js";
import { startAzurite } from "./azurite.js";
import { unavailable, type OwnService, type Service } from "./service.js";

/** An Azurite that may be shared: the one of `AZURITE_TABLES_URL`, the one of this machine, or else one of our own. */
export async function azureTablesService(): Promise<Service | undefined> {
  const url = process.env["AZURITE_TABLES_URL"] ?? "http://127.0.0.1:10002";
  if (!(await answers(url))) return ownAzureTablesService();
  const places = new Places(url);
  return { url, place: () => places.add(), [Symbol.asyncDispose]: () => places.remove() };
}

/** An Azurite of the test's own. What it has acknowledged is there after a stop, see {@link startAzurite}. */
export async function ownAzureTablesService(): Promise<OwnService | undefined> {
  try {
    const azurite = await startAzurite();
    const places = new Places(azurite.url);
    return { ...azurite, place: () => places.add() };
  } catch (error) {
    return unavailable("Azure Table storage (Azurite)", String(error));
  }
}

/** Tables of tests' own. */
class Places {
  readonly #url: string;
  readonly #addresses: StoreAddress[] = [];

  constructor(url: string) {
    this.#url = url;
  }

  async add(): Promise<StoreAddress> {
    const name = `t${randomUUID().replaceAll("-", "")}`;
    const address: StoreAddress = { kind: "azure-tables", url: this.#url, name };
    this.#addresses.push(address);
    await tableClient(address).createTable();
    return address;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#addresses.splice(0).map((address) => tableClient(address).deleteTable()));
  }
}

/** Whether anything answers there; without a signature Azurite only says what it thinks of that. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.headers.get("server")?.startsWith("Azurite-Table") ?? false;
  } catch {
    return false;
  }
}
