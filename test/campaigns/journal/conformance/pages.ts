import { expect } from "vitest";

import { at, campaign, held, person, planned, settled, withBatch, type JournalTest } from "./support.js";

export function testPages(test: JournalTest): void {
  test("lists the batches with items that have no result, page by page", async (journal) => {
    await journal.open(campaign);
    await journal.plan(
      at(),
      [1, 2, 3, 4, 5].map((batch) => planned(batch, [`a${batch}`, `b${batch}`])),
    );
    await journal.settle(held(2), settled("accepted", "a2", "b2"));
    await journal.settle(held(3), settled("accepted", "a3"));
    expect(await journal.unsettled(campaign, 0, 2)).toEqual([1, 3]);
    expect(await journal.unsettled(campaign, 3, 2)).toEqual([4, 5]);
    expect(await journal.unsettled(campaign, 5, 2)).toEqual([]);
  });

  test("gives results up to the first batch that is not settled", async (journal) => {
    await journal.open(campaign);
    await journal.plan(
      at(),
      [1, 2, 3, 4].map((batch) => planned(batch, [`b${batch}`, `a${batch}`])),
    );
    for (const batch of [1, 2, 4])
      await journal.settle(held(batch), settled("rejected", `a${batch}`, `b${batch}`));
    const [first, second, ...rest] = await journal.results(campaign, 0, 10);
    expect(first).toEqual({
      batch: 1,
      from: "+18005551234",
      results: [
        { key: "b1", to: person, status: "rejected" },
        { key: "a1", to: expect.any(String), status: "rejected" },
      ],
    });
    expect([second?.batch, rest]).toEqual([2, []]);
    expect(await journal.results(campaign, 0, 1)).toEqual([first]);
    expect(await journal.results(campaign, 1, 1)).toEqual([second]);
    expect(await journal.results(campaign, 2, 10)).toEqual([]);
    await journal.settle(held(3), settled("unknown", "a3", "b3"));
    expect((await journal.results(campaign, 1, 10)).map(({ batch }) => batch)).toEqual([2, 3, 4]);
  });

  test("counts items by what became of them", async (journal) => {
    await withBatch(journal, "a", "b", "c", "d");
    await journal.settle(held(1), settled("accepted", "a", "b"));
    await journal.settle(held(1), settled("unknown", "c"));
    await journal.recordItems(at(), [{ key: "x", to: "x", status: "invalid" }]);
    const none = { rejected: 0, suppressed: 0, expired: 0 };
    expect(await journal.totals(campaign)).toEqual({ ...none, open: 1, accepted: 2, unknown: 1, invalid: 1 });
  });

  test("takes a chunk of 5,000 items, planned and recorded", async (journal) => {
    await journal.open(campaign);
    const keys = Array.from({ length: 5000 }, (_, index) => `item ${index}`);
    const batches = Array.from({ length: 50 }, (_, index) =>
      planned(index + 1, keys.slice(index * 100, index * 100 + 100)),
    );
    expect(await journal.lookUp(at(), keys)).toEqual(keys.map(() => undefined));
    expect(await journal.plan(at(), batches)).toBe(true);
    const unplanned = keys.map((key) => ({ key: `no ${key}`, to: key, status: "invalid" as const }));
    expect(await journal.recordItems(at(), unplanned)).toBe(true);
    const written = await Promise.all(
      batches.map(({ batch, items }) =>
        journal.settle(held(batch), settled("accepted", ...items.map(({ key }) => key))),
      ),
    );
    expect(written).not.toContain(false);
    expect((await journal.lookUp(at(), keys)).map((record) => record?.status)).toEqual(
      keys.map(() => "accepted"),
    );
    expect(await journal.totals(campaign)).toMatchObject({ open: 0, accepted: 5000, invalid: 5000 });
    const recipients = batches.flatMap(({ items }) => items.map(({ to }) => to));
    expect(await journal.sendersOf(campaign, recipients)).not.toContain(undefined);
    expect((await journal.results(campaign, 0, 100)).flatMap(({ results }) => results)).toHaveLength(5000);
    expect(await journal.forget(campaign)).toBe(true);
  });
}
