import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { SqliteOptions } from "../../../src/stores/sqlite/options.js";
import { SqliteSuppressionStore } from "../../../src/stores/sqlite/sqlite-suppression-store.js";
import type { SuppressionEntry } from "../../../src/suppression/suppression-store.js";
import { canary } from "../../support/canary.js";
import { breakSqlite } from "../../support/services/sqlite.js";
import { collect, fact, minute } from "../../support/stores.js";
import { wrong } from "../../support/wrong.js";

const [person, other] = canary.numbers;
const open: AsyncDisposable[] = [];
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "acs-sms-sqlite-"));
  path = join(folder, "opt-outs.sqlite");
});

afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function storeOn(source: string | DatabaseSync = path, options: SqliteOptions = {}): SqliteSuppressionStore {
  const store = new SqliteSuppressionStore(source, options);
  open.push(store);
  return store;
}

/** A connection of the test's own. */
function database(options: ConstructorParameters<typeof DatabaseSync>[1] = {}): DatabaseSync {
  const opened = new DatabaseSync(path, options);
  open.push({ [Symbol.asyncDispose]: async () => opened.close() });
  return opened;
}

/** What somebody else does while a call is going on. */
const soon = (work: () => void): void => void setImmediate(work);

const people = (count: number): SuppressionEntry[] =>
  Array.from({ length: count }, (_, index) => fact({ recipient: `+1425${1_000_000 + index}` }));

