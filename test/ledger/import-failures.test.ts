import { getEventListeners } from "node:events";

import { describe, expect, it, vi } from "vitest";

import { AtIntervals } from "../../src/ledger/at-intervals.js";
import { importEntries } from "../../src/ledger/import-entries.js";
import type { ImportProgress } from "../../src/ledger/import-report.js";
import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import type { SuppressionEntry } from "../../src/suppression/suppression-store.js";
import { canary, leakWatch } from "../support/canary.js";
import { people, rejection } from "../support/clients.js";
import { collect, hang, minute, ScriptedStore } from "../support/stores.js";
import { wrong } from "../support/wrong.js";
import { file, imported } from "./files.js";

const base = { sender: "+18005551234", state: "opted-out", asOf: minute(0) } as const;

/** Fails with the third batch it is to record. */
class FailingStore extends MemorySuppressionStore {
  batches = 0;

  override async record(entries: readonly SuppressionEntry[]): Promise<readonly boolean[]> {
    if (++this.batches === 3) throw new Error(`no room for ${entries[0]?.recipient} ${canary.text}`);
    return super.record(entries);
  }
}

/** What the import rejected with, looked at for leaks. */
async function failure(call: Promise<unknown>) {
  const error = await rejection(call);
  leakWatch.error("the import", error);
  return error as Error & { report?: ImportProgress };
}

describe("an import that fails half way", () => {
  it("says how far the store took it, and can be repeated", async () => {
    const store = new FailingStore();
    const numbers = people(3500);
    const source = file("recipient,note", ...numbers.map((number) => `${number},${canary.text}`));
    const error = await failure(importEntries(store, source, base));
    expect(error).toMatchObject({ code: "suppression-unavailable", cause: expect.any(Error) });
    expect(error.report).toMatchObject({ rows: 2000, recorded: 2000, refused: 0, refusals: [] });
    const again = await importEntries(store, source, base);
    expect(again).toMatchObject({ rows: 3500, recorded: 1500, unchanged: 2000 });
    expect(await collect(store.entries())).toHaveLength(3500);
  });

  it.each([
    ["fails to find", { find: () => Promise.reject(new Error("down")) }],
    ["finds too little", { find: () => Promise.resolve([]) }],
  ])("in a dry run: the store %s", async (_, answers) => {
    const options = { ...base, dryRun: true };
    const error = await failure(
      importEntries(new ScriptedStore(answers), file("recipient", ...people(2)), options),
    );
    expect(error).toMatchObject({ code: "suppression-unavailable", report: { rows: 0 } });
  });

  it.each([[[true]], [[]], [undefined], [[true, "yes"]]])(
    "because the store answers %j to two entries",
    async (answer) => {
      const store = new ScriptedStore({ record: () => Promise.resolve(answer) });
      const error = await failure(importEntries(store, file("recipient", ...people(2)), base));
      expect(error).toMatchObject({ code: "suppression-unavailable", report: { rows: 0 } });
    },
  );

  it("because the store does not answer in time", async () => {
    const options = { ...base, storeTimeoutInSeconds: 0.01 };
    const error = await failure(importEntries(new ScriptedStore(), file("recipient", ...people(2)), options));
    expect(error).toMatchObject({ code: "suppression-unavailable", report: { rows: 0 } });
  });

  it("because its source does", async () => {
    const broken = new Error("the disk is gone");
    async function* source() {
      yield file("recipient", ...people(1500));
      throw broken;
    }
    const error = await failure(imported(source(), base));
    expect(error).toBe(broken);
    expect(error.report).toMatchObject({ rows: 1000, recorded: 1000 });
  });

  it("because its source does, which is not asked again, not even to end", async () => {
    const broken = new Error("the connection is gone");
    const source = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(broken), return: hang }),
    };
    expect(await failure(imported(source, base))).toBe(broken);
  });

  it("because a caller's own function does", async () => {
    const broken = new Error("no such calendar");
    const fail = () => {
      throw broken;
    };
    const { asOf: _, ...dated } = base;
    const source = file("recipient,at", `${canary.numbers[0]},x`, "x,x");
    expect(await failure(imported(source, { ...dated, times: fail }))).toBe(broken);
    expect(await failure(imported(source, { ...base, onRefused: fail }))).toBe(broken);
    expect(await failure(imported(source, { ...base, onProgress: fail }))).toBe(broken);
  });

  it("but not where one that is only told something fails later, and the process goes on", async () => {
    const fail = wrong<() => void>(async () => Promise.reject(new Error("the screen is gone")));
    const source = file("recipient", canary.numbers[0], "x");
    const { report } = await imported(source, { ...base, onRefused: fail, onProgress: fail });
    expect(report).toMatchObject({ recorded: 1, refused: 1 });
  });
});

