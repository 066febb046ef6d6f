import { SmsClient as OfficialClient } from "@azure/communication-sms";
import { describe, expect, it, vi } from "vitest";
import { SmsClient } from "../../src/client/sms-client.js";
import type { Emulator, EmulatorOptions, RequestFaults } from "../../src/emulator/index.js";
import { holdClock, until } from "./receiver.js";
import { ann, bob, call, emulated, sendBody, sender, sendItems, texts, type WireAnswer } from "./wire.js";

function post(emulator: Emulator, message = "Hello"): Promise<WireAnswer> {
  return call(emulator, { target: "/sms?api-version=2026-01-23", body: sendBody({ message }) });
}

/** What so many requests, one after the other, are answered with; 0 where the connection ends instead. */
async function statuses(emulator: Emulator, count: number): Promise<readonly number[]> {
  const seen: number[] = [];
  for (let number = 0; number < count; number += 1) {
    seen.push(
      await post(emulator).then(
        ({ status }) => status,
        () => 0,
      ),
    );
  }
  return seen;
}

function logged(emulator: Emulator): readonly unknown[] {
  return emulator.requests().map(({ status, fault }) => fault ?? status);
}

const quick = { allowInsecureConnection: true, retryOptions: { retryDelayInMs: 1, maxRetryDelayInMs: 1 } };
const once = { ...quick, retryOptions: { maxRetries: 0 } };
const message = { from: sender, to: [ann, bob], message: "Hello" };
const accepted = [{ status: "accepted" }, { status: "accepted" }];

