import { defineConfig } from "vitest/config";

import usual from "./vitest.config.ts";

/** What takes long: `npm run soak`. One file at a time, as each keeps the machine busy by itself. */
export default defineConfig({
  test: {
    ...usual.test,
    include: ["test/**/*.soak.ts", "test/campaigns/bullmq/fleet.test.ts"],
    env: { SOAK_PEOPLE: "20000", SOAK_KILLS: "6" },
    maxWorkers: 1,
    testTimeout: 30 * 60_000,
  },
});
