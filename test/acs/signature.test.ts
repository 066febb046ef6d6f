import { describe, expect, it } from "vitest";

import { authorization, hashContent, importAccessKey, stringToSign } from "../../src/acs/signature.js";

/*
 * Vectors made with `createCommunicationAuthPolicy` of @azure/communication-common 2.5.0 under a frozen clock.
 */
const longKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==";
const vectors = [
  {
    name: "a send",
    key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    method: "POST",
    host: "contoso.communication.azure.com",
    pathAndQuery: "/sms?api-version=2021-03-07",
    date: "Fri, 23 Jan 2026 10:20:30 GMT",
    body: '{"from":"+18005551234","smsRecipients":[{"to":"+14255550123","repeatabilityRequestId":"fda6d242-46aa-4247-8bf6-619a1206f9c3","repeatabilityFirstSent":"Fri, 23 Jan 2026 10:20:30 GMT"}],"message":"Hello world!","smsSendOptions":{"enableDeliveryReport":true,"tag":"t1"}}',
    contentHash: "A/zTglhc4+HtXtMGaaWRtNtjGTNbK3nkvBSGsUW4j+Q=",
    signature: "s12ZYjV7PA98PJaR0aMldyqit8d+1OR4WQh1/pZ9QDE=",
  },
  {
    name: "an opt-out check with a port, a colon in the path and a body beyond ASCII",
    key: longKey,
    method: "POST",
    host: "127.0.0.1:4010",
    pathAndQuery: "/sms/optouts:check?api-version=2026-01-23",
    date: "Mon, 02 Nov 2026 03:04:05 GMT",
    body: '{"from":"+18005551234","recipients":[{"to":"+14255550123"}],"x":"héllo 你好"}',
    contentHash: "JRxHuN4wHgcWdGJL5Ls/IAH1ITDkG5UbwQPhkBR5DZE=",
    signature: "Heb9UVDNKek3BEaJ9yLmUKmjLfrLEyTTTYKM2NRSADA=",
  },
  {
    name: "a GET without a body",
    key: longKey,
    method: "GET",
    host: "localhost:4010",
    pathAndQuery: "/deliveryReports/Outgoing_20261102030405aa_noam?api-version=2026-01-23",
    date: "Mon, 02 Nov 2026 03:04:05 GMT",
    body: "",
    contentHash: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    signature: "JVJhLQ4iiSn0MxSVemcrZbjo7lYoB/r5ThlxIg5sThI=",
  },
];

describe("the HMAC signature", () => {
  it.each(vectors)(
    "is the official client's for $name",
    ({ key, body, signature, contentHash, ...parts }) => {
      expect(hashContent(body)).toBe(contentHash);
      expect(stringToSign({ ...parts, contentHash })).toBe(
        `${parts.method}\n${parts.pathAndQuery}\n${parts.date};${parts.host};${contentHash}`,
      );
      expect(authorization({ ...parts, contentHash }, importAccessKey(key))).toBe(
        `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
      );
    },
  );

  it("hashes bytes as it hashes the text they encode", () => {
    expect(hashContent(Buffer.from("héllo 你好"))).toBe(hashContent("héllo 你好"));
  });
});