describe("a source that is no text", () => {
  it.each([
    ["a compressed file", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])],
    ["a spreadsheet", Buffer.from("PK\x03\x04\x14\0\x06\0\x08")],
    ["UTF-16", Buffer.from("\uFEFFrecipient\n", "utf16le")],
    ["UTF-16 without a mark", Buffer.from("recipient\n", "utf16le")],
    ["a character that is cut off", Buffer.from("recipient\nê").subarray(0, -1)],
  ])("is refused: %s", async (_, bytes) => {
    const { message } = await failure(imported(bytes, base));
    expect(message).toMatch(/^Expected `source` to be text in utf-8, got bytes that are none after line \d/);
  });

  it("is refused where it begins to be none", async () => {
    const source = [file("recipient", ...people(1500)), Buffer.from([0xff])];
    const { message, report } = await failure(imported(source, base));
    expect(message).toContain("after line 1501");
    expect(report).toMatchObject({ rows: 1000 });
  });
});

describe("a signal", () => {
  it("ends an import before it begins", async () => {
    const store = new ScriptedStore();
    const abortSignal = AbortSignal.abort("enough");
    const error = await failure(
      importEntries(store, file("recipient", ...people(2)), { ...base, abortSignal }),
    );
    expect(error).toMatchObject({ name: "AbortError", cause: "enough", report: { rows: 0, bytes: 0 } });
    expect(store.recorded).toEqual([]);
  });

  it("ends it while the source hangs, and closes the source", async () => {
    const controller = new AbortController();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const chunks = [file("recipient", ...people(1000))];
    const source = {
      [Symbol.asyncIterator]: () => ({
        async next() {
          const value = chunks.shift();
          if (value !== undefined) return { value, done: false };
          controller.abort();
          return hang();
        },
        async return() {
          close();
          return hang();
        },
      }),
    };
    const call = imported(source, { ...base, abortSignal: controller.signal });
    expect(await failure(call)).toMatchObject({ name: "AbortError", report: { rows: 1000 } });
    await closed;
  });

  it("ends it while the store works", async () => {
    const controller = new AbortController();
    const store = new ScriptedStore({
      record: () => {
        controller.abort();
        return hang();
      },
    });
    const source = file("recipient", ...people(2));
    const error = await failure(importEntries(store, source, { ...base, abortSignal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", report: { rows: 0 } });
    expect(store.signals[0]?.aborted).toBe(true);
  });

  it("is let go of when the import is done", async () => {
    const { signal } = new AbortController();
    const source = file("recipient", ...people(1500)).split("");
    await imported(source, { ...base, abortSignal: signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("a source that is left early", () => {
  it("is closed", async () => {
    let isClosed = false;
    async function* source() {
      try {
        yield file("recipient", ...people(1500));
        yield file(...people(1500));
      } finally {
        // Closing a file takes a while, and is waited for.
        await new Promise((resolve) => setImmediate(resolve));
        isClosed = true;
      }
    }
    const store = new ScriptedStore({ record: () => Promise.reject(new Error("down")) });
    await failure(importEntries(store, source(), base));
    expect(isClosed).toBe(true);
  });
});

describe("progress", () => {
  it("is told at the end in any case, and only grows", async () => {
    const told: ImportProgress[] = [];
    const source = file("recipient", ...people(9000));
    const { report } = await imported(source, { ...base, onProgress: (progress) => told.push(progress) });
    const { dryRun: _, refusals: __, ...last } = report;
    expect(told.at(-1)).toEqual(last);
    for (const [index, { rows, bytes }] of told.entries()) {
      expect(rows).toBeGreaterThanOrEqual(told[index - 1]?.rows ?? 0);
      expect(bytes).toBeGreaterThanOrEqual(told[index - 1]?.bytes ?? 0);
    }
  });

  it("is told no oftener than ten times a second", () => {
    const clock = vi.spyOn(performance, "now");
    const told: number[] = [];
    const progress = new AtIntervals<number>((value) => told.push(value));
    for (const now of [0, 50, 99, 100, 150, 350]) {
      clock.mockReturnValue(now);
      progress.tell(() => now);
    }
    progress.last(350);
    expect(told).toEqual([0, 100, 350, 350]);
  });
});
