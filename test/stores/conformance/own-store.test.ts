import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, it } from "vitest";

import { runNode } from "../../../scripts/run.js";
import { requireBuild } from "../../support/require-build.js";

const script = fileURLToPath(new URL("own-store.ts", import.meta.url));

const tap = ["--test-reporter=tap", "--test-reporter-destination=stdout"];

describe("a caller's own store, with the test runner of Node", () => {
  beforeAll(requireBuild);

  it("passes, if it is right", async () => {
    const { code, output } = await runNode([...tap, script], { timeout: 30_000 });
    expect(output).toMatch(/^ok \d+ - order: an opt-in does not erase the opt-out$/m);
    expect(output).not.toMatch(/^not ok/m);
    expect(code).toBe(0);
  });

  it("fails, if it is not, and says what the contract demands", async () => {
    const { code, output } = await runNode([...tap, script, "spoiled"], { timeout: 30_000 });
    expect(output).toMatch(/^not ok \d+ - order: an opt-in does not erase the opt-out$/m);
    expect(output).toContain("A fact of one state erased one of the other");
    expect(code).toBe(1);
  });
});
