import { describe, expect, it, vi } from "vitest";

import type { SmsClient } from "../../src/client/sms-client.js";
import type { SmsSendOptions, SmsUpcomingAttempt } from "../../src/client/send-request.js";
import type { RateGate, RateOutcome, RateRequest } from "../../src/rates/rate-gate.js";
import { RateLimiter } from "../../src/rates/rate-limiter.js";
import { SmsError } from "../../src/errors/sms-error.js";
import { canary } from "../support/canary.js";
import { people, person, rejection, sender, testClient, testSuppression, text } from "../support/clients.js";
import { accepted, ScriptedServer, type Answer } from "../support/scripted-server.js";
import { wrong } from "../support/wrong.js";

const request = { from: sender, to: [person], message: text };

/** Lets everything leave, and notes what it was told. */
class NotingGate implements RateGate {
  readonly acquired: RateRequest[] = [];
  readonly givenBack: [sender: string, units: number][] = [];
  readonly reported: [sender: string, outcome: RateOutcome][] = [];

  async acquire(wish: RateRequest): Promise<void> {
    this.acquired.push(wish);
  }
  giveBack(...returned: [sender: string, units: number]): void {
    this.givenBack.push(returned);
  }
  report(...reported: [sender: string, outcome: RateOutcome]): void {
    this.reported.push(reported);
  }
  unitsPerMinute(): number {
    return Infinity;
  }
  mostPerRequest(): number {
    return 100;
  }
}

/** A server that gives these answers first, and takes everything after them. */
async function serverAnswering(...answers: Answer[]): Promise<ScriptedServer> {
  return ScriptedServer.start((seen, index) => answers[index] ?? accepted(seen));
}

/** A limiter whose number is paused for an hour. */
function paused(): RateLimiter {
  const rateLimiter = new RateLimiter();
  rateLimiter.report(sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 3_600_000 });
  return rateLimiter;
}

async function statusesOf(sms: SmsClient, options: SmsSendOptions): Promise<string[]> {
  return (await sms.send(request, options)).map(({ status }) => status);
}

