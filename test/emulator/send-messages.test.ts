import { describe, expect, it } from "vitest";
import { ann, bob, call, emulated, itemsOf, sendBody, sender, sendItems } from "./wire.js";

const oldest = "2021-03-07";
const newest = "2026-01-23";

function sendTo(version: string): string {
  return `/sms?api-version=${version}`;
}

function problem(errors: unknown): unknown {
  return {
    type: "https://tools.ietf.org/html/rfc9110#section-15.5.1",
    title: "One or more validation errors occurred.",
    status: 400,
    errors,
    traceId: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
  };
}

describe("POST /sms", () => {
  it("answers as on the wire, key by key", async () => {
    const emulator = await emulated();
    const smsRecipients = [
      {
        to: ann,
        repeatabilityRequestId: "fda6d242-46aa-4247-8bf6-619a1206f9c3",
        repeatabilityFirstSent: "Mon, 01 Apr 2019 06:22:03 GMT",
      },
      { to: "+1425555012345" },
      { to: bob },
    ];
    const answer = await call(emulator, { target: sendTo(newest), body: sendBody({ smsRecipients }) });
    expect(answer.status).toBe(202);
    const id = /"Outgoing_\d{14}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}_noam"/g;
    expect(answer.text.replaceAll(id, "<id>")).toBe(
      `{"value":[{"to":"${ann}","messageId":<id>,"httpStatusCode":202,"repeatabilityResult":"accepted","successful":true},` +
        `{"to":"+1425555012345","httpStatusCode":400,"errorMessage":"Unknown country code.","successful":false},` +
        `{"to":"${bob}","messageId":<id>,"httpStatusCode":202,"successful":true}]}`,
    );
  });

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

  it("sends the headers of the service, and none that it does not send", async () => {
    const emulator = await emulated();
    const { headers } = await call(emulator, { target: sendTo(newest), body: sendBody() });
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(headers["ms-cv"]).toMatch(/^[A-Za-z0-9+/]{22}\.0$/);
    expect(headers["request-context"]).toBe("appId=");
    expect(headers).not.toHaveProperty("retry-after");
    expect(headers).not.toHaveProperty("x-ms-request-id");
    expect(headers).not.toHaveProperty("strict-transport-security");
  });

  it("answers 202 even when every recipient failed", async () => {
    const emulator = await emulated();
    const items = await sendItems(emulator, { smsRecipients: [{ to: "Ad155500000000000" }] });
    expect(items).toEqual([
      {
        to: "Ad155500000000000",
        httpStatusCode: 400,
        errorMessage: "Invalid To phone number format.",
        successful: false,
      },
    ]);
  });

  it("calls a bad number by the words of the version's time", async () => {
    const emulator = await emulated();
    const smsRecipients = [{ to: "+1425555012345" }];
    expect(await sendItems(emulator, { smsRecipients }, oldest)).toMatchObject([
      { errorMessage: "Invalid To phone number format." },
    ]);
    expect(await sendItems(emulator, { smsRecipients }, "2025-05-29-preview")).toMatchObject([
      { errorMessage: "Unknown country code." },
    ]);
  });

  it("delivers to each phone, in order, also what .NET escapes", async () => {
    const emulator = await emulated();
    const rawBody = JSON.stringify(sendBody({ smsRecipients: [{ to: ann }, { to: bob }] }));
    const escaped = rawBody.replaceAll('"+', '"\\u002B');
    expect(escaped).not.toBe(rawBody);
    await call(emulator, { target: sendTo(newest), rawBody: escaped });
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

  it("routes an escaped colon and keeps the three operations apart", async () => {
    const emulator = await emulated();
    const body = { from: sender, recipients: [{ to: ann }] };
    const items = async (verb: string): Promise<unknown> => {
      const target = `/sms/optouts${verb}?api-version=2026-01-23`;
      return itemsOf(await call(emulator, { target, body }));
    };
    expect(await items(":check")).toEqual([{ to: ann, httpStatusCode: 200, isOptedOut: false }]);
    expect(await items("%3Aadd")).toEqual([{ to: ann, httpStatusCode: 200 }]);
    expect(await items("%3acheck")).toEqual([{ to: ann, httpStatusCode: 200, isOptedOut: true }]);
  });
});
