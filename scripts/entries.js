import { join } from "node:path";
import { readJson, root } from "./run.js";

/**
 * @typedef {object} Entry
 * @property {string} name what a user imports: `acs-sms/emulator`
 * @property {string} source `src/emulator/index.ts`
 * @property {string} file what Node loads, below `dist`: `emulator/index.js`
 * @property {string} types its declarations: `dist/emulator/index.d.ts`
 * @property {string} report its API report: `acs-sms-emulator.api.md`
 */

/** @type {{ name: string, bin: Record<string, string>, exports: Record<string, string | { types?: string }>, dependencies: Record<string, string>, peerDependencies?: Record<string, string> }} */
const manifest = readJson(join(root, "package.json"));

/** The packages that a user installs: along with this one, or for a part of it. */
export const foreignPackages = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });

/**
 * Every typed entry of package.json, the one list of what the package offers.
 *
 * @type {readonly Entry[]}
 */
export const entries = Object.entries(manifest.exports).flatMap(([path, target]) => {
  if (typeof target === "string" || target.types === undefined) return [];
  const name = join(manifest.name, path).replaceAll("\\", "/");
  const types = join(target.types).replaceAll("\\", "/");
  const file = types.replace(/^dist\//, "").replace(/\.d\.ts$/, ".js");
  const source = `src/${file.replace(/\.js$/, ".ts")}`;
  return [{ name, source, file, types, report: `${name.replaceAll("/", "-")}.api.md` }];
});

/**
 * The commands of package.json: what the shell runs.
 *
 * @type {readonly Pick<Entry, "file" | "source">[]}
 */
export const commands = Object.values(manifest.bin).map((path) => {
  const file = path.replace(/^dist\//, "");
  return { source: `src/${file.replace(/\.js$/, ".ts")}`, file };
});
