import { expect } from "vitest";

import { oddKeys, oddTexts } from "../../../../src/stores/conformance/odd-texts.js";
import { canary } from "../../../support/canary.js";
import { rejection } from "../../../support/clients.js";
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

const longest = "\uFFFD".repeat(512);
const refused = ["", "k".repeat(513), `${person}\0`, `${person}\uD800`];

export function testTexts(test: JournalTest): void {
  test("tells all keys apart, and gives them back", async (journal) => {
    await journal.open(campaign);
    const keys = [...oddKeys, longest, `${longest.slice(1)}a`];
    const batches = keys.map((key, index) => planned(index + 1, [], { items: [{ key, to: person }] }));
    await journal.plan(at(), batches);
    for (const [index, key] of keys.entries())
      await journal.settle(held(index + 1), {
        results: [{ key, status: "rejected", messageId: key }],
        firstSentAt: undefined,
      });
    const records = await journal.lookUp(at(), keys);
    expect(records.map((record) => [record?.key, record?.messageId])).toEqual(keys.map((key) => [key, key]));
  });

  test("tells campaigns apart", async (journal) => {
    const ids = [...oddKeys, longest];
    for (const [index, id] of ids.entries()) await journal.open(id, { note: String(index) });
    const read = await Promise.all(ids.map(async (id) => journal.read(id)));
    expect(read.map((one) => [one?.campaign, one?.note, one?.run])).toEqual(
      ids.map((id, index) => [id, String(index), 1]),
    );
  });

  test("gives texts back as they were", async (journal) => {
    await journal.open(campaign);
    for (const [index, message] of oddTexts.entries()) {
      await journal.plan(at(), [planned(index + 1, [`k${index}`], { message, fingerprint: message })]);
      expect(await journal.claim(campaign, index + 1)).toMatchObject({ message, fingerprint: message });
    }
  });

  test("refuses names that not every database could keep, and says nothing of them", async (journal) => {
    await withBatch(journal, "a");
    for (const text of refused) {
      const item = { key: text, to: person };
      const calls = [
        journal.open(text),
        journal.read(text),
        journal.lookUp(at(), ["a", text]),
        journal.sendersOf(campaign, [text]),
        journal.plan(at(), [planned(2, [], { items: [item] })]),
        journal.plan(at(), [planned(2, ["b"], { items: [{ key: "b", to: text }] })]),
        journal.recordItems(at(), [{ ...item, status: "invalid" }]),
      ];
      for (const error of await Promise.all(calls.map(rejection))) expect(error).toBeInstanceOf(RangeError);
    }
    expect(await journal.read(campaign)).toMatchObject({ lastBatch: 1 });
  });

  test("keeps what names nothing as far as it can be kept", async (journal) => {
    await withBatch(journal, "a");
    const errorMessage = "odd \0 and \uDC00";
    const kept = "odd \uFFFD and \uFFFD";
    await journal.recordItems(at(), [{ key: "x", to: errorMessage, status: "invalid", errorMessage }]);
    await journal.settle(held(1), {
      results: [{ key: "a", status: "rejected", errorMessage }],
      firstSentAt: undefined,
    });
    expect(await journal.lookUp(at(), ["x", "a"])).toMatchObject([
      { to: kept, errorMessage: kept },
      { errorMessage: kept },
    ]);
  });

  test("refuses what cannot be meant", async (journal) => {
    await withBatch(journal, "a");
    const calls = [
      journal.open(campaign, { note: "n".repeat(65_537) }),
      journal.open(campaign, { note: "\0" }),
      journal.begin(held(1), new Date(Number.NaN)),
      journal.settle(held(1), { results: [], firstSentAt: new Date(Number.NaN) }),
      journal.plan(at(), [planned(2, [])]),
      journal.plan(at(), [planned(2, ["b"], { message: `${canary.text}\0` })]),
      journal.unsettled(campaign, -1, 10),
      journal.results(campaign, 0, 0),
      journal.claim(campaign, 1.5),
    ];
    for (const error of await Promise.all(calls.map(rejection)))
      expect(error.message).toMatch(/^Expected `\w+` to be /);
    expect(await journal.read(campaign)).toMatchObject({ run: 1 });
    expect(await journal.begin(held(1), sentAt)).toBe(true);
  });

  test("shows nothing private where it refuses", async (journal) => {
    await journal.open(campaign);
    const items = [{ key: person, to: person }];
    await journal.plan(at(), [planned(1, [], { items })]);
    await journal.settle(held(1), settled("accepted", person));
    await rejection(journal.plan(at(), [planned(2, [], { items })]));
    await rejection(journal.recordItems(at(), [{ key: person, to: person, status: "expired" }]));
  });
}
