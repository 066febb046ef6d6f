import { RestError } from "@azure/core-rest-pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { AzureTablesEventInbox } from "../../../src/stores/azure-tables/azure-tables-event-inbox.js";
import { AzureTablesSuppressionStore } from "../../../src/stores/azure-tables/azure-tables-suppression-store.js";
import type { AzureTableClient } from "../../../src/stores/azure-tables/table-client.js";
import { runInboxConformance } from "../../../src/stores/conformance/inbox-conformance.js";
import { runStoreConformance } from "../../../src/stores/conformance/store-conformance.js";
import { requireBuild } from "../../support/require-build.js";
import { azureTablesService } from "../../support/services/azure-tables.js";
import { doElsewhere } from "../do-elsewhere.js";
import type { Task } from "../programs/elsewhere.js";
import type { StoreAddress } from "../open-store.js";
import { through } from "./policies.js";
import { tableClient } from "./table-client.js";

const service = await azureTablesService();
/** Azurite takes its time over thousands of entries. */
const callTimeoutInMs = 60_000;
beforeAll(() => requireBuild());
afterAll(async () => service?.[Symbol.asyncDispose]());

/** Stores or inboxes of one class, each in a table of its own, with a connection that can be cut. */
class Tables<T extends object> {
  readonly #make: (client: AzureTableClient) => T;
  readonly #made = new WeakMap<T, { readonly address: StoreAddress; isCut: boolean }>();

  constructor(make: (client: AzureTableClient) => T) {
    this.#make = make;
  }

  async create(): Promise<T> {
    if (service === undefined) throw new TypeError("No service.");
    return this.#open(await service.place());
  }

  openAnother(one: T): T {
    return this.#open(this.#of(one).address);
  }

  cut(one: T): void {
    this.#of(one).isCut = true;
  }

  async doElsewhere(one: T, task: (address: StoreAddress) => Task): Promise<void> {
    await doElsewhere(task(this.#of(one).address));
  }

  #open(address: StoreAddress): T {
    const made = { address, isCut: false };
    const options = through(async (request, next) => {
      if (made.isCut) throw new RestError("connect ECONNREFUSED", { code: "ECONNREFUSED", request });
      return next(request);
    });
    const one = this.#make(tableClient(address, options));
    this.#made.set(one, made);
    return one;
  }

  #of(one: T) {
    const made = this.#made.get(one);
    if (made === undefined) throw new TypeError("One that was not made here.");
    return made;
  }
}

describe.skipIf(service === undefined)("a store in Azure tables", () => {
  const tables = new Tables((client) => new AzureTablesSuppressionStore(client));
  const { leftOut } = runStoreConformance<AzureTablesSuppressionStore>({
    test: it,
    callTimeoutInMs,
    createStore: async () => tables.create(),
    openAnother: (store) => tables.openAnother(store),
    recordElsewhere: async (store, entries) => tables.doElsewhere(store, (address) => ({ address, entries })),
    breakBackend: (store) => tables.cut(store),
    ledger: true,
  });

  it("is held to everything", () => expect(leftOut).toEqual([]));
});

describe.skipIf(service === undefined)("an inbox in Azure tables", () => {
  const tables = new Tables((client) => new AzureTablesEventInbox(client));
  const { leftOut } = runInboxConformance<AzureTablesEventInbox>({
    test: it,
    callTimeoutInMs,
    createInbox: async () => tables.create(),
    openAnother: (inbox) => tables.openAnother(inbox),
    completeElsewhere: async (inbox, key, sentMessageId) =>
      tables.doElsewhere(inbox, (address) => ({ address, key, sentMessageId })),
    breakBackend: (inbox) => tables.cut(inbox),
  });

  it("is held to everything", () => expect(leftOut).toEqual([]));
});
