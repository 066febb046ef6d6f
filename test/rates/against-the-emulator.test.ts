import { describe, expect, it } from "vitest";

import { SmsClient, type SmsClientOptions } from "../../src/client/sms-client.js";
import type { SmsSendOptions } from "../../src/client/send-request.js";
import { startEmulator, type Emulator } from "../../src/emulator/emulator.js";
import type { SmsObservation } from "../../src/observers/observer.js";
import { RateLimiter } from "../../src/rates/rate-limiter.js";
import { people, sender, testSuppression, text } from "../support/clients.js";

/*
 * The documented limit of a toll-free number, 200 in a window, with windows of 6 s in place of 60: a minute in a tenth of
 * its time. Rate and burst are chosen so that a window has what a real minute has with the defaults: a burst of 5, and
 * 194 that come back. The window is short, and not the clock fast, so that `Retry-After` is in real seconds.
 */
const limit = 200;
const windowInMs = 6000;
const quick = { rate: (194 * 10 + 4) / 0.99, burst: 5 };

async function startCounting(): Promise<Emulator> {
  return startEmulator({ rateLimits: { windowInSeconds: windowInMs / 1000 } });
}

/** A client whose attempts are counted by how they ended. */
class CountingClient {
  readonly statusCodes: (number | undefined)[] = [];
  readonly #sms: SmsClient;

  constructor(emulator: Emulator, options: SmsClientOptions) {
    const observe = (seen: SmsObservation): void => {
      if (seen.type === "attempt") this.statusCodes.push(seen.statusCode);
    };
    this.#sms = new SmsClient(emulator.connectionString, {
      allowInsecureConnection: true,
      suppression: testSuppression(),
      observers: [{ observe }],
      ...options,
    });
  }

  count(statusCode: number): number {
    return this.statusCodes.filter((seen) => seen === statusCode).length;
  }

  async send(to: readonly string[], options: SmsSendOptions): Promise<string[]> {
    const results = await this.#sms.send({ from: sender, to, message: text }, options);
    return results.map(({ status }) => status);
  }

  /** Each for itself, all at once. */
  async sendEach(to: readonly string[], options: SmsSendOptions): Promise<string[]> {
    return (await Promise.all(to.map(async (number) => this.send([number], options)))).flat();
  }
}

// Nearly all of their time goes by in waiting, so they wait together.
describe.concurrent("the rate limiter, against a server that counts", () => {
  it("uses what a toll-free number may send and no more, and an urgent code passes the backlog", async () => {
    await using emulator = await startCounting();
    const client = new CountingClient(emulator, { rateLimiter: new RateLimiter(quick) });
    const startedAt = performance.now();
    const backlog = client.sendEach(people(400), { lane: "bulk" });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = client.statusCodes.length;
    const sendBefore = new Date(Date.now() + windowInMs);
    const code = await client.send(["+14255559999"], { lane: "urgent", sendBefore });
    const overtakenBy = client.statusCodes.length - before;
    expect(code).toEqual(["accepted"]);
    // Those under way when it came, and hardly any other.
    expect(overtakenBy).toBeLessThan(20);

    expect(new Set(await backlog)).toEqual(new Set(["accepted"]));
    const refused = client.count(429);
    // The odd one, where this machine stood still between the limiter and the server.
    expect(refused).toBeLessThanOrEqual(3);
    const used = client.count(202) / (limit * ((performance.now() - startedAt) / windowInMs));
    // The budget's own test measures this to the unit, without a clock. Each pause, ten times as long here, has its price.
    expect(used).toBeGreaterThan(refused === 0 ? 0.8 : 0.2);
  });

  it("takes it in when someone else has used the number up: all slow down together, and everything arrives", async () => {
    await using emulator = await startCounting();
    await new CountingClient(emulator, {}).sendEach(people(limit), {});
    const rateLimiter = new RateLimiter(quick);
    const client = new CountingClient(emulator, { rateLimiter, retryOptions: { retryDelayInMs: 1 } });
    const recipients = people(limit + 30).slice(limit);
    expect(new Set(await client.sendEach(recipients, { lane: "bulk" }))).toEqual(new Set(["accepted"]));
    expect(client.count(202)).toBe(30);
    // Those of the burst that were under way together, and few after the pause; else each of the 30 had been refused.
    expect(client.count(429)).toBeGreaterThan(0);
    expect(client.count(429)).toBeLessThan(20);
  });

  it("gets plain sends of a hundred through, one after the other", async () => {
    await using emulator = await startCounting();
    const client = new CountingClient(emulator, { rateLimiter: new RateLimiter(quick) });
    expect(await client.send(people(300), {})).toEqual(Array(300).fill("accepted"));
    expect(client.count(202)).toBe(3);
  });
});
