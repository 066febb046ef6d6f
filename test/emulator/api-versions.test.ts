import { describe, expect, it } from "vitest";
import { ann, call, emulated, sendBody, sender } from "./wire.js";

const versions = [
  "2021-03-07",
  "2024-01-14-preview",
  "2024-02-05-preview",
  "2024-12-10-preview",
  "2025-05-29-preview",
  "2025-08-01-preview",
  "2026-01-23",
];
const optOutBody = { from: sender, recipients: [{ to: ann }] };

function since(version: string): (asked: string) => boolean {
  return (asked) => versions.indexOf(asked) >= versions.indexOf(version);
}

const hasOptOuts = since("2024-12-10-preview");
const hasReports = since("2025-08-01-preview");

describe.each(versions)("api-version %s", (version) => {
  it("sends", async () => {
    const emulator = await emulated();
    const target = `/sms?api-version=${version}`;
    const answer = await call(emulator, { target, body: sendBody() });
    expect(answer).toMatchObject({ status: 202, body: { value: [{ to: ann, successful: true }] } });
    expect(answer.headers["api-supported-versions"]).toBe(versions.join(", "));
  });

  it.each(["add", "remove", "check"])("has optouts:%s or says that it has not", async (verb) => {
    const emulator = await emulated();
    const target = `/sms/optouts:${verb}?api-version=${version}`;
    const answer = await call(emulator, { target, body: optOutBody });
    expect(answer.headers["api-supported-versions"]).toBe(versions.filter(hasOptOuts).join(", "));
    const unsupported = { status: 400, body: { error: { code: "UnsupportedApiVersion" } } };
    expect(answer).toMatchObject(hasOptOuts(version) ? { status: 200 } : unsupported);
  });

  it("has delivery reports or says that it has not", async () => {
    const emulator = await emulated();
    const target = `/deliveryReports/none?api-version=${version}`;
    const answer = await call(emulator, { method: "GET", target });
    expect(answer.headers["api-supported-versions"]).toBe(versions.filter(hasReports).join(", "));
    const unsupported = { status: 400, body: { error: { code: "UnsupportedApiVersion" } } };
    expect(answer).toMatchObject(hasReports(version) ? { status: 404 } : unsupported);
  });

  it("checks deliveryReportTimeoutInSeconds where it knows it", async () => {
    const emulator = await emulated();
    const answer = await call(emulator, {
      target: `/sms?api-version=${version}`,
      body: sendBody({
        smsSendOptions: { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: 59 },
      }),
    });
    expect(answer.status).toBe(since("2024-02-05-preview")(version) ? 400 : 202);
  });

  it.each([
    ["apiKey", { partner: "infobip", apiKey: "k" }, "2025-05-29-preview", "2026-01-23"],
    ["partnerParams", { partner: "infobip", partnerParams: { apiKey: "k" } }, "2026-01-23", "never"],
  ])("takes messagingConnect with %s where that is its shape", async (_, messagingConnect, from, until) => {
    const emulator = await emulated();
    const answer = await call(emulator, {
      target: `/sms?api-version=${version}`,
      body: sendBody({ smsSendOptions: { enableDeliveryReport: false, messagingConnect } }),
    });
    const isKnown = since("2025-05-29-preview")(version);
    const isRight = since(from)(version) && (until === "never" || !since(until)(version));
    expect(answer.status).toBe(!isKnown || isRight ? 202 : 400);
  });
});

describe("an api-version that is not spoken", () => {
  it.each(["/sms", "/sms?api-version=", "/sms?version=2021-03-07", "/sms/optouts:check"])(
    "is unspecified in %s",
    async (target) => {
      const emulator = await emulated();
      const answer = await call(emulator, { target, body: sendBody() });
      expect(answer.status).toBe(400);
      expect(answer.text).toBe(
        '{"error":{"code":"ApiVersionUnspecified","message":"An API version is required, but was not specified.","innerError":null}}',
      );
    },
  );

  it.each([
    ["2024-12-10w-preview", "InvalidApiVersion"],
    ["latest", "InvalidApiVersion"],
    ["2024-13-01", "InvalidApiVersion"],
    ["2019-01-01", "UnsupportedApiVersion"],
    ["2030-01-01-preview", "UnsupportedApiVersion"],
    ["2020-08-20-preview", "UnsupportedApiVersion"],
    ["2024-12-19-privatepreview", "UnsupportedApiVersion"],
  ])("is refused: %s is %s", async (version, code) => {
    const emulator = await emulated();
    const answer = await call(emulator, {
      target: `/sms/optouts:remove?api-version=${version}`,
      body: optOutBody,
    });
    const uri = `${emulator.endpoint}/sms/optouts:remove`;
    const message = `The HTTP resource that matches the request URI '${uri}' does not support the API version '${version}'.`;
    expect(answer.status).toBe(400);
    expect(answer.text).toBe(JSON.stringify({ error: { code, message, innerError: null } }));
  });
});
