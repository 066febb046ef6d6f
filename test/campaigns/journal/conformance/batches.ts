import { expect } from "vitest";

import { canary } from "../../../support/canary.js";
import {
  at,
  campaign,
  held,
  person,
  planned,
  sentAt,
  settled,
  withBatch,
  type JournalTest,
} from "./support.js";

const later = new Date(sentAt.getTime() + 60_000);

export function testBatches(test: JournalTest): void {
  test("gives a batch to whoever claims it, as it was planned", async (journal, place) => {
    await withBatch(journal, "b", "a");
    const { identity } = (await journal.read(campaign)) ?? {};
    const batch = planned(1, ["b", "a"]);
    const another = await place.open();
    expect(await another.claim(campaign, 1)).toEqual({ ...batch, identity, run: 1, claim: 2, generation: 0 });
    expect(await journal.claim(campaign, 1)).toMatchObject({ claim: 3 });
    expect(await journal.claim(campaign, 2)).toBeUndefined();
  });

  test("lets the newest holder alone begin", async (journal) => {
    await withBatch(journal, "a");
    expect(await journal.begin(held(1), sentAt)).toBe(true);
    expect(await journal.claim(campaign, 1)).toMatchObject({ claim: 2, firstSentAt: sentAt });
    expect(await journal.begin(held(1, 1), later)).toBe(false);
    expect(await journal.begin(held(1, 3), later)).toBe(false);
    expect(await journal.begin(held(1, 2, 2), later)).toBe(false);
    expect(await journal.begin(held(2, 2), later)).toBe(false);
    expect(await journal.claim(campaign, 1)).toMatchObject({ claim: 3, firstSentAt: sentAt });
    expect(await journal.begin(held(1, 3), later)).toBe(true);
    expect(await journal.claim(campaign, 1)).toMatchObject({ firstSentAt: later });
  });

  test("notes whether those without a result may have been sent", async (journal) => {
    await withBatch(journal, "a", "b", "c");
    await journal.begin(held(1), sentAt);
    expect(await journal.settle(held(1), { ...settled("accepted", "a"), firstSentAt: sentAt })).toBe(true);
    const claimed = await journal.claim(campaign, 1);
    expect(claimed).toMatchObject({ firstSentAt: sentAt, message: canary.text });
    expect(claimed?.items.map(({ key }) => key)).toEqual(["b", "c"]);
    expect(await journal.settle(held(1, 2), settled("accepted"))).toBe(true);
    expect(await journal.claim(campaign, 1)).not.toHaveProperty("firstSentAt");
  });

  test("gives new identities to the newest holder", async (journal) => {
    await withBatch(journal, "a");
    await journal.begin(held(1), sentAt);
    expect(await journal.renew(held(1))).toBe(1);
    expect(await journal.renew(held(1))).toBe(2);
    const claimed = await journal.claim(campaign, 1);
    expect(claimed).toMatchObject({ generation: 2, claim: 2 });
    expect(claimed).not.toHaveProperty("firstSentAt");
    expect(await journal.renew(held(1))).toBeUndefined();
  });

  test("writes results from an old claim, but not when they were sent", async (journal) => {
    await withBatch(journal, "a", "b", "c");
    await journal.begin(held(1), sentAt);
    await journal.settle(held(1), { ...settled("unknown", "b"), firstSentAt: sentAt });
    await journal.open(campaign);
    const late = { results: [...settled("accepted", "a", "b").results], firstSentAt: undefined };
    expect(await journal.settle(held(1), late)).toBe(false);
    const records = await journal.lookUp(at(2), ["a", "b", "c"]);
    expect(records.map((record) => record?.status)).toEqual(["accepted", "accepted", undefined]);
    expect(await journal.claim(campaign, 1)).toMatchObject({ firstSentAt: sentAt, items: [{ key: "c" }] });
  });

  test("keeps the first verdict", async (journal) => {
    await withBatch(journal, "a");
    await journal.settle(held(1), settled("accepted", "a"));
    expect(await journal.settle(held(1), settled("rejected", "a"))).toBe(true);
    expect(await journal.settle(held(1), settled("unknown", "a", "not there"))).toBe(true);
    expect(await journal.lookUp(at(), ["a", "not there"])).toMatchObject([{ status: "accepted" }, undefined]);
    expect(await journal.claim(campaign, 1)).toBeUndefined();
  });

  test("takes its arguments as they were when it was called", async (journal) => {
    await journal.open(campaign);
    const items = [{ key: "a", to: person }];
    const calls = [journal.plan(at(), [planned(1, [], { items })])];
    items[0] = { key: "b", to: person };
    const found = [{ key: "a", status: "accepted" as const }];
    calls.push(journal.settle(held(1), { results: found, firstSentAt: undefined }));
    found.pop();
    await Promise.all(calls);
    // Postgres may have done one before the other, which makes no difference to the first.
    expect(await journal.lookUp(at(), ["a", "b"])).toMatchObject([{ key: "a" }, undefined]);
  });
}
