import type { KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  importKey,
  verifySignature,
  type SignedRequest,
} from "../../src/emulator/authentication/signature.js";

const v1Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const v2Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";

/** Vectors that the official signing policy made (@azure/communication-common 2.5.0). */
const v1 = signed(
  "POST",
  "/sms?api-version=2021-03-07",
  "contoso.communication.azure.com",
  "Fri, 23 Jan 2026 10:20:30 GMT",
  "A/zTglhc4+HtXtMGaaWRtNtjGTNbK3nkvBSGsUW4j+Q=",
  "s12ZYjV7PA98PJaR0aMldyqit8d+1OR4WQh1/pZ9QDE=",
  '{"from":"+18005551234","smsRecipients":[{"to":"+14255550123","repeatabilityRequestId":"fda6d242-46aa-4247-8bf6-619a1206f9c3","repeatabilityFirstSent":"Fri, 23 Jan 2026 10:20:30 GMT"}],"message":"Hello world!","smsSendOptions":{"enableDeliveryReport":true,"tag":"t1"}}',
);
const v2 = signed(
  "POST",
  "/sms/optouts:check?api-version=2026-01-23",
  "127.0.0.1:4010",
  "Mon, 02 Nov 2026 03:04:05 GMT",
  "JRxHuN4wHgcWdGJL5Ls/IAH1ITDkG5UbwQPhkBR5DZE=",
  "Heb9UVDNKek3BEaJ9yLmUKmjLfrLEyTTTYKM2NRSADA=",
  '{"from":"+18005551234","recipients":[{"to":"+14255550123"}],"x":"héllo 你好"}',
);
const v3 = signed(
  "GET",
  "/deliveryReports/Outgoing_20261102030405aa_noam?api-version=2026-01-23",
  "localhost:4010",
  "Mon, 02 Nov 2026 03:04:05 GMT",
  "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
  "JVJhLQ4iiSn0MxSVemcrZbjo7lYoB/r5ThlxIg5sThI=",
  "",
);

function signed(
  method: string,
  target: string,
  host: string,
  date: string,
  contentHash: string,
  signature: string,
  body: string,
): SignedRequest {
  const authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
  const headers = { host, "x-ms-date": date, "x-ms-content-sha256": contentHash, authorization };
  return { method, target, headers, body: new TextEncoder().encode(body) };
}

function withHeaders(request: SignedRequest, headers: SignedRequest["headers"]): SignedRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** With a clock on which every date is timely. */
function verify(request: SignedRequest, keys: readonly KeyObject[]): string {
  return verifySignature(request, keys, { now: 0, toleranceInMs: Infinity });
}

describe("the signature verifier", () => {
  it.each([
    ["V1", v1, v1Key],
    ["V2", v2, v2Key],
    ["V3", v3, v2Key],
  ])("takes the official vector %s", (_, request, key) => {
    expect(verify(request, [importKey(key)])).toBe("valid");
  });

  it("tries every key", () => {
    expect(verify(v1, [importKey(v2Key), importKey(v1Key)])).toBe("valid");
    expect(verify(v1, [importKey(v2Key)])).toBe("wrong-signature");
    expect(verify(v1, [])).toBe("wrong-signature");
  });

  it.each<[string, Partial<SignedRequest>]>([
    ["method", { method: "PUT" }],
    ["path", { target: "//sms?api-version=2021-03-07" }],
    ["query", { target: "/sms?api-version=2021-03-08" }],
  ])("notices another %s", (_, change) => {
    expect(verify({ ...v1, ...change }, [importKey(v1Key)])).toBe("wrong-signature");
  });

  it.each<[string, SignedRequest["headers"]]>([
    ["host", { host: "contoso.example" }],
    ["port", { host: "contoso.communication.azure.com.example:80" }],
    ["date", { "x-ms-date": "Fri, 23 Jan 2026 10:20:31 GMT" }],
  ])("notices another %s", (_, headers) => {
    expect(verify(withHeaders(v1, headers), [importKey(v1Key)])).toBe("wrong-signature");
  });

  it("takes a host that was signed without its port, and none signed with another", () => {
    const behind = withHeaders(v1, { host: "contoso.communication.azure.com:8443" });
    expect(verify(behind, [importKey(v1Key)])).toBe("valid");
    const elsewhere = withHeaders(v2, { host: "127.0.0.1:4011" });
    expect(verify(elsewhere, [importKey(v2Key)])).toBe("wrong-signature");
  });

  it("hashes the bytes, not the text that they decode to", () => {
    const invalid = { ...v3, body: Uint8Array.of(0xff) };
    expect(verify(invalid, [importKey(v2Key)])).toBe("wrong-content-hash");
    const oneByteMore = { ...v1, body: Uint8Array.of(...v1.body, 0x0a) };
    expect(verify(oneByteMore, [importKey(v1Key)])).toBe("wrong-content-hash");
  });

  it.each([
    "HMAC-SHA256",
    "HMAC-SHA256 Signature=s12ZYjV7PA98PJaR0aMldyqit8d+1OR4WQh1/pZ9QDE=",
    "HMAC-SHA256 SignedHeaders=host;x-ms-content-sha256&Signature=s12ZYjV7PA98PJaR0aMldyqit8d+1OR4WQh1/pZ9QDE=",
    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=AAAA",
    "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256",
  ])("calls %j malformed", (authorization) => {
    expect(verify(withHeaders(v1, { authorization }), [importKey(v1Key)])).toBe("malformed");
  });

  it.each([
    [900_000, "valid"],
    [900_001, "stale-date"],
    [-900_000, "valid"],
    [-900_001, "stale-date"],
  ])("judges a date that is %i ms off", (offInMs, verdict) => {
    const now = Date.parse("2026-01-23T10:20:30Z") + offInMs;
    expect(verifySignature(v1, [importKey(v1Key)], { now, toleranceInMs: 900_000 })).toBe(verdict);
    expect(verifySignature(v1, [importKey(v2Key)], { now, toleranceInMs: 900_000 })).toBe("wrong-signature");
  });
});
