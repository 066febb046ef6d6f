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

  it("takes 100 recipients, 2048 characters, an empty message, nulls and unknown properties", async () => {
    const emulator = await emulated();
    const hundred = Array.from({ length: 100 }, (_, index) => ({ to: `+1425555${String(1000 + index)}` }));
    const items = await sendItems(emulator, { smsRecipients: hundred, message: "x".repeat(2048) });
    expect(items.map(({ to }) => to)).toEqual(hundred.map(({ to }) => to));
    expect(items.every(({ successful }) => successful === true)).toBe(true);
    await sendItems(emulator, { message: "", smsSendOptions: null, surprise: 1 });
    const smsSendOptions = { enableDeliveryReport: false, tag: null, deliveryReportTimeoutInSeconds: null };
    await sendItems(emulator, { smsSendOptions });
  });

  it.each<[string, Record<string, unknown>, unknown]>([
    ["no recipients", { smsRecipients: [] }, { SmsRecipients: [expect.any(String)] }],
    [
      "101 recipients",
      { smsRecipients: Array.from({ length: 101 }, () => ({ to: ann })) },
      { SmsRecipients: [expect.any(String)] },
    ],
    [
      "recipients without numbers",
      { smsRecipients: [{}, { to: "" }, { to: 1 }] },
      { SmsRecipients: ["Invalid recipient phone number format."] },
    ],
    ["an empty from", { from: "" }, { From: ["Invalid from phone number format."] }],
    ["no from", { from: undefined }, { From: ["Invalid from phone number format."] }],
    ["2049 characters", { message: "x".repeat(2049) }, { Message: [expect.any(String)] }],
    ["no message", { message: undefined }, { Message: ["The Message field is required."] }],
    ["a null message", { message: null }, { Message: ["The Message field is required."] }],
    [
      "options without enableDeliveryReport",
      { smsSendOptions: { tag: "t" } },
      { "SmsSendOptions.EnableDeliveryReport": ["The EnableDeliveryReport field is required."] },
    ],
    [
      "several mistakes",
      { from: 1, message: 2 },
      { From: ["Invalid from phone number format."], Message: [expect.any(String)] },
    ],
  ])("refuses %s", async (_, changes, errors) => {
    const emulator = await emulated();
    const body = sendBody(changes);
    const old = await call(emulator, { target: sendTo(oldest), body });
    expect(old).toMatchObject({ status: 400 });
    expect(old.body).toEqual(errors);
    expect(old.headers).not.toHaveProperty("api-supported-versions");
    const recent = await call(emulator, { target: sendTo(newest), body });
    expect(recent).toMatchObject({ status: 400 });
    expect(recent.body).toEqual(problem(errors));
    expect(recent.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(emulator.phone(ann).messages()).toEqual([]);
  });

  it.each([59, 43_201, 60.5, "60"])("refuses a report timeout of %j", async (seconds) => {
    const emulator = await emulated();
    const smsSendOptions = { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: seconds };
    const answer = await call(emulator, { target: sendTo(newest), body: sendBody({ smsSendOptions }) });
    expect(answer.body).toEqual(
      problem({ "SmsSendOptions.DeliveryReportTimeoutInSeconds": [expect.any(String)] }),
    );
  });

  it.each([60, 43_200])("takes a report timeout of %j", async (seconds) => {
    const emulator = await emulated();
    const smsSendOptions = { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: seconds };
    expect(await sendItems(emulator, { smsSendOptions })).toMatchObject([{ successful: true }]);
  });

  it.each([
    ["2025-05-29-preview", { partner: "infobip" }],
    ["2026-01-23", { partner: "infobip", partnerParams: {} }],
    ["2026-01-23", { partnerParams: { apiKey: "k" } }],
  ])("refuses, in %s, messagingConnect %j", async (version, messagingConnect) => {
    const emulator = await emulated();
    const smsSendOptions = { enableDeliveryReport: true, messagingConnect };
    const answer = await call(emulator, { target: sendTo(version), body: sendBody({ smsSendOptions }) });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("SmsSendOptions.MessagingConnect");
  });

  it("tells a malformed sender in the oldest version, and answers 401 for it since", async () => {
    const emulator = await emulated();
    const body = sendBody({ from: "+1425555012345" });
    const old = await call(emulator, { target: sendTo(oldest), body });
    expect(old.text).toBe('{"From":["Invalid from phone number format."]}');
    expect(old.status).toBe(400);
    expect(await call(emulator, { target: sendTo(newest), body })).toMatchObject({ status: 401 });
  });

  it("refuses what is not JSON", async () => {
    const emulator = await emulated();
    expect(await call(emulator, { target: sendTo(newest), rawBody: "{" })).toMatchObject({ status: 400 });
    expect(await call(emulator, { target: sendTo(newest), rawBody: "" })).toMatchObject({ status: 400 });
    expect(await call(emulator, { target: sendTo(newest), rawBody: "[]" })).toMatchObject({ status: 400 });
    expect(await call(emulator, { target: sendTo(newest), rawBody: "null" })).toMatchObject({ status: 400 });
    const headers = { "Content-Type": "text/plain" };
    const answer = await call(emulator, { target: sendTo(newest), body: sendBody(), headers });
    expect(answer).toMatchObject({ status: 415 });
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
