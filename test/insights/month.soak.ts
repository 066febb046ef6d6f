import { afterAll, describe, expect, it } from "vitest";

import { logKinds, releaseServices } from "./log-kinds.js";
import { expectFigures } from "./month/compare.js";
import { feed } from "./month/feed.js";
import { simulate } from "./month/simulate.js";

/*
 * As figures.test.ts, with half a million messages.
 */

afterAll(releaseServices);

const events = simulate(500_000, 7);

for (const kind of logKinds.filter(({ name }) => name !== "PGlite")) {
  describe.skipIf(!kind.isThere)(`half a million messages in ${kind.name}`, () => {
    it("have the figures that counting comes to", { timeout: 3_600_000 }, async () => {
      await using place = await kind.openPlace();
      const log = await place.open();
      await feed(log, events);
      expect(log.state.lost).toBe(0);
      await expectFigures(log, events);
    });
  });
}
