import "./require-node.js";
import { rm } from "node:fs/promises";
import { pack } from "./pack.js";
import { runTool, script, succeed } from "./run.js";

await script(async () => {
  const { folder, tarball } = await pack();
  try {
    await succeed(runTool("publint", ["run", tarball, "--strict"]));
    // `esm-only`: CommonJS reaches us by `require()` of ES modules, which every Node of our `engines` has.
    await succeed(runTool("attw", [tarball, "--profile", "esm-only", "--no-definitely-typed", "--no-emoji"]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
