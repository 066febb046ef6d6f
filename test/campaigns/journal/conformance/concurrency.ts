import { expect } from "vitest";

import type { CampaignJournal } from "../../../../src/campaigns/journal/campaign-journal.js";
import { randomFrom, shuffled } from "../../../support/random.js";
import type { JournalPlace } from "../journal-kinds.js";
import { at, campaign, held, planned, sentAt, settled, withBatch, type JournalTest } from "./support.js";

/** One of several, by turns. */
function byTurns(journals: readonly CampaignJournal[], index: number): CampaignJournal {
  const journal = journals[index % journals.length];
  if (journal === undefined) throw new TypeError("No journals.");
  return journal;
}

const everybody = async (place: JournalPlace, count = 4): Promise<CampaignJournal[]> =>
  Promise.all(Array.from({ length: count }, () => place.open()));

export function testConcurrency(test: JournalTest): void {
  test("gives each of many openings a run of its own, and one identity", async (_, place) => {
    const journals = await everybody(place);
    const opened = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => byTurns(journals, index).open(campaign)),
    );
    expect(opened.map(({ run }) => run).sort((a, b) => a - b)).toEqual(opened.map((_, index) => index + 1));
    expect(new Set(opened.map(({ identity }) => identity)).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test("gives a batch to one of many who claim it", async (journal, place) => {
    await withBatch(journal, "a");
    const journals = await everybody(place);
    const claimed = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => byTurns(journals, index).claim(campaign, 1)),
    );
    expect(new Set(claimed.map((one) => one?.claim)).size).toBe(12);
    const begun = await Promise.all(claimed.map(async (one) => journal.begin(held(1, one?.claim), sentAt)));
    expect(begun.filter(Boolean)).toHaveLength(1);
  });

  test("marks an item as seen for one of many who look it up", async (journal, place) => {
    await withBatch(journal, "a", "b", "c");
    await journal.begin(held(1), sentAt);
    await journal.open(campaign);
    const journals = await everybody(place);
    const orders = Array.from({ length: 12 }, (_, seed) => shuffled(["a", "b", "c"], randomFrom(seed + 1)));
    const found = await Promise.all(
      orders.map(async (keys, index) => byTurns(journals, index).lookUp(at(2), keys)),
    );
    const fresh = found.flat().filter((record) => record?.isSeen === false);
    expect(fresh).toHaveLength(3);
    expect(new Set(fresh.map((record) => record?.key))).toEqual(new Set(["a", "b", "c"]));
  });

  test("counts what many settle of one batch at once, and keeps one verdict of each", async (journal, place) => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    await withBatch(journal, ...keys);
    const journals = await everybody(place);
    await Promise.all(
      keys.flatMap((key, index) => [
        byTurns(journals, index).settle(held(1), settled("accepted", key, keys[(index + 7) % 40] ?? "")),
        byTurns(journals, index + 1).settle(held(1, 9), settled("unknown", key)),
      ]),
    );
    expect(await journal.totals(campaign)).toMatchObject({ accepted: 40, open: 0, unknown: 0 });
    expect(await journal.unsettled(campaign, 0, 10)).toEqual([]);
  });

  test("has fifty batches under way at once", async (journal, place) => {
    await journal.open(campaign);
    const keysOf = (batch: number) => Array.from({ length: 50 }, (_, index) => `${batch}/${index}`);
    const batches = Array.from({ length: 50 }, (_, index) => planned(index + 1, keysOf(index + 1)));
    await journal.plan(at(), batches);
    const journals = await everybody(place);
    const steps = batches.map(async ({ batch }) => {
      const mine = byTurns(journals, batch);
      return [
        await mine.begin(held(batch), sentAt),
        await mine.settle(held(batch), settled("accepted", ...keysOf(batch))),
      ];
    });
    expect((await Promise.all(steps)).flat()).not.toContain(false);
    expect(await journal.totals(campaign)).toMatchObject({ accepted: 2500, open: 0 });
  });

  test("lets nobody begin what an opening has taken over, whatever goes on meanwhile", async (_, place) => {
    const journals = await everybody(place, 3);
    const [old, young, worker] = [byTurns(journals, 0), byTurns(journals, 1), byTurns(journals, 2)];
    for (let run = 1; run < 12; run += 2) {
      const opened = await old.open(campaign);
      const batches = Array.from({ length: 6 }, (_, index) => opened.lastBatch + index + 1);
      const position = (batch: number) => held(batch, 1, run);
      const steps = batches.map(async (batch) => {
        const isPlanned = await old.plan(at(run), [planned(batch, [`a${batch}`, `b${batch}`])]);
        const isBegun = isPlanned && (await old.begin(position(batch), sentAt));
        await old.settle(position(batch), settled("accepted", `a${batch}`));
        return { batch, isBegun };
      });
      const [begun] = await Promise.all([
        Promise.allSettled(steps),
        young.open(campaign),
        worker.claim(campaign, batches[0] ?? 0),
      ]);
      for (const batch of batches) expect(await old.begin(position(batch), sentAt)).toBe(false);
      const left = await young.unsettled(campaign, 0, 100);
      for (const step of begun)
        if (step.status === "fulfilled" && step.value.isBegun) expect(left).toContain(step.value.batch);
      for (const batch of left) await finish(young, batch);
      expect(await young.unsettled(campaign, 0, 100)).toEqual([]);
      expect(await young.totals(campaign)).toMatchObject({ open: 0 });
    }
  });
}

/** Sends a batch that was left over. */
async function finish(journal: CampaignJournal, batch: number): Promise<void> {
  const claimed = await journal.claim(campaign, batch);
  if (claimed === undefined) throw new TypeError("Nothing left of an unsettled batch.");
  const position = held(batch, claimed.claim, claimed.run);
  expect(await journal.begin(position, sentAt)).toBe(true);
  expect(await journal.settle(position, settled("accepted", ...claimed.items.map(({ key }) => key)))).toBe(
    true,
  );
}
