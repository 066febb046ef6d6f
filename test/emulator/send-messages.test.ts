import { describe, expect, it } from "vitest";
import { ann, bob, call, emulated, sender, sendItems } from "./wire.js";

const newest = "2026-01-23";

function sendTo(version: string): string {
  return `/sms?api-version=${version}`;
}

describe("POST /sms", () => {
  it("stamps the message id with the time in UTC", async () => {
    const emulator = await emulated();
    const before = Math.floor(Date.now() / 1000) * 1000;
    const [item] = await sendItems(emulator);
    const [, year, month, day, hour, minute, second] =
      /^Outgoing_(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(String(item?.["messageId"])) ?? [];
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it("delivers to each phone, in order", async () => {
    const emulator = await emulated();
    await sendItems(emulator, { smsRecipients: [{ to: ann }, { to: bob }] });
    await sendItems(emulator, { message: "Second" });
    expect(emulator.phone(ann).messages()).toEqual([
      { from: sender, message: "Hello", at: expect.any(Date) },
      { from: sender, message: "Second", at: expect.any(Date) },
    ]);
    expect(emulator.phone(bob).messages()).toMatchObject([{ message: "Hello" }]);
  });
});

describe("paths", () => {
  it.each([
    ["POST", "/sms/"],
    ["POST", "/sms/optouts"],
    ["POST", "/sms/optouts:purge"],
    ["POST", "/sms/optoutsadd"],
    ["POST", "/sms/optouts:address"],
    ["POST", "/sms/optouts/:add"],
    ["GET", "/assets"],
    ["GET", "/sms/deliveryReports/x"],
  ])("has nothing at %s %s", async (method, path) => {
    const emulator = await emulated();
    const answer = await call(emulator, { method, target: `${path}?api-version=2026-01-23` });
    expect(answer.status).toBe(404);
    expect(emulator.requests()).toMatchObject([{ method, path, status: 404, signature: "unchecked" }]);
  });

  it("names the method that a path has", async () => {
    const emulator = await emulated();
    const answer = await call(emulator, { method: "GET", target: sendTo(newest) });
    expect(answer).toMatchObject({ status: 405, headers: { allow: "POST" } });
    const report = await call(emulator, { target: "/deliveryReports/x?api-version=2026-01-23", body: {} });
    expect(report).toMatchObject({ status: 405, headers: { allow: "GET" } });
  });
});
