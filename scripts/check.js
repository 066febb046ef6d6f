import "./require-node.js";
import { runNode, runTool } from "./run.js";

/** @typedef {{ name: string, start: () => Promise<import("./run.js").Outcome> }} Step */

/** @type {Step} */
const build = { name: "build", start: () => runNode(["scripts/build.js", "--quiet"]) };

/**
 * All of these read `dist`, none needs another. The slow ones come first, so that the two lanes end together.
 *
 * @type {Step[]}
 */
const steps = [
  { name: "types", start: () => runTool("tsc", ["--noEmit"]) },
  { name: "types of the page", start: () => runTool("tsc", ["-p", "src/emulator/page"]) },
  { name: "lint", start: () => runTool("oxlint", ["--type-aware", "--deny-warnings"]) },
  { name: "package", start: () => runNode(["scripts/check-package.js"]) },
  { name: "api reports", start: () => runNode(["scripts/api-reports.js"]) },
  { name: "unused code", start: () => runTool("knip", []) },
  { name: "format", start: () => runTool("oxfmt", ["--check"]) },
];

/** @type {string[]} */
const failed = [];

await run(build);
if (failed.length === 0) await Promise.all([lane(), lane()]);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}.`);
  process.exitCode = 1;
}

/** Takes one step after the other until none is left. */
async function lane() {
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) await run(step);
}

/** @param {Step} step */
async function run({ name, start }) {
  const started = performance.now();
  const { code, output } = await start();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (code === 0) return;
  failed.push(name);
  console.log(output);
}
