import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { template } from "../../src/campaigns/message/template.js";
import type { CampaignItem } from "../../src/campaigns/recipients/campaign-item.js";
import { RateLimiter } from "../../src/rates/rate-limiter.js";
import { people, person, rejection, sender } from "../support/clients.js";
import { collect } from "../support/stores.js";
import { wrong } from "../support/wrong.js";
import { resultsOf, setStage, textsOf, type Stage } from "./stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => stage[Symbol.asyncDispose]());

/** Whoever tries again on the client's side, too, would hide what the campaign does. */
const withoutRetries = { retryOptions: { maxRetries: 0 } };

const once = (count: number): number[] => Array.from({ length: count }, () => 1);

describe("a campaign in trouble", () => {
  it.each(["dropBefore", "dropAfter", "serverError", "tooManyRequests"] as const)(
    "gets through %s, and doubles nobody",
    async (fault) => {
      const recipients = people(200);
      stage.emulator.setFaults({ [fault]: { next: 3 }, retryAfterInSeconds: 0 });
      const results = await resultsOf(stage.campaign({ recipients }, stage.client(withoutRetries)));
      expect(results.map(({ status }) => status)).toEqual(once(200).map(() => "accepted"));
      expect(textsOf(stage.emulator, recipients)).toEqual(once(200));
    },
  );

  it("repeats under one identity while the service knows it, and then holds the recipient", async () => {
    stage.emulator.setFaults({ dropAfter: 1 });
    const sms = stage.client({ ...withoutRetries, repeatabilityWindowInSeconds: 2 });
    const results = await resultsOf(stage.campaign({ recipients: [person] }, sms));
    expect(results).toMatchObject([{ to: person, status: "unknown", errorMessage: expect.any(String) }]);
    expect(textsOf(stage.emulator, [person])).toEqual([1]);
    expect(stage.emulator.requests().length).toBeGreaterThan(1);
    // The next run looks it up, and holds it still.
    stage.emulator.setFaults({});
    const later = await resultsOf(stage.campaign({ recipients: [person] }));
    expect(later).toMatchObject([{ status: "unknown", isEarlier: true }]);
    expect(textsOf(stage.emulator, [person])).toEqual([1]);
    // Unless it is told to send again.
    const resent = await resultsOf(stage.campaign({ recipients: [person], onUnknown: "resend" }));
    expect(resent).toMatchObject([{ status: "accepted", isEarlier: false }]);
    expect(textsOf(stage.emulator, [person])).toEqual([2]);
  });

  it("sends nothing anew that has become of no use meanwhile", async () => {
    stage.emulator.setFaults({ dropAfter: 1 });
    const sms = stage.client({ ...withoutRetries, repeatabilityWindowInSeconds: 0 });
    await resultsOf(stage.campaign({ recipients: [person] }, sms));
    stage.emulator.setFaults({});
    const late = { recipients: [{ to: person, sendBefore: new Date(0) }], onUnknown: "resend" } as const;
    expect(await resultsOf(stage.campaign(late))).toMatchObject([{ status: "unknown", isEarlier: true }]);
    expect(textsOf(stage.emulator, [person])).toEqual([1]);
  });

  it("sends anew in the same run, where it is told to", async () => {
    stage.emulator.setFaults({ dropAfter: { next: 2 } });
    const sms = stage.client({ ...withoutRetries, repeatabilityWindowInSeconds: 0 });
    const campaign = stage.campaign({ recipients: [person], onUnknown: "resend" }, sms);
    expect(await resultsOf(campaign)).toMatchObject([{ status: "accepted" }]);
    expect(textsOf(stage.emulator, [person])).toEqual([3]);
  });

  it("ends where the key is wrong, with nothing sent and nothing lost", async () => {
    const recipients = people(5);
    const wrong = stage.client();
    const connectionString = stage.emulator.connectionString.replace(
      /accesskey=.*/,
      `accesskey=${btoa("wrong")}`,
    );
    const { SmsClient } = await import("../../src/client/sms-client.js");
    const sms = new SmsClient(connectionString, { allowInsecureConnection: true });
    const error = await rejection(resultsOf(stage.campaign({ recipients }, sms)));
    expect(error).toMatchObject({ name: "RestError", statusCode: 401 });
    expect(await resultsOf(stage.campaign({ recipients }, wrong))).toHaveLength(5);
    expect(textsOf(stage.emulator, recipients)).toEqual(once(5));
  });

  it("ends where nobody can be reached for longer than it is to try", async () => {
    const gone = await setStage();
    await gone.emulator.close();
    const campaign = gone.campaign(
      { recipients: [person], retryForInSeconds: 1 },
      gone.client(withoutRetries),
    );
    expect(await rejection(resultsOf(campaign))).toMatchObject({ code: "ECONNREFUSED" });
    await gone[Symbol.asyncDispose]();
  });

  it("sends nothing while the suppression store fails, and goes on after it", async () => {
    let isBroken = true;
    const suppression = {
      check: async (...args: Parameters<typeof stage.suppression.check>) => {
        if (isBroken) throw new Error("The database is away.");
        return stage.suppression.check(...args);
      },
      claimConfirmation: async () => false,
    };
    setTimeout(() => (isBroken = false), 300);
    const results = await resultsOf(stage.campaign({ recipients: [person] }, stage.client({ suppression })));
    expect(results).toMatchObject([{ status: "accepted" }]);
    expect(stage.emulator.requests()).toHaveLength(1);
  });

  it("passes on what the list throws, after what was sent before it", async () => {
    function* broken() {
      yield person;
      throw new Error("the disk is full");
    }
    expect((await rejection(resultsOf(stage.campaign({ recipients: broken() })))).message).toBe(
      "the disk is full",
    );
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("the screen is gone");
      },
    ],
    ["fails later", wrong<() => void>(async () => Promise.reject(new Error("the screen is gone")))],
  ])("ends where `onProgress` %s", async (_, onProgress) => {
    const run = resultsOf(stage.campaign({ recipients: people(300), onProgress }));
    expect((await rejection(run)).message).toBe("the screen is gone");
  });
});

