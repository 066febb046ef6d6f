import "./require-node.js";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { bundleEntries } from "./bundle.js";
import { noticesOf } from "./notices.js";
import { buildPage } from "./page.js";
import { root, runTool, script, succeed } from "./run.js";

const { values } = parseArgs({ options: { quiet: { type: "boolean", default: false } } });

await script(async () => {
  const started = performance.now();
  await build();
  if (!values.quiet) console.log(`Built dist in ${Math.round(performance.now() - started)} ms.`);
});

/** Builds beside `dist` and swaps at the end: whoever reads it meanwhile, even another build, finds it whole. */
async function build() {
  await mkdir(join(root, "temp"), { recursive: true });
  const fresh = await mkdtemp(join(root, "temp", "build-"));
  try {
    const [page] = await Promise.all([
      buildPage(join(fresh, "emulator", "page")),
      succeed(runTool("tsc", ["-p", "tsconfig.build.json", "--emitDeclarationOnly", "--outDir", fresh])),
    ]);
    const entries = await bundleEntries(fresh);
    await writeFile(join(fresh, "THIRD-PARTY-NOTICES.txt"), await noticesOf([...entries, ...page]));
    await writeFile(join(fresh, "emulator", "openapi.json"), await openApiDocument(fresh));
    await replace(join(root, "dist"), fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/**
 * What the emulator that was just built says of its control API.
 *
 * @type {(fresh: string) => Promise<string>}
 */
async function openApiDocument(fresh) {
  const { startEmulator } = await import(pathToFileURL(join(fresh, "emulator", "index.js")).href);
  const emulator = await startEmulator();
  const answer = await fetch(`${emulator.endpoint}/_emulator/openapi.json`);
  const document = await answer.json();
  await emulator.close();
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/**
 * Renames file by file, because no call exchanges two folders: no file of `dist` is missing at any moment.
 *
 * @type {(dist: string, fresh: string) => Promise<void>}
 */
async function replace(dist, fresh) {
  const files = await filesIn(fresh);
  for (const file of files) {
    await mkdir(dirname(join(dist, file)), { recursive: true });
    await rename(join(fresh, file), join(dist, file));
  }
  const stale = (await filesIn(dist)).filter((file) => !files.includes(file));
  await Promise.all(stale.map((file) => rm(join(dist, file), { force: true })));
}

/** @type {(folder: string) => Promise<string[]>} */
async function filesIn(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
