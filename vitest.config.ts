import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/canary.ts"],
    // Two, also on two cores: much of the time goes by in waiting for servers, child processes and a browser.
    maxWorkers: 2,
    // A process for each file. Threads start in half the time, but V8 has ended the whole run as one of them was closed
    // ("Check failed: jit_page_->allocations_.erase(addr) == 1", with WebAssembly such as PGlite's).
    pool: "forks",
    // How long a test may hang, not how long one may take.
    testTimeout: 120_000,
    unstubEnvs: true,
    restoreMocks: true,
  },
});
