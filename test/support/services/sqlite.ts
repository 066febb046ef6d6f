import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import type { Service } from "./service.js";

/** A folder for files: there is no server. */
export async function sqliteService(): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), "acs-sms-sqlite-"));
  return {
    url: folder,
    place: async () => ({ kind: "sqlite", url: join(folder, `${randomUUID()}.sqlite`), name: "" }),
    [Symbol.asyncDispose]: async () => rm(folder, { recursive: true }),
  };
}

/**
 * Does to a file what a bad disk does: what is read from it from now on is garbage, for those too who have it open. A
 * process of its own does it, as to close a file drops the locks that SQLite holds on it in the same process.
 *
 * @returns What makes it as it was again.
 */
export async function breakSqlite(path: string): Promise<() => Promise<void>> {
  await inOtherProcess(breaking, path);
  return async () => inOtherProcess(mending, path);
}

/** A write, so that what others have in memory is no longer good; then all goes to the file, and is overwritten. */
const breaking = `
  const { DatabaseSync } = require("node:sqlite");
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec("PRAGMA user_version = 1; PRAGMA user_version = 0; PRAGMA wal_checkpoint(TRUNCATE)");
  fs.copyFileSync(path, path + ".sound");
  fs.writeFileSync(path, Buffer.alloc(fs.statSync(path).size, 0xa5), { flag: "r+" });
  // Without the chance to tidy up: SQLite would take the log away from the others.
  process.kill(process.pid, "SIGKILL");
`;

/** Again with a write, so that nobody keeps the garbage in memory. */
const mending = `
  fs.writeFileSync(path, fs.readFileSync(path + ".sound"), { flag: "r+" });
  fs.rmSync(path + ".sound");
  const { DatabaseSync } = require("node:sqlite");
  const database = new DatabaseSync(path, { timeout: 10_000 });
  database.exec("PRAGMA user_version = 1; PRAGMA user_version = 0");
  database.close();
`;

async function inOtherProcess(program: string, path: string): Promise<void> {
  const start = `const fs = require("node:fs"); const path = ${JSON.stringify(path)};`;
  await promisify(execFile)(process.execPath, ["-e", start + program]).catch((error: unknown) => {
    if (!(error instanceof Error) || Reflect.get(error, "signal") !== "SIGKILL") throw error;
  });
}
