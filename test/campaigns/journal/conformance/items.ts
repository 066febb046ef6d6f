import { expect } from "vitest";

import type { JournalStatus } from "../../../../src/campaigns/journal/campaign-journal.js";
import {
  at,
  campaign,
  held,
  other,
  person,
  planned,
  results,
  sentAt,
  settled,
  withBatch,
  type JournalTest,
} from "./support.js";

export function testItems(test: JournalTest): void {
  test("says of each item what is written, in order", async (journal) => {
    await withBatch(journal, "a", "b", "c");
    const details = { messageId: "Outgoing_1", httpStatusCode: 202, errorMessage: "none" };
    await journal.settle(held(1), {
      results: [{ key: "b", status: "accepted", ...details }],
      firstSentAt: sentAt,
    });
    await journal.open(campaign);
    const common = { from: "+18005551234", fingerprint: "digest", isSeen: false };
    expect(await journal.lookUp(at(2), ["c", "z", "b"])).toEqual([
      undefined,
      undefined,
      { ...common, key: "b", to: expect.any(String), status: "accepted", ...details },
    ]);
  });

  test("marks what is looked up as seen in this run, once", async (journal) => {
    await withBatch(journal, "a");
    await journal.begin(held(1), sentAt);
    const isSeen = async (run: number): Promise<unknown> => (await journal.lookUp(at(run), ["a"]))[0]?.isSeen;
    expect(await isSeen(1)).toBe(true);
    await journal.open(campaign);
    expect(await isSeen(2)).toBe(false);
    expect(await isSeen(2)).toBe(true);
    // An old run marks nothing for the new one.
    await journal.open(campaign);
    await isSeen(2);
    expect(await isSeen(3)).toBe(false);
  });

  test("knows the newest sender of a recipient", async (journal) => {
    await journal.open(campaign);
    const batch = (number: number, from: string, key: string, to: string) =>
      planned(number, [], { from, items: [{ key, to }] });
    await journal.plan(at(), [
      batch(1, "+18005551234", person, person),
      batch(2, "CONTOSO", "other", person),
    ]);
    await journal.plan(at(), [batch(3, "CONTOSO", "x", other), batch(4, "+18005551234", other, other)]);
    await journal.recordItems(at(), [{ key: "none", to: "+14255550199", status: "expired" }]);
    const asked = [other, person, "+14255550199", person];
    expect(await journal.sendersOf(campaign, asked)).toEqual([
      "+18005551234",
      "CONTOSO",
      undefined,
      "CONTOSO",
    ]);
  });

  const known: (JournalStatus | undefined)[] = [undefined, "accepted", "rejected", "suppressed", "expired"];
  for (const status of known) {
    test(`refuses to plan an item that is ${status ?? "under way"}, and writes nothing`, async (journal) => {
      await withBatch(journal, "a");
      if (status !== undefined) await journal.settle(held(1), settled(status, "a"));
      const plan = journal.plan(at(), [planned(2, ["b"]), planned(3, ["c", "a"])]);
      await expect(plan).rejects.toThrow("An item to be planned has a result already");
      expect(await journal.lookUp(at(), ["b", "c"])).toEqual([undefined, undefined]);
      expect(await journal.read(campaign)).toMatchObject({ lastBatch: 1 });
      expect(await journal.plan(at(), [planned(2, ["b"])])).toBe(true);
    });
  }

  test("moves an item of which nothing is known into its new batch", async (journal) => {
    await withBatch(journal, "a", "b");
    const unknown = { key: "a", status: "unknown", errorMessage: "unclear" } as const;
    await journal.settle(held(1), {
      results: [unknown, { key: "b", status: "accepted" }],
      firstSentAt: undefined,
    });
    const anew = planned(2, [], { from: "CONTOSO", fingerprint: "new", items: [{ key: "a", to: other }] });
    expect(await journal.plan(at(), [anew])).toBe(true);
    const record = {
      key: "a",
      to: other,
      from: "CONTOSO",
      fingerprint: "new",
      status: undefined,
      isSeen: true,
    };
    expect(await journal.lookUp(at(), ["a"])).toEqual([record]);
    // What the old batch's holder finds out is of the old message.
    await journal.settle(held(1), settled("accepted", "a"));
    expect(await journal.lookUp(at(), ["a"])).toEqual([record]);
    const [first] = await journal.results(campaign, 0, 10);
    expect(first?.results.map(({ key }) => key)).toEqual(["b"]);
    expect(await journal.claim(campaign, 2)).toMatchObject({ items: [{ key: "a", to: other }] });
  });

  test("refuses numbers that were given, that do not go up, and items that come twice", async (journal) => {
    await withBatch(journal, "a");
    await expect(journal.plan(at(), [planned(1, ["b"])])).rejects.toThrow(/./);
    await expect(journal.plan(at(), [planned(3, ["b"]), planned(2, ["c"])])).rejects.toThrow(/./);
    await expect(journal.plan(at(), [planned(2, ["b"]), planned(3, ["b"])])).rejects.toThrow(/./);
    expect(await journal.read(campaign)).toMatchObject({ lastBatch: 1 });
    expect(await journal.lookUp(at(), ["b"])).toEqual([undefined]);
  });

  test("records items without a batch, again and again, but none that is in one", async (journal) => {
    await withBatch(journal, "a");
    const invalid = {
      key: "x",
      to: "no number",
      status: "invalid",
      errorMessage: "Not a phone number.",
    } as const;
    expect(await journal.recordItems(at(), [invalid, { key: "y", to: "", status: "expired" }])).toBe(true);
    expect(await journal.lookUp(at(), ["y", "x"])).toEqual([
      { key: "y", to: "", status: "expired", isSeen: true },
      { ...invalid, isSeen: true },
    ]);
    await journal.open(campaign, { keepPlanned: true });
    await journal.recordItems(at(2), [{ key: "x", to: person, status: "expired" }]);
    expect(await journal.lookUp(at(2), ["x"])).toEqual([
      { key: "x", to: person, status: "expired", isSeen: true },
    ]);
    const call = journal.recordItems(
      at(2),
      [...results("expired", "z", "a")].map((item) => ({ ...item, to: person })),
    );
    await expect(call).rejects.toThrow("is in a batch");
    expect(await journal.lookUp(at(2), ["z"])).toEqual([undefined]);
    expect(await journal.totals(campaign)).toMatchObject({ open: 1, expired: 2, invalid: 0 });
  });
}
