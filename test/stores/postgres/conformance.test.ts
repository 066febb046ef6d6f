import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runInboxConformance } from "../../../src/stores/conformance/inbox-conformance.js";
import { runStoreConformance } from "../../../src/stores/conformance/store-conformance.js";
import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import { PostgresEventInbox } from "../../../src/stores/postgres/postgres-event-inbox.js";
import { PostgresSuppressionStore } from "../../../src/stores/postgres/postgres-suppression-store.js";
import { requireBuild } from "../../support/require-build.js";
import { postgresService } from "../../support/services/postgres.js";
import type { StoreAddress } from "../open-store.js";
import { Openings, type OpenClient } from "../openings.js";
import { openPool, SharedPglite } from "./clients.js";

/** A busy machine takes its time, too. */
const callTimeoutInMs = 60_000;

const service = await postgresService();
const pglite = new SharedPglite();

beforeAll(() => requireBuild());
afterAll(async () => {
  await pglite[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
});

/** Schemas of one PGlite. */
const schemas = {
  place: async (): Promise<StoreAddress> => ({ kind: "postgres", url: "", name: randomUUID() }),
};

describe.skipIf(service === undefined)("with a pool of pg", () => {
  const stores = storesOf(service, openPool);
  const ofStores = runStoreConformance<PostgresSuppressionStore>({
    callTimeoutInMs,
    test: it,
    ledger: true,
    createStore: async () => stores.create(),
    disposeStore: async (store) => stores.close(store),
    openAnother: (store) => stores.another(store),
    recordElsewhere: async (store, entries) => stores.doElsewhere(store, (address) => ({ address, entries })),
    breakBackend: async (store) => stores.close(store),
  });
  const inboxes = inboxesOf(service, openPool);
  const ofInboxes = runInboxConformance<PostgresEventInbox>({
    callTimeoutInMs,
    test: it,
    createInbox: async () => inboxes.create(),
    disposeInbox: async (inbox) => inboxes.close(inbox),
    openAnother: (inbox) => inboxes.another(inbox),
    completeElsewhere: async (inbox, key, sentMessageId) =>
      inboxes.doElsewhere(inbox, (address) => ({ address, key, sentMessageId })),
    breakBackend: async (inbox) => inboxes.close(inbox),
  });

  it("is held to everything", () => {
    expect([...ofStores.leftOut, ...ofInboxes.leftOut]).toEqual([]);
  });
});

describe("with PGlite", () => {
  const stores = storesOf(schemas, async () => pglite.open());
  const ofStores = runStoreConformance<PostgresSuppressionStore>({
    callTimeoutInMs,
    test: it,
    ledger: true,
    createStore: async () => stores.create(),
    disposeStore: async (store) => stores.close(store),
    openAnother: (store) => stores.another(store),
    breakBackend: async (store) => stores.close(store),
  });
  const inboxes = inboxesOf(schemas, async () => pglite.open());
  const ofInboxes = runInboxConformance<PostgresEventInbox>({
    callTimeoutInMs,
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

type Places = ConstructorParameters<typeof Openings>[0];
type Connect = (url: string) => Promise<OpenClient<PostgresClient>>;

function storesOf(places: Places, connect: Connect) {
  return new Openings(
    places,
    connect,
    (client, { name }) => new PostgresSuppressionStore(client, { schema: name }),
  );
}

function inboxesOf(places: Places, connect: Connect) {
  return new Openings(
    places,
    connect,
    (client, { name }) => new PostgresEventInbox(client, { schema: name }),
  );
}
