import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { sendCampaignBatch } from "../../src/campaigns/sharing/send-campaign-batch.js";
import type { CampaignBatch } from "../../src/campaigns/sharing/campaign-batch.js";
import { SqliteCampaignJournal } from "../../src/campaigns/journal/sqlite-campaign-journal.js";
import type { SmsClient } from "../../src/client/sms-client.js";
import { RateLimiter } from "../../src/rates/rate-limiter.js";
import { people, person, rejection, sender, text } from "../support/clients.js";
import { collect } from "../support/stores.js";
import { wrong } from "../support/wrong.js";
import { resultsOf, setStage, textsOf, type Stage } from "./stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => stage[Symbol.asyncDispose]());

/** As the campaigns of the stage are planned: for a sender without a limit. */
const rateLimiter = new RateLimiter({ rate: Infinity });

function sms(): SmsClient {
  return stage.client({ rateLimiter });
}

async function plan(recipients: readonly string[]): Promise<CampaignBatch[]> {
  return collect(stage.campaign({ recipients }).plan());
}

describe("a campaign that others send", () => {
  it("is planned without being sent, and each batch is sent once, whoever comes twice", async () => {
    const recipients = people(250);
    const campaign = stage.campaign({ recipients: [...recipients, "nobody", recipients[0] ?? ""] });
    const batches = await collect(campaign.plan());
    expect(batches).toEqual([1, 2, 3].map((batch) => ({ campaign: "spring sale", batch })));
    expect(JSON.stringify(batches)).not.toMatch(/\+1|canary/);
    expect(campaign.totals).toMatchObject({ invalid: 1, duplicate: 1, accepted: 0 });
    expect(stage.emulator.requests()).toEqual([]);

    const twice = [...batches, ...batches];
    const outcomes = await Promise.all(
      twice.map(async (batch) => sendCampaignBatch(sms(), batch, { journal: stage.openJournal() })),
    );
    expect(outcomes.flatMap(({ results }) => results).length).toBeGreaterThanOrEqual(250);
    expect(new Set(textsOf(stage.emulator, recipients))).toEqual(new Set([1]));
    expect(await stage.journal.totals("spring sale")).toMatchObject({ accepted: 250, invalid: 1, open: 0 });
    const late = await sendCampaignBatch(sms(), batches[0] ?? wrong(undefined), {
      journal: stage.journal,
    });
    expect(late).toEqual({ isSettled: true, results: [] });
  });

  it("is planned again with what is not sent, and no more", async () => {
    const recipients = people(250);
    const [first] = await plan(recipients);
    await sendCampaignBatch(sms(), first ?? wrong(undefined), { journal: stage.journal });
    const again = await plan([...recipients, person, "+14255559999"]);
    expect(again.map(({ batch }) => batch)).toEqual([2, 3, 4]);
    for (const batch of again) await sendCampaignBatch(sms(), batch, { journal: stage.journal });
    expect(new Set(textsOf(stage.emulator, [...recipients, "+14255559999"]))).toEqual(new Set([1]));
    expect(await plan(recipients)).toEqual([]);
  });

  it("comes again where its sender was told to stop, or failed", async () => {
    const [batch = wrong(undefined)] = await plan([person]);
    const { journal } = stage;
    const stopped = await sendCampaignBatch(sms(), batch, { journal, abortSignal: AbortSignal.abort() });
    expect(stopped).toEqual({ isSettled: false, results: [] });
    const suppression = {
      check: async () => Promise.reject(new Error("The database is away.")),
      claimConfirmation: async () => false,
    };
    const failing = sendCampaignBatch(stage.client({ suppression, rateLimiter }), batch, {
      journal,
      retryForInSeconds: 0,
    });
    expect(await rejection(failing)).toMatchObject({ message: "The database is away." });
    expect(stage.emulator.requests()).toEqual([]);
    const { isSettled, results } = await sendCampaignBatch(sms(), batch, { journal });
    expect(isSettled).toBe(true);
    expect(results).toMatchObject([{ to: person, from: sender, status: "accepted", isEarlier: false }]);
  });

  it("is not done with where the journal is another one than it was planned in", async () => {
    const [batch = wrong(undefined)] = await plan([person]);
    const journal = new SqliteCampaignJournal(":memory:");
    const sending = sendCampaignBatch(sms(), batch, { journal });
    expect(await rejection(sending)).toMatchObject({
      name: "RangeError",
      message: expect.stringContaining("in this journal"),
    });
    await journal[Symbol.asyncDispose]();
    expect((await sendCampaignBatch(sms(), batch, { journal: stage.journal })).results).toHaveLength(1);
  });

  it("asks for opt-outs when a batch is sent, not when it is planned", async () => {
    const [batch = wrong(undefined)] = await plan([person]);
    await stage.suppression.handleMessage({ from: person, to: sender, message: "STOP" });
    const { results } = await sendCampaignBatch(sms(), batch, { journal: stage.journal });
    expect(results).toMatchObject([{ status: "suppressed" }]);
  });

  it("can go on on one machine, and the other way round", async () => {
    const recipients = people(250);
    await plan(recipients);
    expect(await resultsOf(stage.campaign({ recipients }))).toHaveLength(250);
    expect(new Set(textsOf(stage.emulator, recipients))).toEqual(new Set([1]));
    expect(await plan(recipients)).toEqual([]);
  });

  it("keeps no text once a batch is sent", async () => {
    const [batch = wrong(undefined)] = await plan([person]);
    expect((await stage.journal.claim("spring sale", batch.batch))?.message).toContain(text);
    await sendCampaignBatch(sms(), batch, { journal: stage.journal });
    expect(await stage.journal.claim("spring sale", batch.batch)).toBeUndefined();
  });

  it.each<[string, unknown, unknown, RegExp]>([
    ["campaign", { campaign: 7, batch: 1 }, {}, /`campaign`/],
    ["batch", { campaign: "a", batch: "1" }, {}, /`batch`/],
    ["journal", { campaign: "a", batch: 1 }, { journal: undefined }, /`journal`/],
    ["onUnknown", { campaign: "a", batch: 1 }, { onUnknown: "drop" }, /`onUnknown`/],
    ["retryForInSeconds", { campaign: "a", batch: 1 }, { retryForInSeconds: -1 }, /`retryForInSeconds`/],
    ["lane", { campaign: "a", batch: 1 }, { lane: "fast" }, /`lane`/],
  ])("takes no wrong %s", async (_, batch, options, message) => {
    const all = wrong<{ journal: Stage["journal"] }>({ journal: stage.journal, ...wrong<object>(options) });
    await expect(sendCampaignBatch(sms(), wrong(batch), all)).rejects.toThrow(message);
  });
});
