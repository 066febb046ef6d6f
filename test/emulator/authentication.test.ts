import { describe, expect, it } from "vitest";
import { call, emulated, sendBody } from "./wire.js";

const target = "/sms?api-version=2021-03-07";
const body = sendBody();

describe("who may ask", () => {
  it("takes the keys that it is given", async () => {
    const primary = Buffer.alloc(64, 7).toString("base64");
    const emulator = await emulated({ accessKeys: { primary, secondary: "AAAA" } });
    expect(emulator.connectionString.endsWith(`;accesskey=${primary}`)).toBe(true);
    expect(await call(emulator, { target, body, key: primary })).toMatchObject({ status: 202 });
    expect(await call(emulator, { target, body, key: "AAAA" })).toMatchObject({ status: 202 });
  });

  it("has two keys of its own otherwise", async () => {
    const { primary, secondary } = (await emulated()).accessKeys;
    expect(primary).not.toBe(secondary);
  });

  it("logs a bearer token as one", async () => {
    const emulator = await emulated();
    const headers = {
      Authorization: "Bearer eyJhbGciOiJub25lIn0.e30.c2ln",
      "x-ms-date": undefined,
      "x-ms-content-sha256": undefined,
    };
    expect(await call(emulator, { target, body, headers })).toMatchObject({ status: 202 });
    expect(emulator.requests()).toMatchObject([{ signature: "bearer" }]);
  });
});