describe("a late STOP", () => {
  it.each([
    [
      "typed to us",
      async (number: string) => {
        await stage.suppression.handleMessage({ from: number, to: sender, message: "STOP" });
      },
    ],
    [
      "revealed by a report",
      async (number: string) => {
        await stage.suppression.handleDeliveryReport({
          messageId: "earlier",
          from: sender,
          to: number,
          status: "failed",
          details: "Sender blocked for given recipient.",
          attempts: [{ at: new Date() }],
        });
      },
    ],
  ])("that was %s stops every message not yet checked", async (_, stop) => {
    const recipients = people(500);
    const run = stage.campaign({ recipients, rate: Infinity, concurrency: 1 }).run();
    const results = [(await run.next()).value];
    const left = recipients.slice(400);
    for (const number of left) await stop(number);
    for await (const result of run) results.push(result);
    const suppressed = results
      .filter((result) => result?.status === "suppressed")
      .map((result) => result?.to);
    expect(new Set(suppressed)).toEqual(new Set(left));
    expect(textsOf(stage.emulator, left)).toEqual(left.map(() => 0));
  });
});

describe("an abort", () => {
  it("lets what is under way come to its end, and the next run goes on", async () => {
    const recipients = people(1000);
    stage.emulator.setFaults({ latencyInMs: 30 });
    const controller = new AbortController();
    const seen: string[] = [];
    const campaign = stage.campaign({ recipients, concurrency: 2 });
    const read = async (): Promise<void> => {
      for await (const { to } of campaign.run({ abortSignal: controller.signal })) {
        seen.push(to);
        if (seen.length === 150) controller.abort(new Error("enough"));
      }
    };
    expect(await rejection(read())).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
    expect(seen.length).toBeLessThan(1000);
    stage.emulator.setFaults({});
    const rest = await resultsOf(stage.campaign({ recipients }));
    expect(rest.filter(({ isEarlier }) => isEarlier)).toHaveLength(seen.length);
    expect(textsOf(stage.emulator, recipients)).toEqual(once(1000));
  });

  it("ends a run that waits for its list, or for its rate", async () => {
    async function* never(): AsyncGenerator<string> {
      await new Promise(() => undefined);
      yield person;
    }
    const waiting = stage.campaign({ recipients: never() });
    const error = await rejection(collect(waiting.run({ abortSignal: AbortSignal.timeout(50) })));
    expect(error.name).toBe("AbortError");
    const slow = stage.campaign({ id: "slow", recipients: people(50), rate: 60 });
    expect((await rejection(collect(slow.run({ abortSignal: AbortSignal.timeout(50) })))).name).toBe(
      "AbortError",
    );
    expect(slow.totals.accepted).toBeLessThan(5);
  });

  it("has a run that waits for its rate, or is paused, try no more what nobody lets through", async () => {
    const rateLimiter = new RateLimiter({ rate: 1 });
    const acquire = vi.spyOn(rateLimiter, "acquire");
    const patient = stage.client({ retryOptions: { retryDelayInMs: 1000 } });
    const campaign = stage.campaign({ recipients: people(2), rate: undefined, rateLimiter }, patient);
    const startedAt = performance.now();
    for (const act of ["wait", "pause"]) {
      if (act === "pause") campaign.pause();
      const run = collect(campaign.run({ abortSignal: AbortSignal.timeout(50) }));
      expect((await rejection(run)).name).toBe("AbortError");
    }
    expect(acquire.mock.calls.length).toBeLessThanOrEqual(2);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["fails later", async () => Promise.reject(new Error("no"))],
    ["gives no promise", () => wrong<Promise<IteratorResult<string>>>({ done: true })],
  ])("ends the reading of a list whose own end %s", async (_, end) => {
    const next = async (): Promise<never> => new Promise(() => undefined);
    const recipients = { [Symbol.asyncIterator]: () => ({ next, return: end }) };
    const run = stage.campaign({ recipients }).run({ abortSignal: AbortSignal.timeout(50) });
    expect((await rejection(collect(run))).name).toBe("AbortError");
  });

  it("ends a run and a plan that still make each message once, of a list that hangs or is long", async () => {
    const items = people(100_000).map((to) => ({ to, fields: { name: "Ann" } }));
    async function* hanging(): AsyncGenerator<CampaignItem> {
      yield* items.slice(0, 10);
      await new Promise(() => undefined);
    }
    const message = template("Hi {name}");
    for (const recipients of [hanging, items]) {
      const campaign = stage.campaign({ recipients, message });
      for (const begin of [campaign.run.bind(campaign), campaign.plan.bind(campaign)]) {
        const controller = new AbortController();
        setImmediate(() => controller.abort(new Error("enough")));
        const error = await rejection(collect<unknown>(begin({ abortSignal: controller.signal })));
        expect(error).toMatchObject({ name: "AbortError", cause: { message: "enough" } });
      }
    }
    // Nobody else's run was taken over for it.
    expect(await stage.journal.read("spring sale")).toBeUndefined();
  });
});

