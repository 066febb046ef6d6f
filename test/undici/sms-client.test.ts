import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";

import type { SmsSendResult } from "../../src/client/send-result.js";
import { SmsClient, type SmsClientOptions } from "../../src/client/sms-client.js";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.js";
import { createUndiciHttpClient, type UndiciHttpClientOptions } from "../../src/undici/index.js";
import { people, person, rejection, sender, testClient, testSuppression, text } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

const request = { from: sender, to: [person], message: text };

function httpClient(options: UndiciHttpClientOptions = {}) {
  const client = createUndiciHttpClient(options);
  onTestFinished(() => client[Symbol.asyncDispose]());
  return client;
}

async function emulated(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ deliveryDelayInMs: 0, ...options });
  onTestFinished(() => emulator.close());
  return emulator;
}

function clientOf(emulator: Emulator, options: SmsClientOptions = {}): SmsClient {
  return new SmsClient(emulator.connectionString, {
    allowInsecureConnection: true,
    retryOptions: { retryDelayInMs: 1 },
    httpClient: httpClient(),
    ...options,
  });
}

describe("an SmsClient on undici", () => {
  it("sends, under a signature that the service accepts", async () => {
    const emulator = await emulated();
    const to = people(250);
    const results = await clientOf(emulator).send({ ...request, to });
    expect(results.map(({ status, to }) => [to, status])).toEqual(to.map((to) => [to, "accepted"]));
    expect(emulator.requests().map(({ signature }) => signature)).toEqual(["valid", "valid", "valid"]);
  });

  it("trusts the certificate it is told of, and no other", async () => {
    const emulator = await emulated({ https: true });
    const ca = emulator.certificate ?? "";
    const trusting = clientOf(emulator, { httpClient: httpClient({ tlsOptions: { ca } }) });
    expect((await trusting.send(request)).map(({ status }) => status)).toEqual(["accepted"]);
    const error = await rejection(clientOf(emulator).send(request));
    expect(error).toMatchObject({ name: "RestError", code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(emulator.messages()).toHaveLength(1);
  });

  it("says where certificates go, where a client's own options name some", async () => {
    const sms = clientOf(await emulated(), { tlsOptions: { ca: "" } });
    const error = await rejection(sms.send(request));
    expect(error.message).toContain("give `tlsOptions`, or a `dispatcher`, to `createUndiciHttpClient`");
  });

  it("says where a proxy goes, where the environment names one", async () => {
    process.env["HTTPS_PROXY"] = "http://127.0.0.1:1";
    onTestFinished(() => void delete process.env["HTTPS_PROXY"]);
    const error = await rejection(
      testClient({ endpoint: "http://127.0.0.2:1" }, { httpClient: httpClient() }).send(request),
    );
    expect(error.message).toContain("such as an `EnvHttpProxyAgent` for a proxy");
  });

  it("knows that nothing was sent where no connection was made", async () => {
    const gone = await ScriptedServer.start(accepted);
    await gone[Symbol.asyncDispose]();
    const error = await rejection(testClient(gone, { httpClient: httpClient() }).send(request));
    expect(error).toMatchObject({ name: "RestError", code: "ECONNREFUSED" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
  });

  it("tries again after an attempt that took too long", async () => {
    await using server = await ScriptedServer.start((seen, index) =>
      index === 0 ? { hang: true } : accepted(seen),
    );
    const sms = testClient(server, { httpClient: httpClient() });
    const [result] = await sms.send(request, { requestOptions: { timeout: 100 } });
    expect(result?.status).toBe("accepted");
    expect(server.requests).toHaveLength(2);
  });

  it("does not know of a message whose every attempt was dropped", async () => {
    await using server = await ScriptedServer.start(() => ({ drop: true }));
    const error = await rejection(testClient(server, { httpClient: httpClient() }).send(request));
    expect(error).toMatchObject({ name: "RestError", code: "ECONNRESET" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unknown"]);
    expect(server.requests).toHaveLength(4);
  });

  it("asks the list before each attempt", async () => {
    const suppression = testSuppression();
    const [stays, leaves] = people(2) as [string, string];
    await using server = await ScriptedServer.start(async (seen, index) => {
      if (index > 0) return accepted(seen);
      await suppression.handleMessage({ from: leaves, to: sender, message: "STOP" });
      return { drop: true };
    });
    const sms = testClient(server, { suppression, httpClient: httpClient() });
    const results = await sms.send({ ...request, to: [stays, leaves] });
    expect(results.map(({ status }) => status)).toEqual(["accepted", "unknown"]);
    expect(server.requests.map(({ body }) => body.smsRecipients.map(({ to }) => to))).toEqual([
      [stays, leaves],
      [stays],
    ]);
  });

  it("ends where the caller aborts", async () => {
    await using server = await ScriptedServer.start(() => ({ hang: true }));
    const abortSignal = AbortSignal.timeout(50);
    const sms = testClient(server, { httpClient: httpClient() });
    const error = await rejection(sms.send(request, { abortSignal }));
    expect(error).toMatchObject({ name: "AbortError", code: "aborted" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unknown"]);
    expect(server.requests).toHaveLength(1);
  });
});

/** How often each befalls the attempts of one send, in this order; after these it goes through. */
const troubles = fc.record({
  dropBefore: fc.nat({ max: 2 }),
  serverError: fc.nat({ max: 2 }),
  dropAfter: fc.nat({ max: 2 }),
});

describe("whatever befalls its attempts", () => {
  it("nobody gets a message twice, and what is not known is not claimed", async () => {
    const emulator = await emulated();
    const sms = clientOf(emulator);
    const numbers = people(1000).values();
    await fc.assert(
      fc.asyncProperty(troubles, async ({ dropBefore, serverError, dropAfter }) => {
        emulator.setFaults({
          dropBefore: { next: dropBefore },
          serverError: { next: serverError },
          dropAfter: { next: dropAfter },
        });
        const to = numbers.next().value ?? person;
        const [result] = await sms
          .send({ ...request, to: [to] })
          .catch((error: { results: readonly SmsSendResult[] }) => error.results);
        const attempts = dropBefore + serverError + dropAfter;
        expect(result?.status).toBe(attempts <= 3 ? "accepted" : "unknown");
        const isTaken = attempts <= 3 || dropBefore + serverError <= 3;
        expect(emulator.phone(to).messages()).toHaveLength(isTaken ? 1 : 0);
      }),
      { numRuns: 60 },
    );
  });
});
