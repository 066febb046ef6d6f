import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Finding } from "./finding.js";

const check = "file";

/** What can be wrong with a SQLite file that opens all the same. */
export async function sqliteFindings(path: string, folder: string): Promise<Finding[]> {
  const file = resolve(folder, path);
  const findings = [...(await modeFindings(file)), ...journalFindings(file)];
  if (findings.length > 0) return findings;
  return [{ check, status: "ok", message: "The file is for its owner alone, and has a write-ahead log." }];
}

/** Windows has no such modes, and shows one that everybody may read. */
async function modeFindings(file: string): Promise<Finding[]> {
  const { mode } = await stat(file);
  if (process.platform === "win32" || (mode & 0o077) === 0) return [];
  const shown = (mode & 0o777).toString(8).padStart(4, "0");
  const message = `The file has mode ${shown}: others on this machine can get at the phone numbers in it.`;
  return [
    { check, status: "warn", message, advice: `chmod 600 the file, and those beside it (-wal, -shm).` },
  ];
}

/** Some file systems take no write-ahead log, and SQLite then goes on without it. */
function journalFindings(file: string): Finding[] {
  const database = new DatabaseSync(file, { readOnly: true });
  const mode = database.prepare("PRAGMA journal_mode").get()?.["journal_mode"];
  database.close();
  if (mode === "wal") return [];
  const message = `The file's journal is “${String(mode)}” and no write-ahead log: readers and writers block each other.`;
  return [
    {
      check,
      status: "warn",
      message,
      advice: "Keep the file on a disk of this machine, not on a network share.",
    },
  ];
}
