import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { runtimeDependencies } from "./entries.js";
import { noticesOf } from "./notices.js";
import { root } from "./run.js";

/**
 * Makes one file of a folder of `src`, with what it imports beyond the package's runtime dependencies inside.
 *
 * @type {(folder: string, out: string) => Promise<void>}
 */
export async function bundle(folder, out) {
  const inputs = await write(folder, out);
  refuseStrangers(folder, inputs);
  await prune(join(out, folder));
  await writeFile(join(out, folder, "THIRD-PARTY-NOTICES.txt"), await noticesOf(inputs));
}

/** @type {(folder: string, out: string) => Promise<string[]>} */
async function write(folder, out) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [`src/${folder}/index.ts`],
    outfile: join(out, folder, "index.js"),
    allowOverwrite: true,
    bundle: true,
    external: runtimeDependencies,
    format: "esm",
    platform: "node",
    target: "node22.13",
    charset: "utf8",
    metafile: true,
    logLevel: "silent",
  });
  return Object.keys(metafile.inputs);
}

/**
 * A class that is bundled here and also lives in another file of `dist` would exist twice: `instanceof` would lie.
 *
 * @type {(folder: string, inputs: readonly string[]) => void}
 */
function refuseStrangers(folder, inputs) {
  const strangers = inputs.filter((file) => file.startsWith("src/") && !file.startsWith(`src/${folder}/`));
  if (strangers.length > 0) throw new Error(`src/${folder} must not bundle ${strangers.join(", ")}.`);
}

/**
 * Removes what tsc wrote for the folder and the bundle made superfluous.
 *
 * @type {(folder: string) => Promise<void>}
 */
async function prune(folder) {
  const kept = await reachableFrom(join(folder, "index.d.ts"));
  kept.add(join(folder, "index.js"));
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  await Promise.all(paths.filter((path) => !kept.has(path)).map((path) => rm(path)));
}

/**
 * The declarations that a user's compiler reads, starting from one of them.
 *
 * @type {(entry: string) => Promise<Set<string>>}
 */
async function reachableFrom(entry) {
  const seen = new Set([entry]);
  for (const file of seen) {
    const imports = (await readFile(file, "utf8")).matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g);
    for (const [, path] of imports) seen.add(resolve(dirname(file), `${path}.d.ts`));
  }
  return seen;
}
