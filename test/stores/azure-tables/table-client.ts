import { TableClient, type TableServiceClientOptions } from "@azure/data-tables";

import type { StoreAddress } from "../open-store.ts";

/** The account that every Azurite has. Its key is public. */
const account = "devstoreaccount1";
const accountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** A connection string for the Azurite at an address. */
export function connectionStringOf(url: string): string {
  return written({ TableEndpoint: `${url}/${account}` });
}

/** The same for its queues. */
export function queueConnectionStringOf(url: string): string {
  return written({ QueueEndpoint: `${url}/${account}` });
}

function written(endpoint: Record<string, string>): string {
  const parts = { DefaultEndpointsProtocol: "http", AccountName: account, AccountKey: accountKey };
  const all = { ...parts, ...endpoint };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${value};`)
    .join("");
}

/** A client of a test's table. A server that is down is found out soon. */
export function tableClient(
  { url, name }: StoreAddress,
  options: TableServiceClientOptions = {},
): TableClient {
  const retryOptions = { maxRetries: 1, retryDelayInMs: 10 };
  const settings = { allowInsecureConnection: true, retryOptions, ...options };
  return TableClient.fromConnectionString(connectionStringOf(url), name, settings);
}
