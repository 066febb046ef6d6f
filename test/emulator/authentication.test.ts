import { describe, expect, it } from "vitest";
import { call, emulated, sendBody, type WireRequest } from "./wire.js";

const target = "/sms?api-version=2021-03-07";
const body = sendBody();
const otherKey = Buffer.alloc(64, 7).toString("base64");
const unauthorized = { error: { code: "Unauthorized", message: "" } };

function denied(message: string): unknown {
  return { error: { code: "Denied", message } };
}

describe("who may ask", () => {
  it("takes both keys", async () => {
    const emulator = await emulated();
    const { primary, secondary } = emulator.accessKeys;
    expect(primary).not.toBe(secondary);
    expect(await call(emulator, { target, body, key: primary })).toMatchObject({ status: 202 });
    expect(await call(emulator, { target, body, key: secondary })).toMatchObject({ status: 202 });
  });

  it("takes the keys that it is given", async () => {
    const primary = Buffer.alloc(64, 7).toString("base64");
    const emulator = await emulated({ accessKeys: { primary, secondary: "AAAA" } });
    expect(emulator.connectionString.endsWith(`;accesskey=${primary}`)).toBe(true);
    expect(await call(emulator, { target, body, key: primary })).toMatchObject({ status: 202 });
    expect(await call(emulator, { target, body, key: "AAAA" })).toMatchObject({ status: 202 });
  });

  it.each<[string, Partial<WireRequest>]>([
    ["the header `date`", { dateHeader: "date" }],
    ["the header `Date`", { dateHeader: "Date" }],
    ["the header `X-MS-Date`", { dateHeader: "X-MS-Date" }],
    ["a host without its port", { signedHost: "127.0.0.1" }],
    ["a date of ten minutes ago", { date: new Date(Date.now() - 600_000).toUTCString() }],
    ["two slashes in front, signed raw", { target: "//sms?api-version=2021-03-07" }],
    ["an escaped query, signed raw", { target: "/sms?x=%7e+%20&api-version=2021%2D03-07" }],
  ])("takes %s", async (_, changes) => {
    const emulator = await emulated();
    expect(await call(emulator, { target, body, ...changes })).toMatchObject({ status: 202 });
  });

  it.each<[string, Partial<WireRequest>, unknown]>([
    ["another key", { key: otherKey }, unauthorized],
    ["another host", { signedHost: "contoso.communication.azure.com" }, unauthorized],
    ["a date in another form, signed", { date: new Date().toISOString() }, unauthorized],
    ["a date of an hour ago", { date: new Date(Date.now() - 3_600_000).toUTCString() }, unauthorized],
    ["a date of tomorrow", { date: new Date(Date.now() + 86_400_000).toUTCString() }, unauthorized],
    ["a missing date", { headers: { "x-ms-date": undefined } }, unauthorized],
    [
      "a changed body",
      { signedBody: JSON.stringify({ ...body, message: "hello" }) },
      denied("Request 'x-ms-content-sha256' differs from generated content hash."),
    ],
    [
      "a missing content hash",
      { headers: { "x-ms-content-sha256": undefined } },
      denied("Request 'x-ms-content-sha256' differs from generated content hash."),
    ],
    [
      "no authorization",
      { headers: { Authorization: undefined } },
      denied("Denied by the resource provider."),
    ],
    [
      "another scheme",
      { headers: { Authorization: "Basic dTpw" } },
      denied("Denied by the resource provider."),
    ],
    [
      "an empty bearer token",
      { headers: { Authorization: "Bearer " } },
      denied("Denied by the resource provider."),
    ],
    [
      "an authorization that is cut off",
      { headers: { Authorization: "HMAC-SHA256 SignedHeaders=x-ms-date;host" } },
      denied("Given value does not match HMAC header structure"),
    ],
  ])("refuses %s and sends nothing", async (_, changes, expected) => {
    const emulator = await emulated();
    const answer = await call(emulator, { target, body, ...changes });
    expect(answer).toMatchObject({ status: 401, body: expected });
    expect(answer.headers["content-type"]).toBe("application/json");
    expect(answer.headers["api-supported-versions"]).toContain("2021-03-07");
    expect(emulator.phone("+14255550101").messages()).toEqual([]);
  });

  it("takes any bearer token, without a content hash", async () => {
    const emulator = await emulated();
    const headers = {
      Authorization: "Bearer eyJhbGciOiJub25lIn0.e30.c2ln",
      "x-ms-date": undefined,
      "x-ms-content-sha256": undefined,
    };
    expect(await call(emulator, { target, body, headers })).toMatchObject({ status: 202 });
    expect(emulator.requests()).toMatchObject([{ signature: "bearer" }]);
  });

  it("checks the signature before the version and the body", async () => {
    const emulator = await emulated();
    const answer = await call(emulator, { target: "/sms", rawBody: "{", key: otherKey });
    expect(answer).toMatchObject({ status: 401, body: unauthorized });
  });

  it("refuses a sender that is not the resource's with a 401", async () => {
    const emulator = await emulated();
    for (const version of ["2021-03-07", "2026-01-23"]) {
      const answer = await call(emulator, {
        target: `/sms?api-version=${version}`,
        body: sendBody({ from: "+15550000000" }),
      });
      expect(answer).toMatchObject({ status: 401, body: unauthorized });
      expect(answer.headers["content-type"]).toBe("application/json");
    }
  });
});
