import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { recipientsFromCsv } from "../../src/campaigns/recipients/recipients-from-csv.js";
import { template } from "../../src/campaigns/message/template.js";
import { people, person, rejection, sender } from "../support/clients.js";
import { setStage, type Stage } from "./stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => stage[Symbol.asyncDispose]());

describe("the preview of a campaign", () => {
  it("counts the whole list, and sends and writes nothing", async () => {
    const [stopped = ""] = people(1);
    await stage.suppression.optOut(sender, [stopped], { source: "manual", at: new Date() });
    const campaign = stage.campaign({
      recipients: [
        ...people(1200),
        "+14255559999",
        "+14255559999",
        "nobody",
        { to: "+447700900123", sendBefore: new Date(0) },
      ],
      message: "é".repeat(161),
      rate: 200,
    });
    expect(await campaign.preview()).toEqual({
      items: 1204,
      messageUnits: 1200,
      suppressed: 1,
      invalid: 1,
      duplicates: 1,
      expired: 1,
      encodings: { "gsm-7": 1200, "ucs-2": 0 },
      segments: 2400,
      longestInSegments: 2,
      senders: [{ from: sender, messageUnits: 1200, unitsPerMinute: 200 }],
      durationInMs: 6 * 60_000,
    });
    expect(stage.emulator.requests()).toEqual([]);
    expect(await stage.journal.read("spring sale")).toBeUndefined();
  });

  it("reads a list of rows, each with a text and a price of its own", async () => {
    const csv = [
      "phone;name",
      "+14255550100;Ada",
      "+447700900123;Zoë ✨",
      "+4915112345678;Bob",
      "+14255550101;",
      "nobody;Eve",
    ].join("\n");
    const campaign = stage.campaign({
      recipients: recipientsFromCsv(csv),
      message: template("Hi {name}, see you tomorrow."),
    });
    const prices = { currency: "USD", perSegment: { "+1": "0.0079", "+44": 0.04 } };
    expect(await campaign.preview({ prices })).toMatchObject({
      items: 5,
      messageUnits: 3,
      invalid: 2,
      encodings: { "gsm-7": 2, "ucs-2": 1 },
      segments: 3,
      durationInMs: 0,
      cost: { currency: "USD", amount: "0.0479", micros: 47_900, segmentsWithoutPrice: 1 },
    });
    // The list can be read again.
    expect((await campaign.preview()).items).toBe(5);
  });

  it("says what each sender of a pool has to do, and how long the slowest takes", async () => {
    const { senders, durationInMs, messageUnits } = await stage
      .campaign({
        recipients: people(3000),
        from: [sender, "55555"],
        rateLimiter: undefined,
        rate: undefined,
      })
      .preview();
    expect(senders.map(({ unitsPerMinute }) => unitsPerMinute)).toEqual([200, 6000]);
    expect(messageUnits).toBe(3000);
    const [slow, fast] = senders.map((one) => one.messageUnits) as [number, number];
    expect(slow).toBeLessThan(fast / 15);
    expect(durationInMs).toBe(Math.round(Math.max(slow / 200, fast / 6000) * 60_000));
  });

  it("does not say that nobody opted out where there is no list to ask", async () => {
    const unchecked = await stage
      .campaign({ recipients: [person] }, stage.client({ suppression: undefined }))
      .preview();
    expect(unchecked.suppressed).toBeUndefined();
  });

  it("does not pass off half a list as the whole", async () => {
    const abortSignal = AbortSignal.abort();
    const campaign = stage.campaign({ recipients: people(3) });
    expect(await rejection(campaign.preview({ abortSignal }))).toMatchObject({ name: "AbortError" });
    const stream = stage.campaign({ recipients: people(3).values() });
    await stream.preview();
    expect((await rejection(stream.preview())).message).toMatch(/can be read again/);
  });
});