describe("the file", () => {
  it.skipIf(process.platform === "win32")("is for its owner's eyes, with those beside it", async () => {
    await storeOn().record([fact()]);
    for (const end of ["", "-wal", "-shm"]) expect((await stat(path + end)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === "win32")("keeps its mode where there was one", async () => {
    await writeFile(path, "");
    await chmod(path, 0o640);
    await storeOn().record([fact()]);
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it("is not made before the first use", async () => {
    const store = storeOn();
    expect(existsSync(path)).toBe(false);
    await store.find([person]);
    expect(existsSync(path)).toBe(true);
  });

  it("needs a folder", async () => {
    path = join(folder, "missing", "opt-outs.sqlite");
    await expect(storeOn().find([person])).rejects.toThrow("The folder");
  });

  it("may be none at all", async () => {
    const store = storeOn(":memory:");
    await store.record([fact()]);
    expect(await store.find([person])).toEqual([[fact()]]);
    expect(await storeOn(":memory:").find([person])).toEqual([[]]);
    expect(existsSync(":memory:")).toBe(false);
  });

  it("has a write-ahead log", async () => {
    await storeOn().record([fact()]);
    expect(database().prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  });
});

describe("`create: false`", () => {
  const create = false;

  it("refuses a file that is not there, and makes none", async () => {
    const store = storeOn(path, { create });
    await expect(store.find([person])).rejects.toThrow("There is no SQLite file");
    await expect(store.record([fact()])).rejects.toThrow("There is no SQLite file");
    expect(existsSync(path)).toBe(false);
  });

  it("refuses a file without a list", async () => {
    await writeFile(path, "");
    await expect(storeOn(path, { create }).find([person])).rejects.toThrow("has no suppression list");
    database().exec("CREATE TABLE theirs (id)");
    await expect(storeOn(path, { create }).find([person])).rejects.toThrow("has no suppression list");
    await expect(storeOn(":memory:", { create }).find([person])).rejects.toThrow("has no suppression list");
  });

  it("takes a list that is there, and one that comes later", async () => {
    const store = storeOn(path, { create });
    await expect(store.find([person])).rejects.toThrow("There is no SQLite file");
    await storeOn().record([fact()]);
    expect(await store.find([person])).toEqual([[fact()]]);
  });
});

describe("the tables", () => {
  it("of a newer version are refused", async () => {
    await storeOn().record([fact()]);
    database().exec("UPDATE acs_sms_schema SET version = 2");
    const store = storeOn();
    await expect(store.find([person])).rejects.toThrow(
      /suppression list .* has version 2 .* knows version 1/,
    );
    await expect(store.record([fact({ at: minute(1) })])).rejects.toThrow("version 2");
  });

  it("that were lost are an error, and no empty list", async () => {
    await storeOn().record([fact()]);
    database().exec("DROP TABLE acs_sms_newest");
    await expect(storeOn().find([person])).rejects.toThrow("no such table");
  });

  it.each([
    ["state", "'perhaps'"],
    ["source", "'hearsay'"],
    ["at", "9e15"],
  ])("with a row that has no valid %s are an error", async (column, value) => {
    const store = storeOn();
    await store.record([fact()]);
    database().exec(`UPDATE acs_sms_newest SET ${column} = ${value}`);
    await expect(store.find([person])).rejects.toThrow(`no valid \`${column}\``);
    await expect(collect(store.entries())).rejects.toThrow(`no valid \`${column}\``);
  });

  it("let nobody change or delete what was said", async () => {
    await storeOn().record([fact()]);
    const file = database();
    for (const sql of ["UPDATE acs_sms_history SET at = 0", "DELETE FROM acs_sms_history"])
      expect(() => file.exec(sql)).toThrow("only ever added to");
  });

  it("let it be deleted on purpose", async () => {
    const store = storeOn();
    await store.record([fact({ at: minute(1) }), fact({ at: minute(2) }), fact({ recipient: other })]);
    const file = database();
    const trigger = file.prepare("SELECT sql FROM sqlite_schema WHERE name = 'acs_sms_history_delete'").get();
    file.exec(`
      BEGIN IMMEDIATE;
      DROP TRIGGER acs_sms_history_delete;
      DELETE FROM acs_sms_newest WHERE recipient = '${person}';
      DELETE FROM acs_sms_history WHERE recipient = '${person}';
      ${String(trigger?.["sql"])};
      COMMIT`);
    expect(await store.find([person, other])).toEqual([[], [fact({ recipient: other })]]);
    await store.record([fact({ at: minute(3) })]);
    expect(await collect(store.history(person))).toEqual([fact({ at: minute(3) })]);
  });
});

describe("a lock that another connection of this thread holds", () => {
  it("is waited for, with the event loop running", async () => {
    const store = storeOn();
    await store.record([fact()]);
    const file = database();
    file.exec("BEGIN IMMEDIATE");
    const recording = store.record([fact({ at: minute(1) })]);
    soon(() => file.exec("COMMIT"));
    expect(await recording).toEqual([true]);
  });

  it("keeps no reader waiting, not even one that has not opened the file yet", async () => {
    await storeOn().record([fact()]);
    const file = database();
    file.exec("BEGIN IMMEDIATE");
    expect(await storeOn(path, { busyTimeoutInSeconds: 0 }).find([person])).toEqual([[fact()]]);
    file.exec("COMMIT");
  });

  it("is an error after a while", async () => {
    const store = storeOn(path, { busyTimeoutInSeconds: 0 });
    await store.record([fact()]);
    database().exec("BEGIN IMMEDIATE");
    await expect(store.record([fact({ note: canary.text })])).rejects.toMatchObject({
      message: "database is locked",
      code: "ERR_SQLITE_ERROR",
    });
  });

  it("is not waited for after an abort, nor after the store was disposed of", async () => {
    const store = storeOn();
    await store.record([fact()]);
    database().exec("BEGIN IMMEDIATE");
    const controller = new AbortController();
    const aborted = store.record([fact({ at: minute(1) })], { abortSignal: controller.signal });
    const closed = store.record([fact({ at: minute(2) })]);
    soon(() => controller.abort());
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    await store[Symbol.asyncDispose]();
    await expect(closed).rejects.toThrow("disposed of");
  });

  it("does not stop many stores that write at once", async () => {
    const stores = Array.from({ length: 5 }, () => storeOn());
    const entries = people(40);
    const answers = await Promise.all(
      stores.flatMap((store) => entries.map(async (entry) => store.record([entry]))),
    );
    expect(answers.flat().filter(Boolean)).toHaveLength(entries.length);
    expect(await collect(storeOn().entries())).toHaveLength(entries.length);
  });
});

describe("a large batch", () => {
  const total = 5000;

  /** Calls back in each turn of the event loop with how many entries others can see. */
  async function watched(recording: Promise<unknown>, see: (count: number) => void): Promise<void> {
    const counting = database().prepare("SELECT count(*) AS count FROM acs_sms_newest");
    let isOver = false;
    const over = recording.finally(() => (isOver = true));
    const look = (): void => {
      if (isOver) return;
      see(Number(counting.get()?.["count"]));
      setImmediate(look);
    };
    look();
    await over;
  }

  it("goes in parts, and lets the event loop run after each", async () => {
    const store = storeOn();
    await store.find([person]);
    const seen = new Set<number>([0]);
    await watched(store.record(people(total)), (count) => seen.add(count));
    expect([...seen]).toEqual(Array.from({ length: 11 }, (_, index) => index * 500));
  });

  it("that is aborted keeps whole parts, and can be repeated", async () => {
    const store = storeOn();
    await store.find([person]);
    const controller = new AbortController();
    const recording = store.record(people(total), { abortSignal: controller.signal });
    const abort = (count: number): void => void (count >= 1000 && controller.abort());
    await expect(watched(recording, abort)).rejects.toMatchObject({ name: "AbortError" });
    expect(await collect(store.entries())).toHaveLength(1000);
    const answers = await store.record(people(total));
    expect(answers.map((isNew, index) => isNew === index >= 1000)).not.toContain(false);
    const found = await store.find(people(total).map(({ recipient }) => recipient));
    expect(found.map((entries) => entries.length)).toEqual(people(total).map(() => 1));
  });

  it("does not follow what becomes of the caller's list", async () => {
    const store = storeOn();
    const entries = people(total);
    const recording = store.record(entries);
    entries.length = 0;
    expect(await recording).toHaveLength(total);
  });
});

describe("a long history", () => {
  it("is read in pages, and ends where it ended at the beginning", async () => {
    const store = storeOn();
    const facts = Array.from({ length: 1201 }, (_, index) => fact({ at: minute(index) }));
    await store.record(facts);
    const seen: SuppressionEntry[] = [];
    for await (const entry of store.history(person)) {
      if (seen.length % 500 === 0) await store.record([fact({ at: minute(-1 - seen.length) })]);
      seen.push(entry);
    }
    expect(seen).toEqual(facts);
  });
});

describe("all entries", () => {
  it("come with those of one person together, also across pages", async () => {
    const store = storeOn();
    const senders = Array.from({ length: 700 }, (_, index) => String(10_000 + index));
    await store.record(
      [person, other].flatMap((recipient) => senders.map((sender) => fact({ recipient, sender }))),
    );
    const recipients = (await collect(store.entries())).map(({ recipient }) => recipient);
    expect(recipients).toEqual([...senders.map(() => person), ...senders.map(() => other)]);
  });
});

describe("a database of the caller's", () => {
  it("stays as it is, and open", async () => {
    const file = database();
    const store = storeOn(file);
    await store.record([fact()]);
    expect(await store.find([person])).toEqual([[fact()]]);
    await store[Symbol.asyncDispose]();
    await expect(store.find([person])).rejects.toThrow("disposed of");
    expect(file.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "delete" });
    expect(file.prepare("PRAGMA user_version").get()).toEqual({ user_version: 0 });
  });

  it("may answer with lists and big integers", async () => {
    const store = storeOn(database({ returnArrays: true, readBigInts: true }));
    expect(await store.record([fact(), fact()])).toEqual([true, false]);
    expect(await store.find([person])).toEqual([[fact()]]);
    expect(await collect(store.history(person))).toEqual([fact()]);
    expect(await collect(store.entries())).toEqual([fact()]);
  });

  it("with a transaction open is neither read nor written: it may be rolled back, or old", async () => {
    const file = database();
    const store = storeOn(file);
    await store.record([fact()]);
    file.exec("BEGIN");
    await expect(store.find([person])).rejects.toThrow("within a transaction");
    await expect(store.record([fact({ at: minute(1) })])).rejects.toThrow("within a transaction");
    file.exec("ROLLBACK");
    expect(await store.find([person])).toEqual([[fact()]]);
  });
});

describe("a failing disk", () => {
  it("makes each call reject with SQLite's error, until it is mended", async () => {
    const store = storeOn();
    await store.record([fact()]);
    const mend = await breakSqlite(path);
    const calls = [store.find([person]), store.record([fact({ note: canary.text, at: minute(1) })])];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: "ERR_SQLITE_ERROR" });
    await mend();
    expect(await store.find([person])).toEqual([[fact()]]);
    expect(await store.record([fact({ at: minute(1) })])).toEqual([true]);
  });

  it("shows nothing of what was to be written", async () => {
    const store = storeOn();
    const undated = fact({ note: canary.text, keyword: canary.text, at: new Date(Number.NaN) });
    const error: unknown = await store.record([undated]).catch((error: unknown) => error);
    expect(error).toMatchObject({ message: "NOT NULL constraint failed: acs_sms_history.at" });
    expect(JSON.stringify(Object.entries(wrong<object>(error)))).not.toContain(canary.text);
    expect(await collect(store.history(person))).toEqual([]);
  });
});

describe("what cannot be meant", () => {
  it.each([[""], ["file:opt-outs.sqlite"], [{}], [undefined], [7]])("is no file: %j", (source) => {
    expect(() => new SqliteSuppressionStore(wrong(source))).toThrow("Expected `pathOrDatabase` to be");
  });

  it.each([
    [{ create: "no" }, "Expected `create` to be a boolean"],
    [{ synchronous: "off" }, 'Expected `synchronous` to be "full" or "normal"'],
    [{ busyTimeoutInSeconds: -1 }, "Expected `busyTimeoutInSeconds` to be a number of 0 or more"],
  ])("is no option: %j", (options, message) => {
    expect(() => new SqliteSuppressionStore(path, wrong(options))).toThrow(message);
  });

  it("is to set how a database of the caller's writes", () => {
    expect(() => storeOn(database(), { synchronous: "full" })).toThrow("Expected `synchronous` to be left");
  });
});
