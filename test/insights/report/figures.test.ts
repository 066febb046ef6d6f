import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { renderReport } from "../../../src/insights/report/index.js";
import { cardsOf, rowsOf, sectionOf, textOf } from "./reading.js";
import { aprilOfContoso, figuresOf, nothing, summaryOf, ungrouped } from "./samples.js";

const count = new Intl.NumberFormat("en-GB");
const { summary, byTime, byCampaign, previous } = aprilOfContoso();

describe("the figures that are shown", () => {
  it("are the figures that were given, in the headline", () => {
    const { total } = summary;
    const cards = cardsOf(renderReport(summary));
    const reached = `${count.format(total.recipientsReached)} people reached`;
    expect(cards).toEqual({
      "Messages sent": `${count.format(total.accepted)} of ${count.format(total.messages)} to be sent, to ${count.format(total.recipients)} people`,
      "Delivery rate": expect.stringContaining(
        `${count.format(total.delivered)} of ${count.format(total.delivered + total.failed)} reported`,
      ),
      "Time to arrive": "3.1 s for half; 99 in 100 within 1 min 34 s",
      "Response rate": expect.stringContaining(
        `${count.format(total.recipientsReplied)} of ${reached}; ${count.format(total.replies)} replies`,
      ),
      "Opt-out rate": expect.stringContaining(
        `${count.format(total.recipientsOptedOut)} of ${reached}; ${count.format(total.optIns)} opt-ins`,
      ),
      Cost: expect.stringContaining(
        `US$${((total.cost?.micros ?? 0) / 1e6).toLocaleString("en-GB", { maximumFractionDigits: 2 })}`,
      ),
    });
  });

  it("are those of each group and of the total, in the table of all", () => {
    const [heads, ...rows] = rowsOf(renderReport(byCampaign), "all");
    expect(heads?.slice(0, 5)).toEqual(["Campaign", "Messages", "Sent", "Arrived", "Failed"]);
    const given = [
      ...byCampaign.groups.map((group) => ({ ...group, name: group.key.tag ?? "No tag" })),
      { ...byCampaign.total, name: "Total" },
    ];
    expect(rows.map((row) => row.slice(0, 5))).toEqual(
      given.map(({ name, messages, accepted, delivered, failed }) => [
        name,
        ...[messages, accepted, delivered, failed].map((value) => count.format(value)),
      ]),
    );
  });

  it("count each message once, whatever became of it", () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.double({ min: 0, max: 0.5, noNaN: true }), (messages, failing) => {
        const page = renderReport(ungrouped(figuresOf({ messages, failing })));
        const counts = rowsOf(page, "outcomes")
          .slice(1)
          .map((row) => Number(row[2]?.replaceAll(",", "")));
        expect(counts.reduce((sum, each) => sum + each, 0)).toBe(messages);
      }),
    );
  });

  it("are listed for each code with the commonest first, and what to do", () => {
    const failedByCode = { "4006": 4, "4010": 40, "4321": 1, none: 15 };
    const page = renderReport(ungrouped({ ...figuresOf({ messages: 1000 }), failed: 60, failedByCode }));
    expect(rowsOf(page, "failures")).toEqual([
      ["Code", "Meaning What to do", "Messages", "Share of failed"],
      ["4010", expect.stringMatching(/not verified.*Have the toll-free number verified/), "40", "66.7%"],
      ["None", expect.stringContaining("no code"), "15", "25.0%"],
      ["4006", expect.stringMatching(/not reachable.*Try once more later/), "4", "6.7%"],
      ["4321", expect.stringMatching(/does not list.*support/), "1", "1.7%"],
    ]);
  });

  it("have a line for each campaign, the largest first, and at most fifteen", () => {
    const groups = Array.from({ length: 20 }, (_, index) => ({
      ...figuresOf({ messages: 1000 + index }),
      key: { tag: `campaign ${index}` },
    }));
    const page = renderReport(summaryOf(["tag"], groups));
    const names = rowsOf(page, "campaigns")
      .slice(1)
      .map(([name]) => name);
    expect(names).toEqual(Array.from({ length: 15 }, (_, index) => `campaign ${19 - index}`));
    expect(textOf(sectionOf(page, "campaigns"))).toContain("the 15 largest of 20");
    expect(rowsOf(page, "all")).toHaveLength(22);
  });

  it("are marked where they are of few, and have no bar then", () => {
    const rows = rowsOf(renderReport(byCampaign), "campaigns");
    expect(rows.find(([name]) => name === "beta testers")?.[2]).toMatch(/% of 2\d \d people/);
    const few = sectionOf(renderReport(byCampaign), "campaigns")
      .split("<tr")
      .find((row) => row.includes("beta testers"));
    expect(few).not.toContain('class="bar"');
    expect(textOf(sectionOf(renderReport(summary), "outcomes"))).not.toMatch(/% of \d/);
  });

  it("are marked in the headline too", () => {
    const cards = cardsOf(renderReport(ungrouped(figuresOf({ messages: 12, failing: 0.2 }))));
    expect(cards["Delivery rate"]).toBe("83.3% of 12 10 of 12 reported (100% of sent)");
    expect(cards["Response rate"]).toMatch(/^\d.*% of \d+ \d+ of \d+ people reached/);
  });

  it("are written in the way of the locale", () => {
    const cards = cardsOf(renderReport(summary, { locale: "de-DE" }));
    expect(cards["Messages sent"]).toContain(new Intl.NumberFormat("de-DE").format(summary.total.accepted));
    expect(cards["Delivery rate"]).toMatch(/^97,4 %/);
  });

  it("say what is in no group, and what has no price", () => {
    const cost = { currency: "EUR", micros: 12_345_678, segmentsWithoutPrice: 1200 };
    const page = renderReport(ungrouped({ ...summary.total, cost }));
    expect(cardsOf(page)["Cost"]).toMatch(/^€12\.35 .*and 1,200 of them have no price/);
    expect(textOf(sectionOf(page, "terms"))).toContain("212 replies, 9 opt-outs, 3 opt-ins");
  });
});

