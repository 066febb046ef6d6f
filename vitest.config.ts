import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/canary.ts"],
    // Two, also on two cores: much of the time goes by in waiting for servers, child processes and a browser.
    maxWorkers: 2,
    // Each file has a thread of its own: it starts in half the time of a process.
    pool: "threads",
    // How long a test may hang, not how long one may take.
    testTimeout: 120_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
