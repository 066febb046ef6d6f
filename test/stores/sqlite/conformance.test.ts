import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runInboxConformance } from "../../../src/stores/conformance/inbox-conformance.js";
import { runStoreConformance } from "../../../src/stores/conformance/store-conformance.js";
import { SqliteEventInbox } from "../../../src/stores/sqlite/sqlite-event-inbox.js";
import { SqliteSuppressionStore } from "../../../src/stores/sqlite/sqlite-suppression-store.js";
import { requireBuild } from "../../support/require-build.js";
import { breakSqlite, sqliteService } from "../../support/services/sqlite.js";
import { doElsewhere } from "../do-elsewhere.js";
import type { StoreAddress } from "../open-store.js";

/** A busy machine takes its time, too. */
const callTimeoutInMs = 60_000;

const service = await sqliteService();
beforeAll(() => requireBuild());
afterAll(async () => service[Symbol.asyncDispose]());

/** Stores or inboxes of one class, each on a file of its own. */
class Files<T extends object> {
  readonly #make: (path: string) => T;
  readonly #places = new WeakMap<T, StoreAddress>();

  constructor(make: (path: string) => T) {
    this.#make = make;
  }

  async create(): Promise<T> {
    return this.#open(await service.place());
  }

  openAnother(one: T): T {
    return this.#open(this.of(one));
  }

  #open(place: StoreAddress): T {
    const one = this.#make(place.url);
    this.#places.set(one, place);
    return one;
  }

  /** Where one is. */
  of(one: T): StoreAddress {
    const place = this.#places.get(one);
    if (place === undefined) throw new TypeError("One that was not made here.");
    return place;
  }
}

describe("a store in SQLite", () => {
  const files = new Files((path) => new SqliteSuppressionStore(path));
  const { leftOut } = runStoreConformance<SqliteSuppressionStore>({
    callTimeoutInMs,
    test: it,
    createStore: async () => files.create(),
    openAnother: (store) => files.openAnother(store),
    recordElsewhere: async (store, entries) => doElsewhere({ address: files.of(store), entries }),
    breakBackend: async (store) => void (await breakSqlite(files.of(store).url)),
    ledger: true,
  });

  it("is held to everything", () => expect(leftOut).toEqual([]));
});

describe("an inbox in SQLite", () => {
  const files = new Files((path) => new SqliteEventInbox(path));
  const { leftOut } = runInboxConformance<SqliteEventInbox>({
    callTimeoutInMs,
    test: it,
    createInbox: async () => files.create(),
    openAnother: (inbox) => files.openAnother(inbox),
    completeElsewhere: async (inbox, key, sentMessageId) =>
      doElsewhere({ address: files.of(inbox), key, sentMessageId }),
    breakBackend: async (inbox) => void (await breakSqlite(files.of(inbox).url)),
  });

  it("is held to everything", () => expect(leftOut).toEqual([]));
});
