import { describe, expect, it } from "vitest";
import { SmsClient } from "../../src/client/sms-client.js";
import type { Emulator, RateLimitOptions } from "../../src/emulator/index.js";
import { holdClock, until } from "./receiver.js";
import { ann, bob, call, emulated, sendBody, sender, texts, type WireAnswer } from "./wire.js";

function post(emulator: Emulator, units = 1, from: string = sender): Promise<WireAnswer> {
  const smsRecipients = Array.from({ length: units }, (_, index) => ({
    to: `+1425555${String(index).padStart(4, "0")}`,
  }));
  const body = sendBody({ from, smsRecipients });
  return call(emulator, { target: "/sms?api-version=2026-01-23", body });
}

/** Sends so many units, a hundred at a time, and expects that all are taken. */
async function fill(emulator: Emulator, units: number, from?: string): Promise<void> {
  for (let left = units; left > 0; left -= 100) {
    expect(await post(emulator, Math.min(left, 100), from)).toMatchObject({ status: 202 });
  }
}

async function limited(units: number, options: RateLimitOptions = {}): Promise<Emulator> {
  return emulated({ rateLimits: { units: { "toll-free": units }, ...options } });
}

describe("the rate limit", () => {
  it("refuses what goes beyond it, and says when to try again", async () => {
    holdClock();
    const emulator = await emulated({ rateLimits: {} });
    await fill(emulator, 200);
    const answer = await post(emulator);
    expect(answer).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
    expect(answer.text).toBe(
      '{"error":{"code":"TooManyRequests","message":"Too many requests. Try again later."}}',
    );
    expect(texts(emulator, "+14255550000")).toHaveLength(2);
  });

  it("is there only when asked for", async () => {
    const emulator = await emulated();
    await fill(emulator, 300);
    expect(texts(emulator, "+14255550000")).toHaveLength(3);
  });

  it("counts recipients, and takes nothing of a request that is too large for the rest", async () => {
    const emulator = await limited(10);
    await fill(emulator, 8);
    expect(await post(emulator, 3)).toMatchObject({ status: 429 });
    expect(texts(emulator, "+14255550000")).toHaveLength(1);
  });

  it("is each short code's own", async () => {
    const senders = ["12345", "54321"].map((number) => ({ number, kind: "short-code" }) as const);
    const emulator = await emulated({ senders, rateLimits: {} });
    await fill(emulator, 6000, "12345");
    expect(await post(emulator, 1, "12345")).toMatchObject({ status: 429 });
    expect(await post(emulator, 1, "54321")).toMatchObject({ status: 202 });
  });

  it("is one for all alphanumeric senders of the resource", async () => {
    const senders = ["CONTOSO", "FABRIKAM"].map((number) => ({ number, kind: "alphanumeric" }) as const);
    const emulator = await emulated({ senders, rateLimits: {} });
    await fill(emulator, 600, "CONTOSO");
    expect(await post(emulator, 1, "FABRIKAM")).toMatchObject({ status: 429 });
  });

  it("is none for 10DLC, unless it is given", async () => {
    const number = "+14255550999";
    const senders = [{ number, kind: "10dlc" }] as const;
    const free = await emulated({ senders, rateLimits: {} });
    await fill(free, 300, number);
    const bound = await emulated({ senders, rateLimits: { units: { "10dlc": 1 } } });
    await fill(bound, 1, number);
    expect(await post(bound, 1, number)).toMatchObject({ status: 429 });
  });

  it("does not count requests that are wrong", async () => {
    const emulator = await limited(1);
    expect(await post(emulator, 101)).toMatchObject({ status: 400 });
    expect(await post(emulator, 1, "+18005550000")).toMatchObject({ status: 401 });
    await fill(emulator, 1);
  });

  it("can leave the client to guess", async () => {
    const emulator = await limited(1, { retryAfter: false });
    await fill(emulator, 1);
    const answer = await post(emulator);
    expect(answer.status).toBe(429);
    expect(answer.headers).not.toHaveProperty("retry-after");
  });
});

describe("the window of the rate limit", () => {
  it("slides", async () => {
    const pass = holdClock();
    const emulator = await limited(2, { refusedCount: false });
    await fill(emulator, 1);
    pass(20_000);
    await fill(emulator, 1);
    expect(await post(emulator)).toMatchObject({ headers: { "retry-after": "40" } });
    expect(await post(emulator, 2)).toMatchObject({ headers: { "retry-after": "60" } });
    pass(39_999);
    expect(await post(emulator)).toMatchObject({ status: 429, headers: { "retry-after": "1" } });
    pass(1);
    await fill(emulator, 1);
    expect(await post(emulator)).toMatchObject({ headers: { "retry-after": "20" } });
  });

  it("holds refused requests too, so that impatience does not pay", async () => {
    const pass = holdClock();
    const emulator = await limited(1);
    await fill(emulator, 1);
    pass(30_000);
    expect(await post(emulator)).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
    pass(30_000);
    expect(await post(emulator)).toMatchObject({ status: 429, headers: { "retry-after": "60" } });
    pass(60_000);
    await fill(emulator, 1);
  });

  it("takes anything when it is empty", async () => {
    const pass = holdClock();
    const emulator = await limited(5, { windowInSeconds: 10 });
    await fill(emulator, 10);
    expect(await post(emulator)).toMatchObject({ status: 429, headers: { "retry-after": "10" } });
    pass(10_000);
    await fill(emulator, 10);
  });
});

it("is waited for by the client, and everything arrives", async () => {
  // The client's own wait is real time: a second, which the window of the held clock takes too.
  const pass = holdClock();
  const emulator = await limited(2, { windowInSeconds: 1 });
  const client = new SmsClient(emulator.connectionString, { allowInsecureConnection: true });
  const send = (message: string) => client.send({ from: sender, to: [ann, bob], message });
  await send("one");
  const second = send("two");
  await until(() => emulator.requests().at(-1)?.status === 429);
  pass(1000);
  expect(await second).toMatchObject([{ status: "accepted" }, { status: "accepted" }]);
  expect(emulator.requests().map(({ status }) => status)).toEqual([202, 429, 202]);
  expect(texts(emulator, ann)).toEqual(["one", "two"]);
  expect(texts(emulator, bob)).toEqual(["one", "two"]);
});
