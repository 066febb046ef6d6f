import { describe, expect, it } from "vitest";

import { runStoreConformance, type StoreConformanceOptions } from "../../../src/stores/conformance/index.js";
import type { SuppressionStore } from "../../../src/suppression/suppression-store.js";
import { MemorySuppressionStore } from "../../../src/suppression/memory-suppression-store.js";
import { wrongAnswers } from "./broken-stores/answers.js";
import { wrongBackends } from "./broken-stores/backends.js";
import type { StoreBreakage } from "./broken-stores/breakage.js";
import { wrongLedgers } from "./broken-stores/ledgers.js";
import { wrongState } from "./broken-stores/state.js";
import { wrongTexts } from "./broken-stores/texts.js";
import { wrongWriters } from "./broken-stores/writers.js";
import { MapStore, twoMethodsOf } from "./map-store.js";
import { collected, failuresOf, ofConcern } from "./suite.js";

/** How a suite gets at stores over maps. */
function optionsFor(Store: StoreBreakage["Store"]): Omit<StoreConformanceOptions<MapStore>, "test"> {
  return {
    createStore: () => new Store(),
    openAnother: ({ database }) => new Store(database),
    recordElsewhere: async ({ database }, entries) => void (await new Store(database).record(entries)),
    breakBackend: ({ database }) => void (database.isBroken = true),
  };
}

describe("the store in memory", () => {
  const report = runStoreConformance({
    test: it,
    createStore: () => new MemorySuppressionStore(),
    ledger: true,
  });

  it("is held to what one process can show", () => {
    expect(report.leftOut).toEqual([
      { concern: "concurrency of two stores", needs: ["openAnother"] },
      { concern: "sharing", needs: ["openAnother"] },
      { concern: "durability", needs: ["recordElsewhere"] },
      { concern: "failure", needs: ["breakBackend"] },
      { concern: "failure of a ledger", needs: ["breakBackend"] },
    ]);
  });
});

describe("the store in memory, of which two methods are known", () => {
  const createStore = (): SuppressionStore => twoMethodsOf(new MemorySuppressionStore());
  const report = runStoreConformance({ test: it, createStore, ledger: false });

  it("is held to no history", () => {
    const leftOut = report.leftOut.filter(({ needs }) => needs.includes("ledger"));
    expect(leftOut.map(({ concern }) => concern)).toEqual([
      "history",
      "paging",
      "odd keys of a ledger",
      "failure of a ledger",
      "abort of a ledger",
      "copies of a ledger",
    ]);
  });
});

describe("a store as it should be", () => {
  const report = runStoreConformance({ test: it, ...optionsFor(MapStore), ledger: true });

  it("is held to everything", () => {
    expect(report.leftOut).toEqual([]);
  });
});

describe("a store that is broken fails, where", () => {
  const breakages = [wrongAnswers, wrongState, wrongWriters, wrongLedgers, wrongTexts, wrongBackends].flat();

  it.each(breakages)("$what", async ({ Store, fails, message }) => {
    const { tests } = collected((test) =>
      runStoreConformance({ test, ...optionsFor(Store), callTimeoutInMs: 200 }),
    );
    expect(await failuresOf(ofConcern(tests, fails), message)).toContainEqual(expect.stringMatching(message));
  });
});