describe("our client", () => {
  it("repeats a message whose answer was lost, and the phones show it once", async () => {
    const emulator = await emulated({ faults: { dropAfter: { next: 2 } } });
    expect(await new SmsClient(emulator.connectionString, quick).send(message)).toMatchObject(accepted);
    expect(logged(emulator)).toEqual(["dropAfter", "dropAfter", 202]);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
    expect(texts(emulator, bob)).toEqual(["Hello"]);
  });

  it("has nothing but its identity against doubled messages", async () => {
    const faults = { dropAfter: { next: 2 } };
    const emulator = await emulated({ faults, repeatability: { repeated: "send" } });
    await new SmsClient(emulator.connectionString, quick).send(message);
    expect(texts(emulator, ann)).toEqual(["Hello", "Hello", "Hello"]);
  });

  it("gives up, whether the message arrived or not, when it may not try again", async () => {
    const emulator = await emulated({ faults: { dropAfter: { next: 1 }, dropBefore: { next: 1 } } });
    const client = new SmsClient(emulator.connectionString, once);
    await expect(client.send(message)).rejects.toMatchObject({ name: "RestError", code: "ECONNRESET" });
    expect(texts(emulator, ann)).toEqual([]);
    await expect(client.send(message)).rejects.toMatchObject({ name: "RestError", code: "ECONNRESET" });
    expect(texts(emulator, ann)).toEqual(["Hello"]);
    expect(logged(emulator)).toEqual(["dropBefore", "dropAfter"]);
  });

  it("repeats a message that was never taken", async () => {
    const emulator = await emulated({ faults: { dropBefore: { next: 3 } } });
    expect(await new SmsClient(emulator.connectionString, quick).send(message)).toMatchObject(accepted);
    expect(logged(emulator)).toEqual(["dropBefore", "dropBefore", "dropBefore", 202]);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it.each<RequestFaults>([
    { serverError: { next: 3 } },
    { serverError: { next: 3 }, serverErrorStatus: 500 },
    { tooManyRequests: { next: 3 } },
    { tooManyRequests: { next: 3 }, retryAfterInSeconds: 0 },
  ])("rides out %j", async (faults) => {
    const emulator = await emulated({ faults });
    expect(await new SmsClient(emulator.connectionString, quick).send(message)).toMatchObject(accepted);
    expect(emulator.requests()).toHaveLength(4);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });
});

describe("the official client", () => {
  it("repeats under its identity what was dropped, and rides out a burst of 503", async () => {
    const faults = { dropBefore: { next: 1 }, serverError: { next: 1 }, dropAfter: { next: 1 } };
    const emulator = await emulated({ faults });
    const results = await new OfficialClient(emulator.connectionString, quick).send(message);
    expect(results).toMatchObject([{ successful: true }, { successful: true }]);
    expect(logged(emulator)).toEqual(["dropBefore", "serverError", "dropAfter", 202]);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });

  it("tries again after a 429 only where it is told when", async () => {
    const emulator = await emulated({ faults: { tooManyRequests: { next: 1 }, retryAfterInSeconds: 0 } });
    const client = new OfficialClient(emulator.connectionString, quick);
    await client.send(message);
    emulator.setFaults({ tooManyRequests: { next: 1 } });
    await expect(client.send(message)).rejects.toMatchObject({ statusCode: 429 });
    expect(texts(emulator, ann)).toEqual(["Hello"]);
  });
});

describe("a dropped connection", () => {
  it("ends without an answer, and the server goes on", async () => {
    const emulator = await emulated({ faults: { dropBefore: { next: 1 }, dropAfter: { next: 1 } } });
    await expect(post(emulator, "before")).rejects.toMatchObject({ code: "ECONNRESET" });
    await expect(post(emulator, "after")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await post(emulator, "then")).toMatchObject({ status: 202 });
    expect(texts(emulator, ann)).toEqual(["after", "then"]);
    expect(emulator.requests()).toMatchObject([
      { status: 0, signature: "unchecked", recipients: 0, fault: "dropBefore" },
      { status: 0, signature: "valid", recipients: 1, fault: "dropAfter" },
      { status: 202 },
    ]);
    expect(emulator.requests()[2]).not.toHaveProperty("fault");
  });
});

describe("an answer on demand", () => {
  it.each<[RequestFaults, number, string]>([
    [{ serverError: 1 }, 503, '{"error":{"code":"ServiceUnavailable","message":"Service Unavailable."}}'],
    [
      { serverError: 1, serverErrorStatus: 500 },
      500,
      '{"error":{"code":"InternalServerError","message":"Internal Server Error."}}',
    ],
    [
      { tooManyRequests: 1 },
      429,
      '{"error":{"code":"TooManyRequests","message":"Too many requests. Try again later."}}',
    ],
  ])("for %j is %i, with Retry-After where that is asked for", async (faults, status, text) => {
    const emulator = await emulated({ faults });
    const answer = await post(emulator);
    expect(answer).toMatchObject({ status, text });
    expect(answer.headers).not.toHaveProperty("retry-after");
    emulator.setFaults({ ...faults, retryAfterInSeconds: 7 });
    expect(await post(emulator)).toMatchObject({ status, headers: { "retry-after": "7" } });
    expect(texts(emulator, ann)).toEqual([]);
  });

  it("comes before anything is looked at", async () => {
    const emulator = await emulated({ faults: { serverError: 1 } });
    const answer = await call(emulator, { method: "GET", target: "/deliveryReports/none", headers: {} });
    expect(answer).toMatchObject({ status: 503 });
  });
});

describe("a share of the requests", () => {
  const mixed: EmulatorOptions = {
    faults: { dropBefore: 0.2, tooManyRequests: 0.2, serverError: 0.2, dropAfter: 0.2 },
  };

  it("is hit, the same ones with the same seed", async () => {
    const first = await emulated(mixed);
    expect(new Set(await statuses(first, 60))).toEqual(new Set([0, 202, 429, 503]));
    const [again, other] = [await emulated(mixed), await emulated({ ...mixed, seed: 2 })];
    await statuses(again, 60);
    await statuses(other, 60);
    expect(logged(again)).toEqual(logged(first));
    expect(logged(other)).not.toEqual(logged(first));
  });

  it("is the same whatever the other faults do", async () => {
    const [one, other] = [await emulated({ faults: { dropBefore: 0.3 } }), await emulated()];
    other.setFaults({
      dropBefore: 0.3,
      serverError: 0.5,
      dropAfter: 0.5,
      latencyInMs: { least: 0, most: 1 },
    });
    await statuses(one, 40);
    await statuses(other, 40);
    const isDropped = (status: unknown): boolean => status === "dropBefore";
    expect(logged(one).filter(isDropped).length).toBeGreaterThan(3);
    expect(logged(other).map(isDropped)).toEqual(logged(one).map(isDropped));
  });
});

describe("latency", () => {
  /** Waits until so many requests are held up by the clock, which `holdClock` has to hold. */
  const held = (count: number): Promise<void> => until(() => vi.getTimerCount() === count);

  it("holds a request up before anything is done with it", async () => {
    const pass = holdClock();
    const emulator = await emulated({ faults: { latencyInMs: 5000 } });
    const arrivedAt = new Date();
    const answer = post(emulator);
    await held(1);
    let isSettled = false;
    const settling = emulator.eventsSettled().then(() => (isSettled = true));
    pass(4999);
    await new Promise(setImmediate);
    expect(texts(emulator, ann)).toEqual([]);
    expect(isSettled).toBe(false);
    pass(1);
    await settling;
    expect(texts(emulator, ann)).toEqual(["Hello"]);
    expect(await answer).toMatchObject({ status: 202 });
    expect(emulator.requests()).toMatchObject([{ at: arrivedAt }]);
  });

  it("can be anything in a range", async () => {
    const pass = holdClock();
    const emulator = await emulated({ faults: { latencyInMs: { least: 100, most: 1100 } } });
    const answers = Array.from({ length: 20 }, () => post(emulator));
    await held(20);
    pass(99);
    expect(vi.getTimerCount()).toBe(20);
    pass(501);
    expect(vi.getTimerCount()).toBeGreaterThan(2);
    expect(vi.getTimerCount()).toBeLessThan(18);
    pass(500);
    expect(vi.getTimerCount()).toBe(0);
    await Promise.all(answers);
  });

  it("ends with the emulator", async () => {
    holdClock();
    const emulator = await emulated({ faults: { latencyInMs: 600_000 } });
    const error = post(emulator).catch((error: unknown) => error);
    await held(1);
    await emulator.close();
    expect(await error).toMatchObject({ code: "ECONNRESET" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a clock that is off", () => {
  const minute = 60_000;

  it.each([
    [14, 15, undefined],
    [-14, 15, undefined],
    [16, 15, undefined],
    [-16, 15, undefined],
    [1, 0.5, 30],
    [-119, 120, 7200],
  ])("by %i minutes refuses a signature beyond %d", async (skew, tolerance, signatureToleranceInSeconds) => {
    const emulator = await emulated({
      signatureToleranceInSeconds,
      faults: { clockSkewInMs: skew * minute },
    });
    const isRefused = Math.abs(skew) > tolerance;
    expect(await post(emulator)).toMatchObject({ status: isRefused ? 401 : 202 });
    expect(emulator.requests()).toMatchObject([{ signature: isRefused ? "stale-date" : "valid" }]);
    expect(texts(emulator, ann)).toHaveLength(isRefused ? 0 : 1);
  });

  it("is that of the answers, and nobody else's", async () => {
    const clockSkewInMs = -3 * 60 * minute;
    const emulator = await emulated({ signatureToleranceInSeconds: 86_400, faults: { clockSkewInMs } });
    const before = Date.now();
    const { headers } = await post(emulator);
    const date = Date.parse(headers.date ?? "");
    // The header has whole seconds.
    expect(date).toBeGreaterThan(before + clockSkewInMs - 1000);
    expect(date).toBeLessThanOrEqual(Date.now() + clockSkewInMs);
    expect(emulator.messages()[0]?.at.getTime()).toBeGreaterThanOrEqual(before);
  });

  it("is what the date of a repeatable request is held against", async () => {
    const emulator = await emulated({ repeatability: { late: "reject" } });
    const send = async (repeatabilityRequestId: string, sentAt: number): Promise<unknown> => {
      const repeatabilityFirstSent = new Date(sentAt).toUTCString();
      const smsRecipients = [{ to: ann, repeatabilityRequestId, repeatabilityFirstSent }];
      const [item] = await sendItems(emulator, { smsRecipients });
      return item?.["httpStatusCode"];
    };
    const id = (number: number): string => `8aa7a4a6-0c2a-4b8e-9a1c-2f5d1f0b7c0${number}`;
    expect(await send(id(1), Date.now())).toBe(202);
    emulator.setFaults({ clockSkewInMs: 6 * minute });
    expect(await send(id(2), Date.now())).toBe(412);
    expect(await send(id(3), Date.now() + 6 * minute)).toBe(202);
    // What is known is known whatever its date.
    expect(await send(id(1), Date.now())).toBe(202);
    emulator.setFaults({});
    expect(await send(id(4), Date.now() + 6 * minute)).toBe(412);
    expect(texts(emulator, ann)).toHaveLength(2);
  });

  it("takes a signature with a date of its own", async () => {
    const emulator = await emulated({ faults: { clockSkewInMs: 20 * minute } });
    const date = new Date(Date.now() + 20 * minute).toUTCString();
    const target = "/sms?api-version=2026-01-23";
    expect(await call(emulator, { target, body: sendBody(), date })).toMatchObject({ status: 202 });
  });

  it.each<[unknown, string]>([
    [86_400_001, "86400001"],
    [-86_400_001, "-86400001"],
    [0.5, "0.5"],
    ["1", '"1"'],
  ])("is never off by %j", async (clockSkewInMs, shown) => {
    const emulator = await emulated();
    expect(() => emulator.setFaults({ clockSkewInMs: clockSkewInMs as number })).toThrow(
      `Expected \`faults.clockSkewInMs\` to be an integer from -86400000 to 86400000, got ${shown}`,
    );
  });

  it.each([0, 31_536_001, 0.5])(
    "is never judged with a tolerance of %d s",
    async (signatureToleranceInSeconds) => {
      await expect(emulated({ signatureToleranceInSeconds })).rejects.toThrow(
        "Expected `signatureToleranceInSeconds` to be an integer from 1 to 31536000, got " +
          signatureToleranceInSeconds,
      );
    },
  );
});

describe("setFaults()", () => {
  it("changes them while the emulator runs", async () => {
    const emulator = await emulated();
    expect(await statuses(emulator, 2)).toEqual([202, 202]);
    emulator.setFaults({ serverError: { next: 5 }, serverErrorStatus: 500 });
    expect(await statuses(emulator, 2)).toEqual([500, 500]);
    emulator.setFaults({ tooManyRequests: 1 });
    expect(await statuses(emulator, 2)).toEqual([429, 429]);
    emulator.setFaults({});
    expect(await statuses(emulator, 2)).toEqual([202, 202]);
  });

  it.each<[unknown, string]>([
    [{ dropBefore: 2 }, "`faults.dropBefore` to be a number from 0 to 1, got 2"],
    [{ dropAfter: "1" }, '`faults.dropAfter` to be a number from 0 to 1 or an object { next }, got "1"'],
    [{ serverError: { next: -1 } }, "`faults.serverError.next` to be an integer from 0 to 1000000, got -1"],
    [{ latencyInMs: -1 }, "`faults.latencyInMs` to be a number from 0 to 600000, got -1"],
    [
      { latencyInMs: { least: 2, most: 1 } },
      "`faults.latencyInMs` to be a range whose `least` is not above its `most`, got a value of type object",
    ],
    [{ serverErrorStatus: 404 }, "`faults.serverErrorStatus` to be an integer from 500 to 599, got 404"],
    [{ retryAfterInSeconds: 0.5 }, "`faults.retryAfterInSeconds` to be an integer from 0 to 86400, got 0.5"],
    [{ drop: 1 }, "`faults` to be an object without drop, got a value of type object"],
    [7, "`faults` to be an object, got 7"],
  ])("refuses %j, as the option and the control API do", async (faults, wanted) => {
    const emulator = await emulated();
    const error = `Expected ${wanted}`;
    // @ts-expect-error -- A caller without types.
    expect(() => emulator.setFaults(faults)).toThrow(error);
    // @ts-expect-error -- A caller without types.
    await expect(emulated({ faults })).rejects.toThrow(error);
    expect(await control(emulator, "PUT", faults)).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidFaults", message: error } },
    });
    expect(await post(emulator)).toMatchObject({ status: 202 });
  });

  it("refuses a seed that is none", async () => {
    await expect(emulated({ seed: -1 })).rejects.toThrow(
      new RangeError("Expected `seed` to be an integer from 0 to 4294967295, got -1"),
    );
  });
});

/** No signature is needed, so none is sent. */
function control(emulator: Emulator, method: string, body?: unknown): Promise<WireAnswer> {
  const headers = { Authorization: undefined, "x-ms-date": undefined, "x-ms-content-sha256": undefined };
  return call(emulator, { method, target: "/_emulator/faults", body, headers });
}

describe("/_emulator/faults", () => {
  const off = {
    latencyInMs: 0,
    dropBefore: 0,
    tooManyRequests: 0,
    serverError: 0,
    dropAfter: 0,
    clockSkewInMs: 0,
    serverErrorStatus: 503,
  };

  it("shows and replaces the faults", async () => {
    const emulator = await emulated();
    expect(await control(emulator, "GET")).toMatchObject({ status: 200, body: off });
    const faults = { serverError: { next: 3 }, retryAfterInSeconds: 1 };
    const set = await control(emulator, "PUT", faults);
    expect(set.status).toBe(200);
    expect(set.body).toEqual({ ...off, ...faults });
    expect(await statuses(emulator, 1)).toEqual([503]);
    const left = await control(emulator, "GET");
    expect(left.body).toEqual({ ...off, serverError: { next: 2 }, retryAfterInSeconds: 1 });
    expect((await control(emulator, "PUT", left.body)).body).toEqual(left.body);
    expect((await control(emulator, "PUT", {})).body).toEqual(off);
    expect(await statuses(emulator, 1)).toEqual([202]);
  });

  it("is hit by none", async () => {
    const emulator = await emulated({ faults: { dropBefore: 1 } });
    expect(await control(emulator, "GET")).toMatchObject({ status: 200, body: { dropBefore: 1 } });
  });
});
