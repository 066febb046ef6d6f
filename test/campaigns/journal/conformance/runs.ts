import { expect } from "vitest";

import { at, campaign, held, planned, sentAt, settled, withBatch, type JournalTest } from "./support.js";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function testRuns(test: JournalTest): void {
  test("makes a campaign at its first run, and knows it again", async (journal, place) => {
    const before = Date.now();
    const opened = await journal.open(campaign);
    expect(opened).toEqual({
      campaign,
      run: 1,
      lastBatch: 0,
      isPlanned: false,
      isNew: true,
      identity: expect.stringMatching(uuid),
      createdAt: expect.any(Date),
    });
    expect(opened.createdAt.getTime()).toBeGreaterThanOrEqual(before);
    const { isNew: _, ...known } = opened;
    const another = await place.open();
    expect(await another.read(campaign)).toEqual(known);
    expect(await another.open(campaign)).toEqual({ ...known, run: 2, isNew: false });
  });

  test("knows nothing of campaigns that were never opened", async (journal) => {
    expect(await journal.read(campaign)).toBeUndefined();
    expect(await journal.lookUp(at(), ["a"])).toEqual([undefined]);
    expect(await journal.sendersOf(campaign, ["+1"])).toEqual([undefined]);
    expect(await journal.plan(at(), [planned(1, ["a"])])).toBe(false);
    expect(await journal.recordItems(at(), [{ key: "a", to: "a", status: "invalid" }])).toBe(false);
    expect(await journal.endPlanning(at())).toBe(false);
    expect(await journal.claim(campaign, 1)).toBeUndefined();
    expect(await journal.begin(held(1), sentAt)).toBe(false);
    expect(await journal.renew(held(1))).toBeUndefined();
    expect(await journal.settle(held(1), settled("accepted", "a"))).toBe(false);
    expect(await journal.unsettled(campaign, 0, 10)).toEqual([]);
    expect(await journal.results(campaign, 0, 10)).toEqual([]);
    expect(await journal.forget(campaign)).toBe(false);
  });

  test("turns an old planner away, and changes nothing", async (journal) => {
    await journal.open(campaign);
    await journal.open(campaign);
    expect(await journal.plan(at(1), [planned(1, ["a"])])).toBe(false);
    expect(await journal.recordItems(at(1), [{ key: "b", to: "b", status: "invalid" }])).toBe(false);
    expect(await journal.endPlanning(at(1))).toBe(false);
    expect(await journal.read(campaign)).toMatchObject({ lastBatch: 0, isPlanned: false });
    expect(await journal.lookUp(at(2), ["a", "b"])).toEqual([undefined, undefined]);
  });

  test("is planned when a run has read the list, until the next one begins", async (journal) => {
    await journal.open(campaign);
    expect(await journal.endPlanning(at())).toBe(true);
    expect(await journal.read(campaign)).toMatchObject({ isPlanned: true });
    expect(await journal.open(campaign)).toMatchObject({ isPlanned: false });
  });

  test("keeps a note, where another is not given", async (journal) => {
    const note = JSON.stringify({ list: "spring.csv" });
    expect(await journal.open(campaign, { note })).toMatchObject({ note });
    expect(await journal.open(campaign)).toMatchObject({ note });
    expect(await journal.open(campaign, { note: "" })).toMatchObject({ note: "" });
  });

  test("forgets what was planned and never began, but none of its results", async (journal) => {
    await journal.open(campaign);
    await journal.plan(at(), [planned(1, ["a", "b"]), planned(2, ["c", "d"]), planned(3, ["e", "f"])]);
    await journal.begin(held(2), sentAt);
    await journal.settle(held(3), settled("suppressed", "e"));
    expect(await journal.open(campaign)).toMatchObject({ run: 2, lastBatch: 3 });
    expect(await journal.unsettled(campaign, 0, 10)).toEqual([2]);
    const known = await journal.lookUp(at(2), ["a", "b", "c", "d", "e", "f"]);
    expect(known.map((record) => record && [record.key, record.status])).toEqual([
      undefined,
      undefined,
      ["c", undefined],
      ["d", undefined],
      ["e", "suppressed"],
      undefined,
    ]);
    expect(await journal.claim(campaign, 1)).toBeUndefined();
    expect(await journal.claim(campaign, 3)).toBeUndefined();
    expect(await journal.plan(at(2), [planned(4, ["a", "f"])])).toBe(true);
    await journal.settle(held(2, 1, 1), settled("accepted", "c", "d"));
    expect((await journal.results(campaign, 0, 10)).map(({ batch }) => batch)).toEqual([2, 3]);
  });

  test("keeps what was planned where that is wanted, and in the hands of those who have it", async (journal) => {
    await withBatch(journal, "a");
    await journal.open(campaign, { keepPlanned: true });
    expect(await journal.unsettled(campaign, 0, 10)).toEqual([1]);
    expect(await journal.begin(held(1), sentAt)).toBe(true);
    expect(await journal.claim(campaign, 1)).toMatchObject({ run: 2, claim: 2, items: [{ key: "a" }] });
    expect(await journal.begin(held(1), sentAt)).toBe(false);
    await journal.open(campaign, { keepPlanned: true });
    expect(await journal.begin(held(1, 2, 2), sentAt)).toBe(true);
    await journal.open(campaign);
    expect(await journal.begin(held(1, 2, 2), sentAt)).toBe(false);
  });

  test("ends the claims of all that is not settled", async (journal) => {
    await withBatch(journal, "a");
    await journal.plan(
      at(),
      Array.from({ length: 500 }, (_, index) => planned(index + 2, [`k${index}`])),
    );
    for (const batch of [1, 250, 501]) await journal.begin(held(batch), sentAt);
    expect(await journal.unsettled(campaign, 0, 1000)).toHaveLength(501);
    await journal.open(campaign);
    for (const batch of [1, 250, 501]) expect(await journal.begin(held(batch), sentAt)).toBe(false);
    expect(await journal.unsettled(campaign, 0, 1000)).toEqual([1, 250, 501]);
  });

  test("forgets a campaign as a whole, and no other", async (journal) => {
    await withBatch(journal, "a", "b");
    await journal.recordItems(at(), [{ key: "x", to: "x", status: "invalid" }]);
    await journal.open("another");
    await journal.plan({ campaign: "another", run: 1 }, [planned(1, ["a"])]);
    const { identity } = (await journal.read(campaign)) ?? {};
    expect(await journal.forget(campaign)).toBe(true);
    expect(await journal.forget(campaign)).toBe(false);
    expect(await journal.read(campaign)).toBeUndefined();
    expect(await journal.totals(campaign)).toMatchObject({ open: 0, invalid: 0 });
    expect(await journal.totals("another")).toMatchObject({ open: 1 });
    const anew = await journal.open(campaign);
    expect(anew).toMatchObject({ run: 1, lastBatch: 0, isNew: true });
    expect(anew.identity).not.toBe(identity);
    expect(await journal.lookUp(at(), ["a", "x"])).toEqual([undefined, undefined]);
  });
}