describe("the rate limiter of a client", () => {
  it("is asked before each attempt, for each batch, in the lane of the call", async () => {
    await using server = await serverAnswering({ status: 429 });
    const rateLimiter = new NotingGate();
    const sms = testClient(server, { rateLimiter });
    expect(sms.rateLimiter).toBe(rateLimiter);
    const { signal } = new AbortController();
    const sendBefore = new Date(Date.now() + 60_000);
    await sms.send(request, { lane: "urgent", sendBefore, abortSignal: signal });
    const wish = { sender, units: 1, lane: "urgent", sendBefore, abortSignal: signal };
    expect(rateLimiter.acquired).toEqual([wish, wish]);

    await sms.send({ ...request, to: people(150) });
    const units = rateLimiter.acquired.slice(2).map(({ units, lane }) => [units, lane]);
    expect(units).toEqual([
      [100, "normal"],
      [50, "normal"],
    ]);
    expect(rateLimiter.givenBack).toEqual([]);
  });

  it("gives way to that of a call", async () => {
    await using server = await serverAnswering();
    const [ofClient, ofCall] = [new NotingGate(), new NotingGate()];
    await testClient(server, { rateLimiter: ofClient }).send(request, { rateLimiter: ofCall });
    expect(ofClient.acquired).toHaveLength(0);
    expect(ofCall.acquired).toHaveLength(1);
    expect(ofCall.reported).toEqual([[sender, { verdict: "answered", statusCode: 202 }]]);
  });

  it("is told how each attempt ended, with what the service asked for", async () => {
    await using server = await serverAnswering(
      { status: 429, headers: { "retry-after-ms": "25" } },
      { status: 503, headers: { "Retry-After": "0" } },
      { drop: true },
    );
    const rateLimiter = new NotingGate();
    await testClient(server, { rateLimiter }).send(request);
    expect(rateLimiter.reported).toEqual([
      [sender, { verdict: "refused", statusCode: 429, retryAfterInMs: 25 }],
      [sender, { verdict: "unclear", statusCode: 503, retryAfterInMs: 0 }],
      [sender, { verdict: "unclear" }],
      [sender, { verdict: "answered", statusCode: 202 }],
    ]);
  });

  it("gets back the units of those who opted out, and of all where nothing leaves", async () => {
    await using server = await serverAnswering();
    const suppression = testSuppression();
    const rateLimiter = new NotingGate();
    const sms = testClient(server, { suppression, rateLimiter });
    const to = people(3);
    await suppression.optOut(sender, to.slice(1));
    await sms.send({ ...request, to });
    expect(rateLimiter.givenBack).toEqual([[sender, 2]]);
    await sms.send({ ...request, to: to.slice(1) });
    expect(rateLimiter.givenBack).toEqual([
      [sender, 2],
      [sender, 2],
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it("gets them back where the list fails", async () => {
    await using server = await serverAnswering();
    const suppression = testSuppression();
    suppression.check = async () => Promise.reject(new SmsError("suppression-unavailable", "down"));
    const rateLimiter = new NotingGate();
    await rejection(testClient(server, { suppression, rateLimiter }).send(request));
    expect(rateLimiter.givenBack).toEqual([[sender, 1]]);
  });

  it("stops the message where it cannot tell", async () => {
    await using server = await serverAnswering();
    const rateLimiter = new NotingGate();
    rateLimiter.acquire = async () => Promise.reject(new Error(`no rate known for ${person}`));
    const error = await rejection(testClient(server, { rateLimiter }).send(request));
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(0);
    expect(rateLimiter.givenBack).toEqual([]);
  });

  it("is waited for before the list is asked, so that a STOP while it waits is heard", async () => {
    await using server = await serverAnswering();
    const suppression = testSuppression();
    const rateLimiter = new NotingGate();
    rateLimiter.acquire = async () => {
      await suppression.handleMessage({ from: person, to: sender, message: "STOP" });
    };
    expect(await statusesOf(testClient(server, { suppression, rateLimiter }), {})).toEqual(["suppressed"]);
    expect(server.requests).toHaveLength(0);
  });

  it("ends its wait when the caller aborts", async () => {
    await using server = await serverAnswering();
    const controller = new AbortController();
    const sms = testClient(server, { rateLimiter: paused() });
    const rejected = rejection(sms.send(request, { abortSignal: controller.signal }));
    setTimeout(() => controller.abort("enough"), 20);
    const error = await rejected;
    expect(error).toMatchObject({ name: "AbortError", cause: "enough" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(0);
  });
});

describe("sendBefore", () => {
  it("leaves a message unsent that comes too late", async () => {
    await using server = await serverAnswering();
    for (const options of [{}, { rateLimiter: new RateLimiter() }]) {
      const error = await rejection(
        testClient(server, options).send(request, { sendBefore: new Date(Date.now() - 1) }),
      );
      expect(error).toMatchObject({ name: "SmsError", code: "expired" });
      expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    }
    expect(server.requests).toHaveLength(0);
  });

  it("ends the wait for the rate", async () => {
    await using server = await serverAnswering();
    const sms = testClient(server, { rateLimiter: paused() });
    const error = await rejection(sms.send(request, { sendBefore: new Date(Date.now() + 50) }));
    expect(error).toMatchObject({ name: "SmsError", code: "expired" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(0);
  });

  it("is looked at again after the list was asked, and the units are given back", async () => {
    await using server = await serverAnswering();
    const suppression = testSuppression();
    const check = suppression.check.bind(suppression);
    const sendBefore = new Date(Date.now() + 100);
    suppression.check = async (...args) => {
      await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(sendBefore.getTime()));
      return check(...args);
    };
    const rateLimiter = new NotingGate();
    const sms = testClient(server, { suppression, rateLimiter });
    expect(await rejection(sms.send(request, { sendBefore }))).toMatchObject({ code: "expired" });
    expect(rateLimiter.givenBack).toEqual([[sender, 1]]);
    expect(server.requests).toHaveLength(0);
  });

  it("stops a retry, and says whether the message may have arrived by the attempt before", async () => {
    for (const [status, outcome] of [
      [429, "unsent"],
      [503, "unknown"],
    ] as const) {
      await using server = await serverAnswering({ status, headers: { "retry-after-ms": "400" } });
      const sendBefore = new Date(Date.now() + 300);
      const error = await rejection(testClient(server).send(request, { sendBefore }));
      expect(error).toMatchObject({ code: "expired" });
      expect(error.results?.map(({ status }) => status)).toEqual([outcome]);
      expect(server.requests).toHaveLength(1);
    }
  });
});

describe("beforeAttempt", () => {
  it("hears of each attempt what goes on the wire, without those who opted out", async () => {
    const suppression = testSuppression();
    const [stays, left, leaves] = people(3) as [string, string, string];
    await suppression.optOut(sender, [left]);
    await using server = await ScriptedServer.start(async (seen, index) => {
      if (index > 0) return accepted(seen);
      await suppression.handleMessage({ from: leaves, to: sender, message: "STOP" });
      return { status: 503, headers: { "retry-after-ms": "1100" } };
    });
    const heard: SmsUpcomingAttempt[] = [];
    await testClient(server, { suppression }).send(
      { ...request, to: [stays, left, leaves] },
      { beforeAttempt: (attempt) => void heard.push(attempt) },
    );
    const onTheWire = server.requests.map(({ body }) => ({
      from: body.from,
      recipients: body.smsRecipients.map(({ to }) => to),
      firstSentAt: new Date(body.smsRecipients[0]?.repeatabilityFirstSent ?? Number.NaN),
    }));
    expect(onTheWire.map(({ recipients }) => recipients)).toEqual([[stays, leaves], [stays]]);
    // The first may have been taken, so the second repeats it.
    expect(heard).toEqual([
      { ...onTheWire[0], attempt: 1, isRepeat: false },
      { ...onTheWire[1], attempt: 2, isRepeat: true },
    ]);
  });

  it("hears that an attempt after a refusal is no repeat", async () => {
    await using server = await serverAnswering({ status: 429 });
    const heard: [number, boolean][] = [];
    await testClient(server).send(request, {
      beforeAttempt: ({ attempt, isRepeat }) => void heard.push([attempt, isRepeat]),
    });
    expect(heard).toEqual([
      [1, false],
      [2, false],
    ]);
  });

  it("is the last to be asked: after the rate and the list, and the attempt waits for it", async () => {
    const steps: string[] = [];
    await using server = await ScriptedServer.start((seen) => {
      steps.push("wire");
      return accepted(seen);
    });
    const suppression = testSuppression();
    const check = suppression.check.bind(suppression);
    suppression.check = async (...args) => {
      steps.push("list");
      return check(...args);
    };
    const rateLimiter = new NotingGate();
    rateLimiter.acquire = async () => void steps.push("rate");
    const beforeAttempt = async (): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      steps.push("announced");
    };
    await testClient(server, { suppression, rateLimiter }).send(request, { beforeAttempt });
    expect(steps).toEqual(["rate", "list", "announced", "wire"]);
  });

  it("stops the message by rejecting or throwing, and the units are given back", async () => {
    await using server = await serverAnswering();
    const rateLimiter = new NotingGate();
    const sms = testClient(server, { rateLimiter });
    const down = new Error("the disk is full");
    const throwing = (): void => {
      throw down;
    };
    for (const beforeAttempt of [async () => Promise.reject(down), throwing]) {
      const error = await rejection(sms.send(request, { beforeAttempt }));
      expect(error.message).toBe(down.message);
      expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    }
    expect(server.requests).toHaveLength(0);
    expect(rateLimiter.givenBack).toEqual([
      [sender, 1],
      [sender, 1],
    ]);
  });

  it("stops the message by an abort of its own, which is no time-out of the service and is not tried again", async () => {
    await using server = await serverAnswering();
    const beforeAttempt = vi
      .fn<() => Promise<void>>()
      .mockRejectedValue(new DOMException("no", "AbortError"));
    const error = await rejection(testClient(server).send(request, { beforeAttempt }));
    expect(error).toMatchObject({ name: "AbortError", message: "no" });
    expect(beforeAttempt).toHaveBeenCalledOnce();
  });

  it("stops a repeat by rejecting: the message may have arrived", async () => {
    await using server = await serverAnswering({ status: 503 });
    const beforeAttempt = async ({ attempt }: SmsUpcomingAttempt): Promise<void> => {
      if (attempt > 1) throw new Error("taken over by another");
    };
    const error = await rejection(testClient(server).send(request, { beforeAttempt }));
    expect(error.results?.map(({ status }) => status)).toEqual(["unknown"]);
    expect(server.requests).toHaveLength(1);
  });

  it("is not called where nobody is left, or the time is over", async () => {
    await using server = await serverAnswering();
    const suppression = testSuppression();
    await suppression.optOut(sender, [person]);
    const beforeAttempt = vi.fn<(attempt: SmsUpcomingAttempt) => void>();
    await testClient(server, { suppression }).send(request, { beforeAttempt });
    await rejection(testClient(server).send(request, { beforeAttempt, sendBefore: new Date(0) }));
    expect(beforeAttempt).not.toHaveBeenCalled();
  });

  it("may not take so long that the attempt is stale", async () => {
    await using server = await serverAnswering();
    const start = Date.now();
    const beforeAttempt = (): void => {
      vi.spyOn(Date, "now").mockImplementation(() => start + 60_000);
    };
    const error = await rejection(testClient(server).send(request, { beforeAttempt }));
    expect(error).toMatchObject({ code: "attempt-stale" });
    expect(server.requests).toHaveLength(0);
  });
});

describe("a malformed pace is refused by name, and nothing is sent", () => {
  it.each<[Partial<Record<keyof SmsSendOptions, unknown>>, string]>([
    [{ lane: "express" }, '`lane` to be "urgent", "normal" or "bulk", got a string of 7 characters.'],
    [{ lane: null }, "`lane`"],
    [{ sendBefore: Date.now() }, "`sendBefore` to be a valid Date"],
    [{ sendBefore: new Date(Number.NaN) }, "got an invalid date"],
    [{ beforeAttempt: canary.text }, "`beforeAttempt` to be a function"],
    [{ rateLimiter: { acquire: () => {} } }, "`rateLimiter` to be a RateLimiter, got an object."],
    [{ rateLimiter: null }, "`rateLimiter`"],
  ])("%o", async (options, message) => {
    await using server = await serverAnswering();
    const error = await rejection(testClient(server).send(request, wrong<SmsSendOptions>(options)));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(message);
    expect(server.requests).toHaveLength(0);
  });

  it("also by the client", () => {
    const options = { rateLimiter: wrong<RateGate>("fast") };
    expect(() => testClient({ endpoint: "http://127.0.0.1:1" }, options)).toThrow("`rateLimiter`");
  });
});
