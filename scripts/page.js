import { relative } from "node:path";
import { build } from "vite";
import { root } from "./run.js";

/**
 * Builds the emulator's page, which asks nobody but the emulator for anything.
 *
 * @param {string} out the folder for it
 * @returns every file that is in it, relative to the repository
 */
export async function buildPage(out) {
  // A test run that builds says `test`, with which JSX would be compiled for development, half as large again.
  process.env["NODE_ENV"] = "production";
  const built = await build({
    configFile: `${root}/vite.config.ts`,
    logLevel: "warn",
    build: { outDir: out, emptyOutDir: true },
  });
  if (!("output" in built)) throw new Error("Expected one build of the page, got several or a watcher.");
  const modules = built.output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
  return modules.map((file) => relative(root, file).replaceAll("\\", "/"));
}
