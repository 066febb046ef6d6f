import { chmod, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { commands, entries, foreignPackages } from "./entries.js";
import { root } from "./run.js";

/**
 * Makes one file of each entry, since every file that a program loads costs it time at start: the root entry takes a
 * third of what its sixty files would. What entries share, and what is loaded only when needed (the pipeline), is in
 * files of its own under `shared`, so that no class exists twice. Packages that users install stay outside; the
 * development dependencies that an entry needs go inside, with their licences.
 *
 * @param {string} out where the declarations are, and the files shall be
 * @returns every file that is in them, relative to the repository
 */
export async function bundleEntries(out) {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      [...entries, ...commands].map(({ file, source }) => [file.replace(/\.js$/, ""), source]),
    ),
    outdir: out,
    chunkNames: "shared/[name]-[hash]",
    bundle: true,
    splitting: true,
    external: foreignPackages,
    format: "esm",
    platform: "node",
    target: "node22.13",
    // The modern half of packages that have two.
    mainFields: ["module", "main"],
    charset: "utf8",
    metafile: true,
    logLevel: "silent",
    plugins: [rootInOnePiece],
  });
  await Promise.all(commands.map(({ file }) => chmod(join(out, file), 0o755)));
  await pruneDeclarations(out);
  return Object.keys(metafile.inputs);
}

const rootEntry = join(root, "src", "index.ts");

/** The folders of the other entries. */
const otherFolders = new Set(
  [...entries, ...commands]
    .map(({ source }) => dirname(join(root, source)))
    .filter((folder) => folder !== dirname(rootEntry)),
);

/**
 * esbuild puts together what the same entries lead to, so each entry that shares a little with the root tears a piece out
 * of it, and every program would load a dozen files. With everything leading to all of the root, the root stays whole:
 * one file, which a program that uses another entry has loaded anyway. The emulator shares nothing with it but for its
 * insights, which are loaded when they are asked for.
 *
 * @type {esbuild.Plugin}
 */
const rootInOnePiece = {
  name: "root in one piece",
  setup(build) {
    /** @type {Set<string>} */
    const loadedLater = new Set();
    build.onResolve(
      { filter: /^src\/|^\.{1,2}\// },
      async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (pluginData === rootInOnePiece.name || importer.includes("node_modules")) return undefined;
        const found = await build.resolve(kind === "entry-point" ? join(root, path) : path, {
          kind,
          importer,
          resolveDir,
          pluginData: rootInOnePiece.name,
        });
        if (kind === "dynamic-import") loadedLater.add(found.path);
        return { path: found.path, sideEffects: true };
      },
    );
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const leadsToRoot = loadedLater.has(path) || otherFolders.has(dirname(path));
      if (!leadsToRoot || /[\\/]emulator[\\/](?!insights[\\/])/.test(path)) return undefined;
      const source = await readFile(path, "utf8");
      return { contents: `${source}\nimport ${JSON.stringify(rootEntry)};`, loader: "ts" };
    });
  },
};

/**
 * Removes the declarations that no entry leads to.
 *
 * @type {(out: string) => Promise<void>}
 */
async function pruneDeclarations(out) {
  const kept = await reachableFrom(entries.map(({ file }) => join(out, file.replace(/\.js$/, ".d.ts"))));
  const files = await readdir(out, { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const stale = paths.filter((path) => path.endsWith(".d.ts") && !kept.has(path));
  await Promise.all(stale.map((path) => rm(path)));
}

/**
 * The declarations that a user's compiler reads, starting from some of them.
 *
 * @type {(starts: readonly string[]) => Promise<Set<string>>}
 */
async function reachableFrom(starts) {
  const seen = new Set(starts);
  for (const file of seen) {
    const imports = (await readFile(file, "utf8")).matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g);
    for (const [, path] of imports) seen.add(resolve(dirname(file), `${path}.d.ts`));
  }
  return seen;
}
