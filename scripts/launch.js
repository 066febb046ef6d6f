import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, delimiter, join } from "node:path";
import { arch, env, execPath, exit, platform } from "node:process";

const root = dirname(import.meta.dirname);

/*
 * node scripts/launch.js <script> [argument …]
 *
 * Runs a script under the Node that comes with the development dependencies, where there is one for this machine, else
 * under this one. Not every npm links it into node_modules/.bin, so it is looked for where it is.
 */
const system = platform === "win32" ? "win" : platform;
const bundled = join(
  root,
  "node_modules",
  `node-${system}-${arch}`,
  "bin",
  platform === "win32" ? "node.exe" : "node",
);
const isThere = existsSync(bundled);
if (!isThere) await import("./require-node.js");
const node = isThere ? bundled : execPath;

const { status, error } = spawnSync(node, process.argv.slice(2), {
  stdio: "inherit",
  // What the script starts finds the same one.
  env: { ...env, PATH: [dirname(node), env["PATH"]].join(delimiter) },
});
if (error !== undefined) throw error;
exit(status ?? 1);
