import { test as nodeTest } from "node:test";

import { describe, expect, it, test } from "vitest";

import {
  runInboxConformance,
  runStoreConformance,
  type TestRegistrar,
} from "../../../src/stores/conformance/index.js";
import { wrong } from "../../support/wrong.js";
import { MapDatabase, MapStore, twoMethodsOf } from "./map-store.js";
import { collected, failuresOf, ofConcern } from "./suite.js";

const createStore = (): MapStore => new MapStore();
const never = /^(?!)/;

describe("a suite", () => {
  it("takes the registrar of any test runner", () => {
    const ofMocha = (_title: string, _run?: (this: object) => PromiseLike<unknown> | void): object => ({});
    const registrars: TestRegistrar[] = [it, test, it.concurrent, nodeTest, ofMocha];
    expect(registrars).toHaveLength(5);
  });

  it("makes no store before a test is run, and one for each", async () => {
    let made = 0;
    const { tests } = collected((test) =>
      runStoreConformance({
        test,
        createStore: () => {
          made += 1;
          return new MapStore();
        },
      }),
    );
    expect(made).toBe(0);
    expect(await failuresOf(tests.slice(0, 3), never)).toEqual([]);
    expect(made).toBe(3);
  });

  it("gives each test a name of its own, under its concern's", () => {
    const { report, tests } = collected((test) => runStoreConformance({ test, createStore }));
    expect(new Set(tests.map(({ name }) => name)).size).toBe(tests.length);
    for (const concern of report.registered) expect(ofConcern(tests, concern)).not.toEqual([]);
  });

  it("disposes of every store, also where its test fails", async () => {
    const made: MapStore[] = [];
    const disposed: MapStore[] = [];
    const { tests } = collected((test) =>
      runStoreConformance({
        test,
        createStore: () => {
          const store = new MapStore();
          store.database.isBroken = made.push(store) % 2 === 0;
          return store;
        },
        disposeStore: (store) => void disposed.push(store),
      }),
    );
    expect(await failuresOf(tests.slice(0, 6), never)).toHaveLength(3);
    expect(disposed).toEqual(made);
  });

  it("tells why a test failed, and not how its store was disposed of then", async () => {
    const { tests } = collected((test) =>
      runStoreConformance({
        test,
        createStore: () => Object.assign(new MapStore(), { record: async () => [] }),
        disposeStore: () => {
          throw new Error("cannot be disposed of");
        },
      }),
    );
    const [failure] = await failuresOf(tests.slice(1, 2), never);
    expect(failure).toContain("`record` must answer with one boolean");
  });

  it("fails where a store cannot be disposed of", async () => {
    const disposeStore = (): Promise<void> => Promise.reject(new Error("cannot be disposed of"));
    const { tests } = collected((test) => runStoreConformance({ test, createStore, disposeStore }));
    expect(await failuresOf(tests.slice(0, 1), never)).toEqual(["cannot be disposed of"]);
  });

  it("finds that `createStore` gives one that is not empty", async () => {
    const database = new MapDatabase();
    const { tests } = collected((test) =>
      runStoreConformance({ test, createStore: () => new MapStore(database) }),
    );
    const message = /`createStore` must make a store that is empty/;
    expect(await failuresOf(tests, message)).toContainEqual(expect.stringMatching(message));
  });

  it("shows of a long list where it differs, and no more", async () => {
    const { tests } = collected((test) =>
      runStoreConformance({
        test,
        createStore: () =>
          Object.assign(new MapStore(), { record: async (facts: []) => facts.map(() => true) }),
      }),
    );
    const message = /A large list was recorded in part only\. First at \[0\] of 500\./;
    const [failure = ""] = (await failuresOf(ofConcern(tests, "batches"), message)).slice(-1);
    expect(failure).toMatch(message);
    expect(failure.length).toBeLessThan(10_000);
  });

  it("refuses what is no registrar, and what makes nothing", () => {
    const [noTest, noCreate] = [{ createStore, createInbox: createStore }, { test: it }];
    const suites = [runStoreConformance, runInboxConformance].map((suite) =>
      wrong<(options: object) => void>(suite),
    );
    for (const suite of suites) expect(() => suite(noTest)).toThrow("Expected `test` to be a function");
    for (const callTimeoutInMs of [0, -1, Number.NaN, Infinity, "1"])
      for (const suite of suites)
        expect(() => suite({ ...noTest, test: () => {}, callTimeoutInMs })).toThrow(
          "Expected `callTimeoutInMs` to be a number",
        );
    expect(() => suites[0]?.(noCreate)).toThrow("Expected `createStore` to be a function");
    expect(() => suites[1]?.(noCreate)).toThrow("Expected `createInbox` to be a function");
  });
});

describe("a ledger's tests", () => {
  const message = /must have both `history` and `entries`|was said of a store that has/;

  async function failuresSaying(ledger: boolean | undefined, isLedger: boolean): Promise<string[]> {
    const create = isLedger ? createStore : () => twoMethodsOf(new MapStore());
    const { tests } = collected((test) => runStoreConformance({ test, createStore: create, ledger }));
    const concerns = ["reading", "history", "paging", "abort of a ledger"].flatMap((concern) =>
      ofConcern(tests, concern),
    );
    return failuresOf(concerns, message);
  }

  it("are for what looks like one", async () => {
    expect(await failuresSaying(undefined, true)).toEqual([]);
    expect(await failuresSaying(undefined, false)).toEqual([]);
  });

  it("are for what is said to be one", async () => {
    expect(await failuresSaying(true, true)).toEqual([]);
    expect(await failuresSaying(true, false)).toContainEqual(expect.stringMatching(message));
  });

  it("cannot be left out of what is one", async () => {
    expect(await failuresSaying(false, false)).toEqual([]);
    expect(await failuresSaying(false, true)).toContainEqual(expect.stringMatching(message));
  });
});
