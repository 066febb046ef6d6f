import {
  createHttpHeaders,
  createPipelineRequest,
  RestError,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";

import { isUnconnected, retryDelayInMs, smsRetryPolicy } from "../../src/acs/retry-policy.js";

const request = createPipelineRequest({ url: "https://contoso.example/" });

type Ending = Parameters<typeof retryDelayInMs>[0];

function answered(status: number, headers: Record<string, string> = {}): Ending {
  const response: PipelineResponse = { status, headers: createHttpHeaders(headers), request };
  return { response };
}

/** What is drawn in many tries; NaN stands for no further try. */
function delays(ending: Ending, retryCount = 0, options = {}): number[] {
  return Array.from({ length: 200 }, () => retryDelayInMs(ending, retryCount, options) ?? Number.NaN);
}

describe("retryDelayInMs", () => {
  it.each([408, 429, 500, 502, 503, 504])(
    "tries again after %i, with jitter, growing, within its limit",
    (status) => {
      const ending = answered(status);
      const options = { retryDelayInMs: 100, maxRetryDelayInMs: 300 };
      const [first, second, later] = [0, 1, 9].map((retryCount) => delays(ending, retryCount, options));
      for (const [drawn, low, high] of [
        [first, 50, 100],
        [second, 100, 200],
        [later, 150, 300],
      ] as const) {
        expect(Math.min(...(drawn ?? []))).toBeGreaterThanOrEqual(low);
        expect(Math.max(...(drawn ?? []))).toBeLessThanOrEqual(high);
        expect(new Set(drawn).size).toBeGreaterThan(100);
      }
    },
  );

  it.each([200, 202, 301, 400, 401, 403, 404, 409, 501, 505])("leaves %i be", (status) => {
    expect(retryDelayInMs(answered(status), 0)).toBeUndefined();
  });

  it.each([
    [429, { "Retry-After": "2" }, 2000],
    [503, { "Retry-After": "0" }, 0],
    [429, { "retry-after-ms": "150" }, 150],
    [503, { "x-ms-retry-after-ms": "250", "Retry-After": "9" }, 250],
    [429, { "Retry-After": new Date(Date.now() + 5000).toUTCString() }, 5000],
    [429, { "Retry-After": new Date(Date.now() - 5000).toUTCString() }, 0],
  ])("waits as %i asks with %o", (status, headers, asked) => {
    for (const delay of delays(answered(status, headers))) {
      expect(delay).toBeGreaterThanOrEqual(Math.max(0, asked - 1500));
      expect(delay).toBeLessThanOrEqual(asked * 1.1);
    }
  });

  it.each(["soon", "-5", "NaN", ""])("falls back to its own delay where Retry-After is %o", (value) => {
    for (const delay of delays(answered(429, { "Retry-After": value }))) {
      expect(delay).toBeGreaterThanOrEqual(500);
      expect(delay).toBeLessThanOrEqual(1000);
    }
  });

  it("gives the answer to the caller rather than wait longer than the limit", () => {
    const ending = answered(429, { "Retry-After": "65" });
    expect(retryDelayInMs(ending, 0)).toBeUndefined();
    expect(retryDelayInMs(ending, 0, { maxRetryDelayInMs: 66_000 })).toBeGreaterThanOrEqual(65_000);
  });

  it.each(["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EAI_AGAIN", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH"])(
    "tries again after %s",
    (code) => {
      const error = new RestError("no connection", { code });
      for (const delay of delays({ error })) expect(delay).toBeGreaterThanOrEqual(500);
    },
  );

  it("does not try again after what is no connection error", () => {
    const error = new RestError("bad certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    expect(retryDelayInMs({ error }, 0)).toBeUndefined();
  });
});

describe("smsRetryPolicy", () => {
  it("waits longer than a timer of Node's takes where it may, and not for a millisecond", async () => {
    const controller = new AbortController();
    const aborted = createPipelineRequest({ url: request.url, abortSignal: controller.signal });
    let attempts = 0;
    const next = async (): Promise<PipelineResponse> => {
      attempts += 1;
      setTimeout(() => controller.abort(), 50);
      return { status: 429, headers: createHttpHeaders({ "Retry-After": "2592000" }), request: aborted };
    };
    const policy = smsRetryPolicy({ maxRetryDelayInMs: Infinity });
    await expect(policy.sendRequest(aborted, next)).rejects.toThrow("aborted");
    expect(attempts).toBe(1);
  });
});

describe("isUnconnected", () => {
  it.each([
    ["ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:1", true],
    ["ENOTFOUND", "getaddrinfo ENOTFOUND contoso.example", true],
    ["EHOSTUNREACH", "connect EHOSTUNREACH 192.0.2.1:443", true],
    ["ENETUNREACH", "connect ENETUNREACH 192.0.2.1:443", true],
    ["EHOSTUNREACH", "read EHOSTUNREACH", false],
    ["ENETUNREACH", "write ENETUNREACH", false],
    ["ECONNRESET", "read ECONNRESET", false],
    ["ETIMEDOUT", "connect ETIMEDOUT 192.0.2.1:443", false],
    [undefined, "connect", false],
  ])("takes %s with “%s” for certain only where no connection was made: %s", (code, message, isSo) => {
    expect(isUnconnected({ code, message })).toBe(isSo);
  });
});
