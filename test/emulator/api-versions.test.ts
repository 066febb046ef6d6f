import { describe, expect, it } from "vitest";
import { ann, call, emulated, sendBody, sender, type WireAnswer } from "./wire.js";

const optOutBody = { from: sender, recipients: [{ to: ann }] };

describe("apiVersions", () => {
  const apiVersions = ["2025-08-01-preview", "2021-03-07"];

  it("leaves the others unspoken and unlisted", async () => {
    const emulator = await emulated({ apiVersions });
    const send = (version: string): Promise<WireAnswer> =>
      call(emulator, { target: `/sms?api-version=${version}`, body: sendBody() });
    for (const version of apiVersions) expect(await send(version)).toMatchObject({ status: 202 });
    const answer = await send("2026-01-23");
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "UnsupportedApiVersion" } } });
    expect(answer.headers["api-supported-versions"]).toBe("2021-03-07, 2025-08-01-preview");
    const target = "/deliveryReports/none?api-version=2025-08-01-preview";
    const report = await call(emulator, { method: "GET", target });
    expect(report.headers["api-supported-versions"]).toBe("2025-08-01-preview");
  });

  it("can leave an operation without any", async () => {
    const emulator = await emulated({ apiVersions: ["2021-03-07"] });
    const target = "/sms/optouts:check?api-version=2021-03-07";
    const answer = await call(emulator, { target, body: optOutBody });
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "UnsupportedApiVersion" } } });
    expect(answer.headers).not.toHaveProperty("api-supported-versions");
  });
});
