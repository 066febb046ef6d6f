import { setTimeout as delay } from "node:timers/promises";

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { SmsClient } from "../../src/client/sms-client.js";
import { startEmulator, type Emulator } from "../../src/emulator/emulator.js";
import { isSmsError } from "../../src/errors/sms-error.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { people, rejection, sender, text } from "../support/clients.js";
import { requireBuild } from "../support/require-build.js";
import type { OwnService } from "../support/services/service.js";
import { ownRedisService } from "../support/services/redis.js";
import { everyServer } from "./every-store.js";
import { openStore, type OpenStore } from "./open-store.js";

/*
 * The database of the suppression list goes away in the middle of a send. Nothing more leaves, the error says which store
 * and why, and sending goes on when it is back.
 */

const open: AsyncDisposable[] = [];

beforeAll(() => requireBuild());

afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

/** Sends over real sockets through a list on this store; a function runs before each request, which knows how many were. */
async function start({ store }: OpenStore, beforeRequest = async (_requests: number): Promise<void> => {}) {
  const emulator = await startEmulator();
  open.push(emulator);
  const suppression = new SuppressionList(store, { storeTimeoutInSeconds: 3 });
  const policy = {
    name: "beforeRequest",
    sendRequest: async <R>(request: R, next: (request: R) => Promise<never>) => {
      await beforeRequest(sends(emulator));
      return next(request);
    },
  };
  const sms = new SmsClient(emulator.connectionString, {
    suppression,
    allowInsecureConnection: true,
    additionalPolicies: [{ policy, position: "perCall" }],
  });
  return { emulator, sms, suppression };
}

async function opened(service: OwnService, kind: (typeof everyServer)[number]["kind"]): Promise<OpenStore> {
  const found = await openStore({ ...(await service.place()), kind });
  open.push({ [Symbol.asyncDispose]: found.close });
  return found;
}

const sends = (emulator: Emulator): number => emulator.requests().length;

for (const { kind, className, ownService } of everyServer) {
  const service = await ownService();

  describe.skipIf(service === undefined)(`a list in ${kind}`, () => {
    afterAll(async () => service?.[Symbol.asyncDispose]());

    it("sends nothing more when its server stops, and sends again when it is back", async () => {
      if (service === undefined) return;
      let isStopped = false;
      const { emulator, sms, suppression } = await start(await opened(service, kind), async (requests) => {
        if (requests < 3 || isStopped) return;
        isStopped = true;
        await service.stop();
      });
      const [stopped = "", ...others] = people(3000);
      await suppression.handleMessage({ from: stopped, to: sender, message: "STOP" });

      const results = await sms.send({ from: sender, to: [stopped, ...others], message: text });
      const sent = results.filter(({ status }) => status === "accepted");
      const unsent = results.filter((result) => result.status === "unsent");
      expect(sent.length).toBeGreaterThan(0);
      expect(unsent.length).toBeGreaterThan(0);
      expect(results.filter(({ status }) => status === "suppressed").map(({ to }) => to)).toEqual([stopped]);
      expect(sent.length + unsent.length).toBe(others.length);
      for (const { error } of unsent) expectTold(error, className);
      const requests = sends(emulator);
      expect(requests).toBe(Math.ceil(sent.length / 100));

      const error = await rejection(sms.send({ from: sender, to: ["+14255559999"], message: text }));
      expectTold(error, className);
      expect(sends(emulator)).toBe(requests);

      await service.start();
      const [refused, taken] = await sendWhenBack(sms, [stopped, "+14255559999"]);
      expect([refused?.status, taken?.status]).toEqual(["suppressed", "accepted"]);
    }, 60_000);
  });
}

/** Which store failed, and why: what its driver said, or that it said nothing in time. */
function expectTold(error: Error | undefined, className: string): void {
  expect(error).toMatchObject({ name: "SmsError", code: "suppression-unavailable" });
  expect(error?.message).toContain(className);
  const isLate = error?.message.includes("did not answer within 3 s") ?? false;
  expect(isLate || error?.cause instanceof Error).toBe(true);
}

/** Until the driver has noticed that its server is back, nothing is sent, which is right. */
async function sendWhenBack(sms: SmsClient, to: string[]) {
  for (;;) {
    try {
      return await sms.send({ from: sender, to, message: text });
    } catch (error) {
      if (!isSmsError(error) || error.code !== "suppression-unavailable") throw error;
    }
    await delay(5);
  }
}

const redis = await ownRedisService();

describe.skipIf(redis === undefined)("a Redis that was flushed", () => {
  afterAll(async () => redis?.[Symbol.asyncDispose]());

  it.each(["redis", "ioredis"] as const)("refuses, so that nothing is sent (%s)", async (kind) => {
    if (redis === undefined) return;
    const opening = await opened(redis, kind);
    const { emulator, sms, suppression } = await start(opening);
    const [stopped = "", other = ""] = people(2);
    await suppression.handleMessage({ from: stopped, to: sender, message: "STOP" });
    await sms.send({ from: sender, to: [stopped, other], message: text });
    expect(sends(emulator)).toBe(1);

    await redis.flush();
    const error = await rejection(sms.send({ from: sender, to: [stopped, other], message: text }));
    expect(error).toMatchObject({ name: "SmsError", code: "suppression-unavailable" });
    expect(sends(emulator)).toBe(1);
  });
});
