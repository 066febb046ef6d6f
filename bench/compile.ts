import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import * as esbuild from "esbuild";

const bench = import.meta.dirname;
const children = ["server", "client", "start", "micro", "stores", "campaign", "emulator", "insights"];

/**
 * Makes the scripts of the child processes, in a folder that goes when this process does. Left as TypeScript, each child
 * would load a compiler first: 20 ms and 17 MB that are not the measured client's.
 */
export async function compileChildren(): Promise<(name: string) => string> {
  const folder = temporaryFolder();
  await Promise.all([compile(folder), bundleAsUsersDo(folder)]);
  return (name) => join(folder, `${name}.${name === "start-bundled" ? "cjs" : "mjs"}`);
}

/** Packages stay what they are: files in `node_modules`, and `dist` for our own. */
async function compile(folder: string): Promise<void> {
  await esbuild.build({
    entryPoints: children.map((name) => join(bench, `${name}.ts`)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    splitting: true,
    format: "esm",
    platform: "node",
    logLevel: "warning",
  });
}

async function bundleAsUsersDo(folder: string): Promise<void> {
  await esbuild.build({
    entryPoints: [join(bench, "start-bundled.ts")],
    outfile: join(folder, "start-bundled.cjs"),
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    // In a user's node_modules it is not said: a file of ours that is loaded for nothing but what it exports.
    logOverride: { "ignored-bare-import": "silent" },
    logLevel: "warning",
  });
}

/** Inside the repository, since the scripts look for packages from where they are. */
function temporaryFolder(): string {
  const parent = join(bench, "..", "temp");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
