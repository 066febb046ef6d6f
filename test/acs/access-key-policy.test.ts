import { AzureKeyCredential } from "@azure/core-auth";
import { createHttpHeaders, createPipelineRequest, type PipelineRequest } from "@azure/core-rest-pipeline";
import { afterEach, describe, expect, it, vi } from "vitest";

import { accessKeyPolicy } from "../../src/acs/access-key-policy.js";
import { authorization, hashContent, importAccessKey } from "../../src/acs/signature.js";
import { canary } from "../support/canary.js";

const otherKey = Buffer.from("another key for the same resource").toString("base64").slice(0, 44);

afterEach(() => void vi.useRealTimers());

async function sign(
  policy: ReturnType<typeof accessKeyPolicy>,
  url: string,
  body?: NonNullable<PipelineRequest["body"]>,
): Promise<PipelineRequest> {
  const request = createPipelineRequest({ url, method: "POST", ...(body !== undefined && { body }) });
  await policy.sendRequest(request, async (request) => ({
    status: 202,
    headers: createHttpHeaders(),
    request,
  }));
  return request;
}

function expected(key: string, request: PipelineRequest, host: string, pathAndQuery: string): string {
  const date = request.headers.get("x-ms-date") ?? "";
  const contentHash = hashContent(typeof request.body === "string" ? request.body : "");
  return authorization({ method: "POST", host, pathAndQuery, date, contentHash }, importAccessKey(key));
}

describe("accessKeyPolicy", () => {
  it("signs the URL as the HTTP client puts it on the wire", async () => {
    const policy = accessKeyPolicy(new AzureKeyCredential(canary.accessKey));
    const request = await sign(
      policy,
      "https://CONTOSO.communication.azure.com:443/sms?a=b c~é&api-version=1",
      "{}",
    );
    const wire = "/sms?a=b%20c~%C3%A9&api-version=1";
    expect(request.headers.get("Authorization")).toBe(
      expected(canary.accessKey, request, "contoso.communication.azure.com", wire),
    );
    expect(request.headers.get("Host")).toBe("contoso.communication.azure.com");
  });

  it("signs again with the time and the key of now", async () => {
    vi.useFakeTimers({ now: new Date("2026-11-23T10:00:00.900Z") });
    const credential = new AzureKeyCredential(canary.accessKey);
    const policy = accessKeyPolicy(credential);
    const first = await sign(policy, "http://127.0.0.1:4010/sms?api-version=1", "{}");
    vi.setSystemTime(new Date("2026-11-23T10:00:01.000Z"));
    const second = await sign(policy, "http://127.0.0.1:4010/sms?api-version=1", "{}");
    credential.update(otherKey);
    const third = await sign(policy, "http://127.0.0.1:4010/sms?api-version=1", "{}");

    expect(first.headers.get("x-ms-date")).toBe("Mon, 23 Nov 2026 10:00:00 GMT");
    expect(second.headers.get("x-ms-date")).toBe("Mon, 23 Nov 2026 10:00:01 GMT");
    expect(second.headers.get("Authorization")).not.toBe(first.headers.get("Authorization"));
    expect(third.headers.get("Authorization")).toBe(
      expected(otherKey, third, "127.0.0.1:4010", "/sms?api-version=1"),
    );
  });

  it("refuses a body that it cannot hash, and a key that became malformed", async () => {
    const credential = new AzureKeyCredential(canary.accessKey);
    const policy = accessKeyPolicy(credential);
    const stream = new ReadableStream();
    await expect(async () => sign(policy, "http://127.0.0.1/sms", stream)).rejects.toThrow(
      "Expected `request.body` to be a string or bytes",
    );
    credential.update("not base64!");
    await expect(async () => sign(policy, "http://127.0.0.1/sms", "{}")).rejects.toThrow(
      "Expected `credential.key` to be a base64 access key, got a string of 11 characters.",
    );
  });
});
