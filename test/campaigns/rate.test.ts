import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { RateLimiter } from "../../src/rates/rate-limiter.js";
import { people, sender } from "../support/clients.js";
import { resultsOf, setStage, type Stage } from "./stage.js";

/** As many as the service documents for a minute, in seconds: a sped-up toll-free number. */
const units = 200;
const windowInSeconds = 6;
const allowedPerMinute = (units * 60) / windowInSeconds;

/** What is left of it beside a burst as small as that of a real minute: the limiter counts on windows of a minute. */
const rate = 0.975 * allowedPerMinute;
const burst = 5;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ rateLimits: { units: { "toll-free": units }, windowInSeconds } });
});
afterEach(async () => stage[Symbol.asyncDispose]());

function refusals(): number {
  return stage.emulator.requests().filter(({ status }) => status === 429).length;
}

describe("a campaign at its sender's rate", () => {
  it("meets no more than the odd 429, and makes use of the rate; a code overtakes it", async () => {
    const rateLimiter = new RateLimiter({ rate, burst });
    const sms = stage.client({ rateLimiter });
    const recipients = people(300);
    const startedAt = performance.now();
    const campaign = resultsOf(stage.campaign({ recipients, rate: undefined, concurrency: 100 }, sms));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const code = { from: sender, to: ["+14255559999"], message: "Your code is 042917." };
    const [sent] = await sms.send(code, { lane: "urgent" });
    const before = stage.emulator.messages().length;
    const results = await campaign;
    const share = 300 / (((performance.now() - startedAt) / 60_000) * allowedPerMinute);

    expect(sent?.status).toBe("accepted");
    // All of the campaign was waiting by then; of so many messages it was among the first.
    expect(before).toBeLessThan(150);
    expect(results.filter(({ status }) => status === "accepted")).toHaveLength(300);
    expect(refusals()).toBeLessThanOrEqual(2);
    // How much it is exactly, the limiter's own tests say, which go by no clock; here the machine may be busy.
    expect(share).toBeGreaterThan(0.5);
  });

  it("slows down together with others after a 429, loses nobody, and comes back", async () => {
    stage.emulator.setFaults({ tooManyRequests: { next: 2 }, retryAfterInSeconds: 1 });
    const results = await resultsOf(
      stage.campaign({
        recipients: people(100),
        rate: undefined,
        rateLimiter: new RateLimiter({ rate, burst }),
      }),
    );
    expect(results.filter(({ status }) => status === "accepted")).toHaveLength(100);
    expect(refusals()).toBeLessThanOrEqual(4);
  });

  it("drops what its rate would send too late, and says so", async () => {
    const sendBefore = new Date(Date.now() + 1000);
    const results = await resultsOf(stage.campaign({ recipients: people(300), rate: 600, sendBefore }));
    const expired = results.filter(({ status }) => status === "expired");
    expect(results).toHaveLength(300);
    expect(expired.length).toBeGreaterThan(200);
    const late = stage.emulator.messages().filter(({ at }) => at >= sendBefore);
    expect(late).toEqual([]);
    expect(stage.emulator.messages()).toHaveLength(300 - expired.length);
  });
});
