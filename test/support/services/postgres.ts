import { randomUUID } from "node:crypto";
import { Client } from "pg";

import type { StoreAddress } from "../../stores/open-store.js";
import { startPostgresServer } from "./postgres-server.js";
import { unavailable, type OwnService, type Service } from "./service.js";

/** A Postgres that may be shared with others: the one of `POSTGRES_URL`, the one of this machine, or one of our own. */
export async function postgresService(): Promise<Service | undefined> {
  const url = process.env["POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";
  if (!(await answers(url))) return ownPostgresService();
  const names: string[] = [];
  return {
    url,
    place: async () => {
      const place = newPlace(url);
      names.push(place.name);
      return place;
    },
    [Symbol.asyncDispose]: async () => dropSchemas(url, names),
  };
}

/** A Postgres that keeps what it acknowledged. */
export async function ownPostgresService(): Promise<OwnService | undefined> {
  try {
    const server = await startPostgresServer();
    return { ...server, place: async () => newPlace(server.url) };
  } catch (error) {
    return unavailable("Postgres", String(error));
  }
}

/** A place is a schema, which a store makes at its first use. */
function newPlace(url: string): StoreAddress {
  return { kind: "postgres", url, name: `test ${randomUUID()}` };
}

async function answers(url: string): Promise<boolean> {
  return connected(url, async () => true).catch(() => false);
}

async function dropSchemas(url: string, names: readonly string[]): Promise<void> {
  await connected(url, async (client) => {
    for (const name of names) await client.query(`DROP SCHEMA IF EXISTS "${name}" CASCADE`);
  });
}

/** With a connection of its own, which rejects where nobody answers. */
async function connected<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