describe("what is missing", () => {
  const strangeIn = (page: string): readonly string[] =>
    page
      .replace(/<script>.*<\/script>/s, "")
      .match(/.{0,20}(?:NaN|undefined|null|Infinity|Invalid Date|\[object).{0,20}/g) ?? [];

  it("is said in words in a report of nothing", () => {
    const page = renderReport(ungrouped(nothing), {
      byTime: summaryOf(["day"], []),
      byCampaign: summaryOf(["tag"], []),
    });
    expect(strangeIn(page)).toEqual([]);
    expect(cardsOf(page)["Delivery rate"]).toBe("– no message has a report");
    for (const id of ["time", "outcomes", "campaigns"]) {
      expect(textOf(sectionOf(page, id))).toContain("There was no message in this time.");
    }
    expect(textOf(sectionOf(page, "failures"))).toContain("No report says that a message failed.");
    expect(textOf(sectionOf(page, "latency"))).toContain("There is nothing to measure yet.");
    expect(rowsOf(page, "all")).toHaveLength(2);
  });

  it("makes no odd text, whatever is missing of a group", () => {
    const maybe = fc.constantFrom(
      ...[0, 1, 29, 30, 5000].map((messages) => figuresOf({ messages })),
      nothing,
    );
    fc.assert(
      fc.property(fc.array(maybe, { maxLength: 5 }), maybe, (groups, before) => {
        const days = groups.map((figures, index) => ({
          ...figures,
          key: { day: `2026-04-0${index + 1}T00:00:00Z` },
        }));
        const tags = groups.map((figures, index) => ({
          ...figures,
          key: { tag: index === 0 ? null : `t${index}` },
        }));
        const april = summaryOf(["day"], days);
        const earlier = { ...ungrouped(before), from: previous.from, to: previous.to };
        const page = renderReport(april, { byCampaign: summaryOf(["tag"], tags), previous: earlier });
        expect(strangeIn(page)).toEqual([]);
      }),
    );
  });

  it("leaves out what was not asked for", () => {
    const page = renderReport(summary);
    expect(sectionOf(page, "time")).toBe("");
    expect(sectionOf(page, "campaigns")).toBe("");
    expect(textOf(sectionOf(page, "headline"))).not.toMatch(/from|compare/);
    const { cost, ...free } = summary.total;
    expect(cost).toBeDefined();
    expect(cardsOf(renderReport(ungrouped(free)))).toHaveProperty("Segments");
  });

  it("takes a summary that is grouped by time or tag as what it is", () => {
    expect(sectionOf(renderReport(byTime), "time")).toContain("<svg");
    expect(rowsOf(renderReport(byCampaign), "campaigns")).toHaveLength(7);
  });
});