describe("a pause", () => {
  it("lets nothing leave until it ends", async () => {
    const recipients = people(1000);
    const campaign = stage.campaign({ recipients, concurrency: 1 });
    campaign.pause();
    const run = campaign.run();
    const first = run.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stage.emulator.requests()).toHaveLength(0);
    campaign.resume();
    await first;
    campaign.pause();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const sent = stage.emulator.requests().length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(stage.emulator.requests()).toHaveLength(sent);
    expect(sent).toBeLessThan(10);
    campaign.resume();
    expect(await collect(run)).toHaveLength(999);
  });
});

describe("two runs of one campaign", () => {
  it("double nothing: the later one takes it over, and the earlier one ends", async () => {
    const recipients = people(2000);
    stage.emulator.setFaults({ latencyInMs: 20 });
    const first = resultsOf(stage.campaign({ recipients, concurrency: 3 })).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const second = await resultsOf(
      stage.campaign({ recipients, concurrency: 3, journal: stage.openJournal() }),
    );
    expect(await first).toMatchObject({ code: "campaign-taken-over" });
    expect(second).toHaveLength(2000);
    expect(textsOf(stage.emulator, recipients)).toEqual(once(2000));
  });
});

describe("a reader of results", () => {
  it("holds the campaign up by not reading", async () => {
    const recipients = people(9000);
    const run = stage.campaign({ recipients, concurrency: 2 }).run();
    await run.next();
    await new Promise((resolve) => setTimeout(resolve, 700));
    const sent = stage.emulator.requests().length;
    expect(sent).toBeLessThan(60);
    expect(await collect(run)).toHaveLength(8999);
  });
});

describe("a message that is of no use any more", () => {
  it("is not repeated for ever where it may have arrived", async () => {
    stage.emulator.setFaults({ dropAfter: 1 });
    const sendBefore = new Date(Date.now() + 1500);
    const campaign = stage.campaign({ recipients: [person], sendBefore }, stage.client(withoutRetries));
    expect(await resultsOf(campaign)).toMatchObject([{ status: "unknown" }]);
    expect(textsOf(stage.emulator, [person])).toEqual([1]);
  });
});
