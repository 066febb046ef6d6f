import "../../scripts/require-node.js";
import type { TestProject } from "vitest/node";
import { runNode } from "../../scripts/run.js";

declare module "vitest" {
  interface ProvidedContext {
    /** What the build said when it failed, else empty. Read by `requireBuild`. */
    buildFailure: string;
  }
}

/**
 * Builds the package once for all test files. A failure is kept for the tests that need the build, so that the others
 * can be run while some file does not compile yet.
 */
export async function setup(project: TestProject): Promise<void> {
  const { code, output } = await runNode(["scripts/build.js", "--quiet"]);
  project.provide("buildFailure", code === 0 ? "" : output);
}
