import {
  createHttpHeaders,
  RestError,
  type HttpClient,
  type PipelinePolicy,
} from "@azure/core-rest-pipeline";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";

import { packageVersion } from "../../src/acs/package-version.js";
import { SmsClient, type SmsClientOptions } from "../../src/client/sms-client.js";
import { canary } from "../support/canary.js";
import { person, rejection, sender, testClient, testSuppression, text } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

const request = { from: sender, to: [person], message: text };

function countingPolicy(name: string, counts: Record<string, number>): PipelinePolicy {
  return {
    name,
    async sendRequest(request, next) {
      counts[name] = (counts[name] ?? 0) + 1;
      return next(request);
    },
  };
}

/** Answers a send without a socket, and shows what would have gone out. */
function fakeHttpClient(seen: { url: string; authorization: string | undefined }[]): HttpClient {
  return {
    async sendRequest(request) {
      seen.push({ url: request.url, authorization: request.headers.get("Authorization") });
      const value = [{ to: person, messageId: "m", httpStatusCode: 202, successful: true }];
      return { request, status: 202, headers: createHttpHeaders(), bodyAsText: JSON.stringify({ value }) };
    },
  };
}

describe("the pipeline", () => {
  it("is made as its options were when they were given", async () => {
    await using server = await ScriptedServer.start((_, index) => ({ status: index === 0 ? 429 : 400 }));
    const counts: Record<string, number> = {};
    const options: SmsClientOptions = {
      allowInsecureConnection: true,
      additionalPolicies: [],
      retryOptions: { retryDelayInMs: 1 },
    };
    const sms = new SmsClient(server.endpoint, { key: canary.accessKey }, options);
    const late = { policy: countingPolicy("late", counts), position: "perCall" } as const;
    options.additionalPolicies?.push(late);
    Object.assign(options.retryOptions ?? {}, { maxRetries: 0 });
    // Options that clients share are often changed for the next one.
    Object.assign(options, { httpClient: fakeHttpClient([]) });
    expect(await rejection(sms.send(request))).toMatchObject({ statusCode: 400 });
    expect(counts).toEqual({});
  });

  it("runs additional policies once a call, or once an attempt after signing", async () => {
    await using server = await ScriptedServer.start((seen, index) =>
      index === 0 ? { status: 429 } : accepted(seen),
    );
    const counts: Record<string, number> = {};
    const signed: boolean[] = [];
    const sms = testClient(server, {
      additionalPolicies: [
        { policy: countingPolicy("mine-per-call", counts), position: "perCall" },
        { policy: countingPolicy("mine-per-retry", counts), position: "perRetry" },
        {
          position: "perRetry",
          policy: {
            name: "mine-late",
            sendRequest: async (request, next) => {
              signed.push(request.headers.has("Authorization"));
              return next(request);
            },
          },
        },
      ],
    });
    await sms.send(request);
    expect(counts).toEqual({ "mine-per-call": 1, "mine-per-retry": 2 });
    expect(signed).toEqual([true, true]);
  });

  it("lets no policy send an attempt a second time past the suppression check", async () => {
    await using server = await ScriptedServer.start(accepted);
    const resend: PipelinePolicy = {
      name: "resend",
      sendRequest: async (request, next) => {
        await next(request);
        return next(request);
      },
    };
    const sms = testClient(server, {
      suppression: testSuppression(),
      additionalPolicies: [{ policy: resend, position: "perRetry" }],
    });
    const error = await rejection(sms.send(request));
    expect(error).toMatchObject({ name: "SmsError", code: "attempt-reused" });
    expect(server.requests).toHaveLength(1);
  });

  it("lets no attempt leave long after its checks, for a process that stood still", async () => {
    await using server = await ScriptedServer.start(accepted);
    const start = Date.now();
    const standstill: PipelinePolicy = {
      name: "standstill",
      sendRequest: async (request, next) => {
        vi.spyOn(Date, "now").mockImplementation(() => start + 60_000);
        return next(request);
      },
    };
    const additionalPolicies = [{ policy: standstill, position: "perRetry" as const }];
    const error = await rejection(testClient(server, { additionalPolicies }).send(request));
    expect(error).toMatchObject({ name: "SmsError", code: "attempt-stale" });
    expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
    expect(server.requests).toHaveLength(0);
  });

  it("checks again where a policy before the check sends again, and where it copies the request", async () => {
    await using server = await ScriptedServer.start(accepted);
    const suppression = testSuppression();
    const resendCopy: PipelinePolicy = {
      name: "resend-copy",
      sendRequest: async (request, next) => {
        await next({ ...request });
        await suppression.optOut(sender, [person]);
        return next({ ...request });
      },
    };
    const sms = testClient(server, {
      suppression,
      additionalPolicies: [{ policy: resendCopy, position: "perCall" }],
    });
    expect((await sms.send(request)).map(({ status }) => status)).toEqual(["unknown"]);
    expect(server.requests).toHaveLength(1);
  });

  it("stops a send whose request lost its check", async () => {
    await using server = await ScriptedServer.start(accepted);
    const bare: PipelinePolicy = {
      name: "bare",
      sendRequest: async ({ url, method, headers, requestId, timeout }, next) =>
        next({
          url,
          method,
          headers,
          requestId,
          timeout,
          withCredentials: false,
          body: "{}",
          allowInsecureConnection: true,
        }),
    };
    const sms = testClient(server, { additionalPolicies: [{ policy: bare, position: "perCall" }] });
    const error = await rejection(sms.send(request));
    expect(error).toMatchObject({ code: "attempt-reused" });
    expect(server.requests).toHaveLength(0);
  });

  it("takes an HTTP client of the caller's", async () => {
    const seen: Parameters<typeof fakeHttpClient>[0] = [];
    const sms = testClient({ endpoint: "https://contoso.example" }, { httpClient: fakeHttpClient(seen) });
    expect((await sms.send(request)).map(({ status }) => status)).toEqual(["accepted"]);
    expect(seen).toEqual([
      {
        url: "https://contoso.example/sms?api-version=2021-03-07",
        authorization: expect.stringContaining("HMAC-SHA256"),
      },
    ]);
  });

  it("sends a token of an Entra credential, for the documented scope, and asks for it once", async () => {
    const seen: Parameters<typeof fakeHttpClient>[0] = [];
    const scopes: unknown[] = [];
    const credential = {
      getToken: async (scope: string | string[]) => {
        scopes.push(...[scope].flat());
        return { token: "an-entra-token", expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
    const sms = new SmsClient("https://contoso.example", credential, { httpClient: fakeHttpClient(seen) });
    await sms.send(request);
    await sms.send(request);
    expect(scopes).toEqual(["https://communication.azure.com//.default"]);
    expect(seen.map(({ authorization }) => authorization)).toEqual([
      "Bearer an-entra-token",
      "Bearer an-entra-token",
    ]);
  });

  it("goes through a proxy when told to", async () => {
    const proxied: string[] = [];
    const proxy = createServer((request, response) => {
      proxied.push(request.url ?? "");
      request.resume();
      response.writeHead(202, { "Content-Type": "application/json" });
      response.end(
        JSON.stringify({ value: [{ to: person, messageId: "m", httpStatusCode: 202, successful: true }] }),
      );
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const { port } = proxy.address() as AddressInfo;
    try {
      const sms = testClient(
        { endpoint: "http://contoso.example" },
        { proxyOptions: { host: "http://127.0.0.1", port } },
      );
      expect((await sms.send(request)).map(({ status }) => status)).toEqual(["accepted"]);
      expect(proxied).toEqual(["http://contoso.example/sms?api-version=2021-03-07"]);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });

  it("does not follow a redirect elsewhere with a signed message", async () => {
    await using elsewhere = await ScriptedServer.start(accepted);
    await using server = await ScriptedServer.start(() => ({
      status: 307,
      headers: { Location: `${elsewhere.endpoint}/sms?api-version=2021-03-07` },
    }));
    const error = await rejection(testClient(server).send(request));
    expect(error).toMatchObject({ statusCode: 307 });
    expect(elsewhere.requests).toHaveLength(0);
  });

  it("names the package to the service, after the caller's own prefix", async () => {
    await using server = await ScriptedServer.start(accepted);
    await testClient(server, { userAgentOptions: { userAgentPrefix: "reminders/2" } }).send(request);
    expect(server.requests[0]?.headers["user-agent"]).toMatch(
      new RegExp(`^reminders/2 acs-sms/${packageVersion.replaceAll(".", "\\.")} Node/`),
    );
    expect(server.requests[0]?.headers["x-ms-client-request-id"]).toMatch(/^[\da-f-]{36}$/);
  });
});

it("a message that a policy stopped on its way is certainly unsent", async () => {
  await using server = await ScriptedServer.start(accepted);
  const breaks: PipelinePolicy = {
    name: "breaks",
    sendRequest: async () => Promise.reject(new RangeError("not today")),
  };
  const sms = testClient(server, { additionalPolicies: [{ policy: breaks, position: "perRetry" }] });
  const error = await rejection(sms.send(request));
  expect(error).toBeInstanceOf(RangeError);
  expect(error.results?.map(({ status }) => status)).toEqual(["unsent"]);
});

it("an error of the connection stays what it was, with a signal on the request too", async () => {
  const gone = await ScriptedServer.start(accepted);
  await gone[Symbol.asyncDispose]();
  const { signal } = new AbortController();
  const sms = testClient(gone, { retryOptions: { maxRetries: 0 } });
  const error = await rejection(sms.send(request, { abortSignal: signal }));
  expect(error).toBeInstanceOf(RestError);
});
