import { afterAll, describe, expect, it } from "vitest";

import type { MessageLog } from "../../src/insights/message-log.js";
import { randomFrom, shuffled } from "../support/random.js";
import { logKinds, releaseServices } from "./log-kinds.js";
import { expectFigures, questions } from "./month/compare.js";
import { simulate, type RawEvent } from "./month/simulate.js";

afterAll(releaseServices);

const size = 20_000;
const seed = 20_261_115;

const sizeOf: Readonly<Record<string, number>> = { PGlite: 2000 };

async function feed(log: MessageLog, events: readonly RawEvent[]): Promise<void> {
  for (const event of events) log.observe(event);
  await log.flush();
}

for (const kind of logKinds) {
  describe.skipIf(!kind.isThere)(`a month in ${kind.name}`, () => {
    const events = simulate(sizeOf[kind.name] ?? size, seed);

    it("has the figures that counting comes to, also when all of it comes again", async () => {
      await using place = await kind.openPlace();
      const log = await place.open();
      await feed(log, events);
      expect(log.state).toEqual({ waiting: 0, written: events.length, lost: 0 });
      await expectFigures(log, events);
      const before = await Promise.all(questions.map(async (question) => log.summarize(question)));
      await feed(await place.open(), shuffled(events, randomFrom(7)));
      expect(await Promise.all(questions.map(async (question) => log.summarize(question)))).toEqual(before);
    });
  });
}
