import { expect, test } from "vitest";
import { headlineOf } from "../../../src/emulator/page/insights/headline.js";
import { wordsFor } from "../../../src/insights/report/words/words.js";
import { figuresOf, nothing, summaryOf } from "../../insights/report/samples.js";
import type { Summary } from "../../../src/insights/summary.js";

const { numbers } = wordsFor("en-GB", "UTC");
const tilesOf = (summary: Partial<Summary>) =>
  Object.fromEntries(
    headlineOf({ ...summaryOf([], []), ...summary }, numbers).map(({ name, figure, detail }) => [
      name,
      `${figure}: ${detail}`.replaceAll("\u00a0", " "),
    ]),
  );

test("the tiles of messages, of which some failed", () => {
  const total = {
    ...nothing,
    messages: 1300,
    accepted: 1300,
    recipients: 1200,
    segments: 2600,
    delivered: 950,
    failed: 50,
    failedByCode: { "4004": 20, "4006": 29, none: 1 },
    pending: 300,
    deliveryRate: 0.95,
    responseRate: 0.1,
    latencyInMs: { p50: 900, p90: 1000, p99: 12_000 },
    replies: 95,
    optOuts: 3,
    optIns: 1,
  };
  const unattributed = { replies: 5, optOuts: 2, optIns: 1 };
  expect(tilesOf({ total, unattributed })).toEqual({
    Messages: "1,300: to 1,200 people, in 2,600 segments",
    Delivered: "95.0%: 950 of 1,000 reported, 300 without news",
    Failed: "50: 29 with code 4006",
    "Time to arrive": "900 ms: for half; 99% within 12 s",
    Replies: "100: from 10.0% of those reached",
    "Opt-outs": "5: by keyword; 2 back in",
  });
});

test("the tiles where nothing was sent, and what has no code", () => {
  const unattributed = { replies: 0, optOuts: 0, optIns: 0 };
  expect(tilesOf({ total: nothing, unattributed })).toMatchObject({
    Delivered: "–: 0 of 0 reported",
    Failed: "0: no report says so",
    "Time to arrive": "–: nothing arrived",
    Replies: "0: nobody was reached",
  });
  const total = { ...figuresOf({ messages: 10 }), failed: 1, failedByCode: { none: 1 } };
  expect(tilesOf({ total, unattributed })["Failed"]).toBe("1: 1 without a code");
});
