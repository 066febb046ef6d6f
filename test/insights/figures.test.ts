import { afterAll, describe, expect, it } from "vitest";

import { randomFrom, shuffled } from "../support/random.js";
import { logKinds, releaseServices } from "./log-kinds.js";
import { expectFigures, expectMessages } from "./month/compare.js";
import { feed } from "./month/feed.js";
import { simulate } from "./month/simulate.js";

afterAll(releaseServices);

const seed = 20_261_115;
const month = simulate(20_000, seed);
const smallMonth = simulate(2000, seed);

for (const kind of logKinds) {
  describe.skipIf(!kind.isThere)(`a month in ${kind.name}`, () => {
    const events = kind.name === "PGlite" ? smallMonth : month;

    it(
      "has the figures that counting comes to, also when all of it comes again in another order",
      { timeout: 300_000 },
      async () => {
        await using place = await kind.openPlace();
        const log = await place.open();
        await feed(log, events);
        expect(log.state).toEqual({ waiting: 0, written: events.length, lost: 0 });
        await expectFigures(log, events);
        await expectMessages(log, events);
        await feed(await place.open(), shuffled(events, randomFrom(7)));
        await expectFigures(log, events);
      },
    );
  });
}
