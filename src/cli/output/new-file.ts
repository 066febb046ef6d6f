import { existsSync } from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { resolve } from "node:path";

import { Failure } from "../failure.js";
import type { Console } from "./console.js";

/** Whoever may read the file learns who opted out of what. */
const ownerOnly = 0o600;

/**
 * Writes a file of phone numbers, for its owner's eyes. It appears whole under its name, or not at all: what was cut
 * short must not be taken for a list of everybody.
 *
 * @throws Failure where it is there already and may not be replaced.
 */
export async function writeNewFile(
  path: string,
  mayReplace: boolean,
  { environment }: Console,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const target = resolve(environment.folder, path);
  refuseExisting(path, target, mayReplace);
  const partial = `${target}.${process.pid}.partial`;
  try {
    await writeWhole(partial, write);
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * Makes a file of phone numbers that grows while it is written, and is of use however far it got.
 *
 * @throws Failure where it is there already and may not be replaced.
 */
export async function createNewFile(
  path: string,
  mayReplace: boolean,
  { environment }: Console,
): Promise<FileHandle> {
  const target = resolve(environment.folder, path);
  refuseExisting(path, target, mayReplace);
  // One that is there may be readable by others.
  await rm(target, { force: true });
  return open(target, "wx", ownerOnly);
}

function refuseExisting(path: string, target: string, mayReplace: boolean): void {
  if (!mayReplace && existsSync(target))
    throw new Failure(`The file ${path} is there already; --force replaces it.`);
}

async function writeWhole(path: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  await using file = await open(path, "wx", ownerOnly);
  await write(file);
  await file.sync();
}
