import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { RateLimiter } from "../../src/rates/rate-limiter.js";
import { person } from "../support/clients.js";
import { wrong } from "../support/wrong.js";
import { setStage, type Stage } from "./stage.js";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(async () => stage[Symbol.asyncDispose]());

describe("the options of a campaign", () => {
  it.each<[string, unknown, RegExp]>([
    ["id", "", /`id` to be a text of 1 to 512 characters, got an empty string/],
    ["id", "x".repeat(513), /`id`/],
    ["from", "not a sender, too long", /`from`/],
    ["from", [], /`from` to be a sender, or a list of senders, got an empty array/],
    ["from", ["+18005551234", ""], /`from\[1\]`/],
    ["message", "", /`message`/],
    ["message", "x".repeat(2049), /`message` to be at most 2048 characters, got a string of 2049 characters/],
    ["message", 7, /`message`/],
    ["journal", undefined, /`journal`/],
    ["recipients", undefined, /`recipients`/],
    ["rate", 0, /`rate`/],
    ["rate", "fast", /`rate`/],
    ["concurrency", 0, /`concurrency` to be a whole number from 1 to 1000, got 0/],
    ["concurrency", 1.5, /`concurrency`/],
    ["lane", "fast", /`lane`/],
    ["onUnknown", "drop", /`onUnknown`/],
    ["retryForInSeconds", -1, /`retryForInSeconds`/],
    ["sendBefore", "tomorrow", /`sendBefore`/],
    ["defaultCountry", "Germany", /`defaultCountry`/],
    ["onProgress", 7, /`onProgress`/],
    ["rateLimiter", {}, /`rateLimiter`/],
  ])("refuse a wrong %s", (name, value, message) => {
    const more = name === "rateLimiter" ? { rate: undefined } : {};
    expect(() => stage.campaign({ recipients: [person], ...more, [name]: wrong(value) })).toThrow(message);
  });

  it("take a rate or a limiter, not both", () => {
    expect(() => stage.campaign({ rate: 5, rateLimiter: new RateLimiter() })).toThrow(
      /`rate` to be left out/,
    );
  });

  it.each<[unknown, RegExp]>([
    [7, /`recipients\[1\]` to be a number or an item with `to`, got 7/],
    [{ to: 7 }, /`recipients\[1\]`/],
    [{ to: person, key: "" }, /`recipients\[1\].key`/],
    [{ to: person, key: "x".repeat(513) }, /`recipients\[1\].key` to be 1 to 512 characters/],
    [{ to: person, sendBefore: "now" }, /`recipients\[1\].sendBefore`/],
  ])("refuse an item that is none", async (item, message) => {
    const campaign = stage.campaign({ id: "items", recipients: ["+14255550100", wrong(item)] });
    await expect(campaign.run().next()).rejects.toThrow(message);
  });

  it("have a campaign run once at a time", async () => {
    const campaign = stage.campaign({ id: "once", recipients: [person, "+14255550199"] });
    const run = campaign.run();
    await run.next();
    await expect(campaign.run().next()).rejects.toThrow(/running already/);
    await run.return();
    expect((await campaign.run().next()).value).toMatchObject({ isEarlier: true });
  });
});
