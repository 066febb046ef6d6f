import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runInboxConformance } from "../../../src/stores/conformance/inbox-conformance.js";
import { runStoreConformance } from "../../../src/stores/conformance/store-conformance.js";
import { PostgresEventInbox } from "../../../src/stores/postgres/postgres-event-inbox.js";
import { PostgresSuppressionStore } from "../../../src/stores/postgres/postgres-suppression-store.js";
import { requireBuild } from "../../support/require-build.js";
import { postgresService } from "../../support/services/postgres.js";
import { doElsewhere } from "../do-elsewhere.js";
import type { StoreAddress } from "../open-store.js";
import { openPool, Openings, SharedPglite, type OpenClient } from "./openings.js";

const service = await postgresService();
const pglite = new SharedPglite();

beforeAll(() => requireBuild());
afterAll(async () => {
  await pglite[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
});

async function place(): Promise<StoreAddress> {
  if (service === undefined) throw new TypeError("No service.");
  return service.place();
}

async function schema(): Promise<StoreAddress> {
  return { kind: "postgres", url: "", name: randomUUID() };
}

describe.skipIf(service === undefined)("with a pool of pg", () => {
  const stores = storesOf(place, openPool);
  const ofStores = runStoreConformance<PostgresSuppressionStore>({
    test: it,
    ledger: true,
    createStore: async () => stores.create(),
    disposeStore: async (store) => stores.close(store),
    openAnother: (store) => stores.another(store),
    recordElsewhere: async (store, entries) => doElsewhere({ address: stores.addressOf(store), entries }),
    breakBackend: async (store) => stores.close(store),
  });
  const inboxes = inboxesOf(place, openPool);
  const ofInboxes = runInboxConformance<PostgresEventInbox>({
    test: it,
    createInbox: async () => inboxes.create(),
    disposeInbox: async (inbox) => inboxes.close(inbox),
    openAnother: (inbox) => inboxes.another(inbox),
    completeElsewhere: async (inbox, key, sentMessageId) =>
      doElsewhere({ address: inboxes.addressOf(inbox), key, sentMessageId }),
    breakBackend: async (inbox) => inboxes.close(inbox),
  });

  it("is held to everything", () => {
    expect([...ofStores.leftOut, ...ofInboxes.leftOut]).toEqual([]);
  });
});

describe("with PGlite", () => {
  const stores = storesOf(schema, () => pglite.open());
  const ofStores = runStoreConformance<PostgresSuppressionStore>({
    test: it,
    ledger: true,
    createStore: async () => stores.create(),
    disposeStore: async (store) => stores.close(store),
    openAnother: (store) => stores.another(store),
    breakBackend: async (store) => stores.close(store),
  });
  const inboxes = inboxesOf(schema, () => pglite.open());
  const ofInboxes = runInboxConformance<PostgresEventInbox>({
    test: it,
    createInbox: async () => inboxes.create(),
    disposeInbox: async (inbox) => inboxes.close(inbox),
    openAnother: (inbox) => inboxes.another(inbox),
    breakBackend: async (inbox) => inboxes.close(inbox),
  });

  it("is held to everything but what needs two processes, as it is a database of one", () => {
    expect(ofStores.leftOut.flatMap(({ needs }) => needs)).toEqual(["recordElsewhere"]);
    expect(ofInboxes.leftOut.flatMap(({ needs }) => needs)).toEqual(["completeElsewhere"]);
  });
});

function storesOf(where: () => Promise<StoreAddress>, connect: (url: string) => OpenClient) {
  return new Openings(where, connect, (client, options) => new PostgresSuppressionStore(client, options));
}

function inboxesOf(where: () => Promise<StoreAddress>, connect: (url: string) => OpenClient) {
  return new Openings(where, connect, (client, options) => new PostgresEventInbox(client, options));
}
