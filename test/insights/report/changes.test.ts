import { describe, expect, it } from "vitest";

import { renderReport } from "../../../src/insights/report/index.js";
import type { SummaryFigures } from "../../../src/insights/summary.js";
import { wrong } from "../../support/wrong.js";
import { cardsOf, textOf } from "./reading.js";
import { aprilOfContoso, figuresOf, nothing, summaryOf, ungrouped } from "./samples.js";

const march = { from: new Date("2026-03-01T00:00:00Z"), to: new Date("2026-04-01T00:00:00Z") };
const usual = figuresOf({ messages: 10_000 });

function changes(now: Partial<SummaryFigures>, before: Partial<SummaryFigures>) {
  const previous = ungrouped({ ...usual, ...before }, march);
  return cardsOf(renderReport(ungrouped({ ...usual, ...now }), { previous }));
}

describe("the change of a headline figure", () => {
  it("has its direction in words", () => {
    const cards = changes({ accepted: 12_000, deliveryRate: 0.95 }, { accepted: 10_000, deliveryRate: 0.97 });
    expect(cards["Messages sent"]).toMatch(/▲ up 20\.0% from 10,000$/);
    expect(cards["Delivery rate"]).toMatch(/▼ down 2 points from 97\.0%, worse$/);
  });

  it("is better or worse by what the figure is about", () => {
    const more = changes(
      { responseRate: 0.06, optOutRate: 0.004 },
      { responseRate: 0.05, optOutRate: 0.002 },
    );
    expect(more["Response rate"]).toMatch(/up 1 points? from 5\.0%, better$/);
    expect(more["Opt-out rate"]).toMatch(/up 0\.2 points from 0\.20%, worse$/);
    const latencyInMs = { p50: 2000, p90: 9000, p99: 20_000 };
    expect(changes({ latencyInMs }, {})["Time to arrive"]).toMatch(/down 35\.9% from 3\.1 s, better$/);
  });

  it("is none where nobody could see one", () => {
    const cards = changes({ deliveryRate: 0.95001 }, { deliveryRate: 0.95002 });
    expect(cards["Delivery rate"]).toMatch(/no change from 95\.0%$/);
  });

  it("is not told of few, of nothing, or in two currencies", () => {
    const few = changes({ delivered: 6, failed: 1, deliveryRate: 6 / 7 }, {});
    expect(few["Delivery rate"]).toMatch(/too few to compare$/);
    expect(changes({}, { ...nothing })["Delivery rate"]).toMatch(/nothing to compare it with$/);
    expect(changes({}, { accepted: 0 })["Messages sent"]).toMatch(/up from 0$/);
    const cost = { currency: "EUR", micros: 5_000_000, segmentsWithoutPrice: 0 };
    expect(changes({}, { cost })["Cost"]).toMatch(/nothing to compare it with$/);
  });

  it("says from when, and whether that was as long", () => {
    const { summary, previous } = aprilOfContoso();
    expect(textOf(renderReport(summary, { previous }))).toMatch(
      /1 – 30 Apr 2026 · times in UTC Changes are from 1 – 31 Mar 2026, which is 31 days; this report is about 30\./,
    );
  });
});

describe("summaries that do not belong together", () => {
  const { summary, byTime, byCampaign, previous } = aprilOfContoso();

  it.each([
    ["another range", { byTime: { ...byTime, to: new Date("2026-05-02T00:00:00Z") } }],
    ["another time zone", { byCampaign: { ...byCampaign, timeZone: "Europe/Berlin" } }],
    ["a time that is no earlier", { previous: summary }],
    ["tags instead of times", { byTime: byCampaign }],
    ["times instead of tags", { byCampaign: byTime }],
    ["two keys", { byTime: summaryOf(["day", "tag"], []) }],
  ])("are refused: %s", (_, options) => {
    expect(() => renderReport(summary, options)).toThrow(RangeError);
  });

  it("are told from what is no summary", () => {
    expect(() => renderReport(wrong("April"))).toThrow("Expected `summary` to be a summary");
    expect(() => renderReport(summary, { previous: wrong({ ...previous, groups: undefined }) })).toThrow(
      TypeError,
    );
  });
});
