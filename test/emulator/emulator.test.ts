import { Agent, get, request } from "node:http";
import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { startEmulator } from "../../src/emulator/index.js";
import { ann, bob, call, emulated, sendBody, sender, sendItems, texts } from "./wire.js";

describe("startEmulator()", () => {
  it("is ready on the loopback address, with one toll-free sender", async () => {
    const emulator = await emulated();
    expect(emulator.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(emulator.connectionString).toBe(
      `endpoint=${emulator.endpoint}/;accesskey=${emulator.accessKeys.primary}`,
    );
    expect(emulator.senders).toEqual([{ number: sender, kind: "toll-free" }]);
    for (const key of Object.values(emulator.accessKeys)) {
      expect(Buffer.from(key, "base64")).toHaveLength(64);
    }
    await sendItems(emulator);
  });

  it("shares nothing between two of them", async () => {
    const [one, two] = await Promise.all([emulated(), emulated()]);
    expect(one.endpoint).not.toBe(two.endpoint);
    expect(one.accessKeys.primary).not.toBe(two.accessKeys.primary);
    one.phone(ann).send("STOP", { to: sender });
    await sendItems(two);
    expect(texts(two, ann)).toEqual(["Hello"]);
  });

  it("takes the port that it is given, and says when it cannot", async () => {
    const first = await emulated();
    const port = Number(new URL(first.endpoint).port);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await first.close();
    const second = await emulated({ port });
    expect(second.endpoint).toBe(first.endpoint);
  });

  it("copies its senders", async () => {
    const senders: { number: string; kind: "short-code" }[] = [{ number: "12345", kind: "short-code" }];
    const emulator = await emulated({ senders });
    senders.push({ number: "54321", kind: "short-code" });
    expect(emulator.senders).toHaveLength(1);
  });

  it.each<[unknown, string]>([
    [{ port: -1 }, "Expected `port` to be an integer from 0 to 65535, got -1"],
    [{ port: 65_536 }, "Expected `port` to be an integer from 0 to 65535, got 65536"],
    [{ port: "4010" }, 'Expected `port` to be an integer from 0 to 65535, got "4010"'],
    [{ senders: [] }, "Expected `senders` to be an array of at least one sender, got an empty array"],
    [{ senders: {} }, "Expected `senders` to be an array of { number, kind }, got a value of type object"],
    [
      { senders: [{ number: "12345", kind: "fax" }] },
      'Expected `senders[0].kind` to be one of toll-free, 10dlc, short-code, alphanumeric, got "fax"',
    ],
    [
      { senders: [{ number: "12345", kind: "toll-free" }] },
      'Expected `senders[0].number` to be a phone number in E.164 form, got "12345"',
    ],
    [
      { senders: [{ number: "+18005551234", kind: "short-code" }] },
      'Expected `senders[0].number` to be a short code of 5 or 6 digits, got "+18005551234"',
    ],
    [
      { senders: [{ number: "123", kind: "alphanumeric" }] },
      'Expected `senders[0].number` to be 1 to 11 letters, digits and spaces, with a letter, got "123"',
    ],
    [
      {
        senders: [
          { number: "12345", kind: "short-code" },
          { number: "12345", kind: "short-code" },
        ],
      },
      'Expected `senders[1].number` to be a number that no sender before it has, got "12345"',
    ],
    [
      { senders: [{ number: "12345", kind: "short-code", country: "FR" }] },
      'Expected `senders[0].country` to be one of US, CA, GB, got "FR"',
    ],
    [
      { senders: [{ number: "+18005551234", kind: "toll-free", country: "US" }] },
      'Expected `senders[0].country` to be absent for a sender that is no short code, got "US"',
    ],
    [
      { senders: [{ number: "12345", kind: "short-code", optOutManagement: "carrier" }] },
      'Expected `senders[0].optOutManagement` to be one of acs, business, got "carrier"',
    ],
    [
      { senders: [{ number: "+18005551234", kind: "toll-free", optOutManagement: "acs" }] },
      'Expected `senders[0].optOutManagement` to be absent for a sender whose opt-outs ACS cannot manage, got "acs"',
    ],
    [
      { senders: [{ number: "12345", kind: "short-code", country: "CA", replies: {} }] },
      "Expected `senders[0].replies` to be absent for a sender whose opt-outs ACS cannot manage, got a value of type object",
    ],
    [
      { senders: [{ number: "12345", kind: "short-code", replies: { stop: "Bye" } }] },
      "Expected `senders[0].replies` to be an object without stop, got a value of type object",
    ],
    [
      { senders: [{ number: "12345", kind: "short-code", replies: { help: 1 } }] },
      "Expected `senders[0].replies.help` to be a string, got 1",
    ],
    [{ exactKeywords: "yes" }, 'Expected `exactKeywords` to be a boolean, got "yes"'],
    [
      { accessKeys: { primary: "AAAA" } },
      "Expected `accessKeys.secondary` to be a base64 string, got undefined",
    ],
    [
      { accessKeys: { primary: "secret!", secondary: "AAAA" } },
      "Expected `accessKeys.primary` to be base64, got 7 characters that are not",
    ],
    [
      { repeatability: { windowInSeconds: Number.NaN } },
      "Expected `repeatability.windowInSeconds` to be a number of seconds from 0 to 86400, got NaN",
    ],
    [
      { repeatability: { late: "first-answer" } },
      'Expected `repeatability.late` to be one of reject, send, got "first-answer"',
    ],
    [
      { repeatability: { concurrent: "wait" } },
      'Expected `repeatability.concurrent` to be one of first-answer, reject, send, got "wait"',
    ],
    [
      { apiVersions: ["2021-03-07", "2022-02-02"] },
      "Expected `apiVersions[1]` to be one of 2021-03-07, 2024-01-14-preview, 2024-02-05-preview, 2024-12-10-preview, " +
        '2025-05-29-preview, 2025-08-01-preview, 2026-01-23, got "2022-02-02"',
    ],
    [
      { apiVersions: [] },
      "Expected `apiVersions` to be an array of at least one api-version, got an empty array",
    ],
    [
      { apiVersions: "2021-03-07" },
      'Expected `apiVersions` to be an array of api-versions, got "2021-03-07"',
    ],
    [{ destinations: "all" }, 'Expected `destinations` to be one of any, documented, got "all"'],
    [
      { senders: [{ number: "12345", kind: "short-code", hasOptOutApi: "yes" }] },
      'Expected `senders[0].hasOptOutApi` to be a boolean, got "yes"',
    ],
    [
      { senders: [{ number: "12345", kind: "short-code", messagingConnectPartner: "" }] },
      'Expected `senders[0].messagingConnectPartner` to be a non-empty string, got ""',
    ],
    [
      { recipients: [{ number: "+14255550101", deliveryStatus: "none", httpStatusCode: 500 }] },
      "Expected `recipients[0].httpStatusCode` to be 202 or 503, got 500",
    ],
    [{ recipients: {} }, "Expected `recipients` to be an array, got a value of type object"],
    [
      { recipients: [{ number: "12345", deliveryStatus: "Failed" }] },
      'Expected `recipients[0].number` to be a phone number in E.164 form, got "12345"',
    ],
    [
      { recipients: [{ number: "+14255550101", deliveryStatus: "Lost" }] },
      'Expected `recipients[0].deliveryStatus` to be one of Delivered, Failed, none, got "Lost"',
    ],
    [
      { recipients: [{ number: "+14255550101", deliveryStatus: "Failed", attempts: 0 }] },
      "Expected `recipients[0].attempts` to be an integer from 1 to 10, got 0",
    ],
    [
      { deliveryReportTimeoutInSeconds: 59 },
      "Expected `deliveryReportTimeoutInSeconds` to be an integer from 60 to 43200, got 59",
    ],
    [
      { rateLimits: { units: { "toll-free": 0 } } },
      "Expected `rateLimits.units.toll-free` to be an integer from 1 to 1000000, got 0",
    ],
    [{ rateLimits: true }, "Expected `rateLimits` to be an object, got true"],
    [{ timedOutReportText: 1 }, "Expected `timedOutReportText` to be a string, got 1"],
    [{ blockedReportText: 1 }, "Expected `blockedReportText` to be a string, got 1"],
    [{ deliveryDelayInMs: 0.5 }, "Expected `deliveryDelayInMs` to be an integer from 0 to 600000, got 0.5"],
    [null, "Expected `options` to be an object, got null"],
  ])("refuses %j", async (options, message) => {
    // @ts-expect-error -- A caller without types.
    const starting = startEmulator(options);
    await expect(starting).rejects.toMatchObject({
      name: expect.stringMatching(/^(Type|Range)Error$/),
      message,
    });
  });
});

describe("requests()", () => {
  it("lists what reached the server, and nothing secret", async () => {
    const emulator = await emulated();
    const body = sendBody({ smsRecipients: [{ to: ann }, { to: bob }] });
    await call(emulator, { target: "/sms?api-version=2021-03-07", body });
    await call(emulator, { target: "//sms?api-version=2021-03-07", body, key: "AAAA" });
    const tooMany = sendBody({ smsRecipients: Array.from({ length: 101 }, () => ({ to: ann })) });
    await call(emulator, { target: "/sms?api-version=2026-01-23", body: tooMany });
    await call(emulator, { target: "/sms", body });
    await call(emulator, { method: "GET", target: "/deliveryReports/x?api-version=2026-01-23" });
    const optOuts = { from: sender, recipients: [{ to: ann }] };
    await call(emulator, { target: "/sms/optouts:add?api-version=2026-01-23", body: optOuts });
    const at = expect.any(Date) as unknown;
    expect(emulator.requests()).toEqual([
      {
        at,
        method: "POST",
        path: "/sms",
        apiVersion: "2021-03-07",
        status: 202,
        signature: "valid",
        recipients: 2,
      },
      {
        at,
        method: "POST",
        path: "//sms",
        apiVersion: "2021-03-07",
        status: 401,
        signature: "wrong-signature",
        recipients: 0,
      },
      {
        at,
        method: "POST",
        path: "/sms",
        apiVersion: "2026-01-23",
        status: 400,
        signature: "valid",
        recipients: 101,
      },
      { at, method: "POST", path: "/sms", status: 400, signature: "valid", recipients: 0 },
      {
        at,
        method: "GET",
        path: "/deliveryReports/x",
        apiVersion: "2026-01-23",
        status: 404,
        signature: "valid",
        recipients: 0,
      },
      {
        at,
        method: "POST",
        path: "/sms/optouts:add",
        apiVersion: "2026-01-23",
        status: 200,
        signature: "valid",
        recipients: 1,
      },
    ]);
  });

  it.each([
    [
      "fails",
      (): void => {
        throw new Error("The log is full");
      },
    ],
    ["fails later", (): Promise<void> => Promise.reject(new Error("The log is full"))],
  ])("answers as ever where the log that it was given %s", async (_, onRequest) => {
    const emulator = await emulated({ onRequest });
    const warned = once(process, "warning");
    await sendItems(emulator);
    expect(texts(emulator, ann)).toEqual(["Hello"]);
    expect(emulator.requests()).toMatchObject([{ status: 202 }]);
    expect(await warned).toMatchObject([{ message: "`onRequest` failed: The log is full" }]);
  });

  it("answers a copy", async () => {
    const emulator = await emulated();
    const before = emulator.requests();
    await sendItems(emulator);
    expect(before).toHaveLength(0);
    expect(emulator.requests()).toHaveLength(1);
  });
});

describe("close()", () => {
  it("ends connections that are kept alive and requests that are under way", async () => {
    const emulator = await startEmulator();
    const agent = new Agent({ keepAlive: true });
    const [response] = await once(get(emulator.endpoint, { agent }), "response");
    response.resume();
    await once(response, "end");
    const idle = connect(Number(new URL(emulator.endpoint).port), "127.0.0.1");
    await once(idle, "connect");
    const underWay = request(`${emulator.endpoint}/sms`, {
      method: "POST",
      agent: false,
      headers: { Expect: "100-continue", "Content-Length": 10 },
    });
    underWay.flushHeaders();
    await once(underWay, "continue");
    const ended = [once(underWay, "error"), once(idle.resume(), "close")];
    await emulator.close();
    expect((await ended[0])?.[0]).toMatchObject({ code: "ECONNRESET" });
    await ended[1];
    agent.destroy();
    await expect(fetch(emulator.endpoint)).rejects.toThrow("fetch failed");
  });

  it("ends those who wait, and can be called twice and by `await using`", async () => {
    const emulator = await startEmulator();
    const waiting = emulator.waitForMessage({ to: ann }).catch(String);
    const next = emulator.inbound().next();
    await Promise.all([emulator.close(), emulator[Symbol.asyncDispose]()]);
    expect(await waiting).toBe(
      "Error: Expected a message on the phone ending in 0101, got a closed emulator",
    );
    expect(await next).toEqual({ done: true, value: undefined });
    await expect(emulator.waitForMessage({ to: ann })).rejects.toThrow("a closed emulator");
    expect(() => emulator.phone(ann).send("Hi", { to: sender })).toThrow("got a closed one");
    await emulator.close();
  });

  it("leaves what happened to be read, and lets nothing more happen", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const emulator = await startEmulator({ deliveryDelayInMs: 1000 });
    await sendItems(emulator, { message: "arrived" });
    vi.advanceTimersByTime(1000);
    await sendItems(emulator, { message: "on its way" });
    await emulator.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1000);
    expect(texts(emulator, ann)).toEqual(["arrived"]);
    expect(emulator.requests()).toHaveLength(2);
  });
});

it("carries tens of thousands of messages", async () => {
  const emulator = await emulated();
  const smsSendOptions = { enableDeliveryReport: true };
  for (let request = 0; request < 300; request += 1) {
    const smsRecipients = Array.from({ length: 100 }, (_, index) => ({
      to: `+1425${String(request * 100 + index).padStart(7, "0")}`,
    }));
    await sendItems(emulator, { smsRecipients, smsSendOptions });
  }
  expect(texts(emulator, "+14250029999")).toEqual(["Hello"]);
  expect(emulator.requests()).toHaveLength(300);
});
