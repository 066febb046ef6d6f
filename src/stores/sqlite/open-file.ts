import { closeSync, existsSync, openSync } from "node:fs";
import { dirname } from "node:path";
import type * as sqlite from "node:sqlite";

import type { Settings } from "./options.js";

/** Opens a file, or `:memory:`. Readers and a writer don't wait for one another in it (write-ahead log). */
export function openFile(path: string, { create, synchronous }: Settings): sqlite.DatabaseSync {
  if (path !== ":memory:") {
    if (create) makePrivateFile(path);
    else if (!existsSync(path)) throw new Error(`There is no SQLite file ${path}, and \`create\` is false.`);
  }
  // Without a busy timeout of SQLite's own: that one would stop the event loop.
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(path);
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; ${cache}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Only when a file is opened: Node 22 prints a warning as soon as it is loaded, also for those who use another store. */
function loadSqlite(): typeof sqlite {
  const loaded = process.getBuiltinModule("node:sqlite");
  // Also where Node's types say otherwise: it can be built, or started, without it.
  if (loaded === undefined)
    throw new Error("This Node has no `node:sqlite`: it was built, or started, without it.");
  return loaded;
}

/** In KiB, up to which memory is taken as it is needed: eight times SQLite's default, for the inner pages of big lists. */
const cache = "PRAGMA cache_size = -16000";

/**
 * Phone numbers are for the owner's eyes. SQLite gives the files that it makes beside this one the same mode. A file
 * that exists is not opened: to close it again would drop the locks that SQLite holds on it in this process.
 */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
    if (code === "ENOENT")
      throw new Error(`The folder ${dirname(path)} of the SQLite file does not exist.`, { cause: error });
    if (code !== "EEXIST") throw error;
  }
}
