import { AzureKeyCredential } from "@azure/core-auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { SmsClient, type SmsClientOptions } from "../../src/client/sms-client.js";
import { startEmulator, type Emulator } from "../../src/emulator/emulator.js";
import { magicNumbers } from "../../src/emulator/index.js";
import { canary } from "../support/canary.js";
import { people, person, rejection, sender, testSuppression, text } from "../support/clients.js";

const versions = [
  "2021-03-07",
  "2024-02-05-preview",
  "2024-12-10-preview",
  "2025-05-29-preview",
  "2025-08-01-preview",
  "2026-01-23",
];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ deliveryDelayInMs: 0 });
});
afterAll(async () => emulator.close());

function client(options: SmsClientOptions = {}, connectionString = emulator.connectionString): SmsClient {
  return new SmsClient(connectionString, {
    allowInsecureConnection: true,
    retryOptions: { retryDelayInMs: 1 },
    ...options,
  });
}

describe("the client, against a server that checks every signature", () => {
  it.each(versions)("sends under api-version %s", async (apiVersion) => {
    const [result] = await client({ apiVersion }).send({
      from: sender,
      to: [person],
      message: `${text} ${apiVersion}`,
    });
    expect(result?.status).toBe("accepted");
    await emulator.waitForMessage({ to: person, match: apiVersion });
    expect(emulator.requests().at(-1)).toMatchObject({ signature: "valid", status: 202 });
  });

  it("sends with either key, and follows a key that is rotated", async () => {
    const credential = new AzureKeyCredential(canary.accessKey);
    const sms = new SmsClient(emulator.endpoint, credential, { allowInsecureConnection: true });
    const request = { from: sender, to: [person], message: text };
    expect(await rejection(sms.send(request))).toMatchObject({ name: "RestError", statusCode: 401 });
    credential.update(emulator.accessKeys.secondary);
    expect((await sms.send(request)).map(({ status }) => status)).toEqual(["accepted"]);
    credential.update(emulator.accessKeys.primary);
    expect((await sms.send(request)).map(({ status }) => status)).toEqual(["accepted"]);
  });

  it("is refused a sender that is not the resource's", async () => {
    const error = await rejection(client().send({ from: "+18005550000", to: [person], message: text }));
    expect(error).toMatchObject({ statusCode: 401, code: "Unauthorized" });
  });

  it("tells a number that the service refuses from one that is none", async () => {
    const results = await client().send({
      from: sender,
      to: ["+1425555012345", "12", person],
      message: text,
    });
    expect(results.map(({ status, errorMessage }) => [status, errorMessage])).toEqual([
      ["rejected", expect.stringMatching(/country code|phone number format/)],
      ["invalid", "Not a phone number."],
      ["accepted", undefined],
    ]);
  });

  it("delivers a message repeated under one key once", async () => {
    const [to] = people(1) as [string];
    const request = { from: sender, to: [to], message: text };
    const idempotency = { key: "one message", firstSentAt: new Date() };
    const [first] = await client().send(request, { idempotency });
    const [again] = await client().send(request, { idempotency });
    expect(again).toEqual(first);
    expect(emulator.phone(to).messages()).toHaveLength(1);
  });

  it("works on the service's own opt-out list", async () => {
    const { optOuts } = client();
    const [to] = people(1) as [string];
    await optOuts.add(sender, [to]);
    expect((await optOuts.check(sender, [to]))[0]?.isOptedOut).toBe(true);
    await optOuts.remove(sender, [to]);
    expect((await optOuts.check(sender, [to]))[0]?.isOptedOut).toBe(false);
  });
});

describe("opt-outs, with what phones type coming back through the emulator alone", () => {
  it("hold STOP, START and UNSTOP, and a QUIT that the carrier knows nothing of", async () => {
    const from = "+14255550166";
    const phone = emulator.phone(from);
    const suppression = testSuppression();
    const sms = client({ suppression });
    const inbound = emulator.inbound();
    const typed = async (message: string): Promise<string | undefined> => {
      const sentAt = phone.send(message, { to: sender }).messageId;
      for (;;) {
        const { value: received, done } = await inbound.next();
        if (done === true) throw new Error("the emulator closed");
        if (received.messageId !== sentAt) continue;
        await suppression.handleMessage(received);
        break;
      }
      // Facts of the same millisecond are a tie, which is an opt-out.
      await new Promise((resolve) => setTimeout(resolve, 2));
      const [result] = await sms.send({ from: sender, to: [from], message: `${text} after ${message}` });
      return result?.status;
    };
    expect(await typed("Stop!")).toBe("suppressed");
    expect(await typed("START")).toBe("accepted");
    expect(await typed("stop")).toBe("suppressed");
    expect(await typed("unstop")).toBe("accepted");
    expect(await typed("quit")).toBe("suppressed");
    expect(await typed("hello")).toBe("suppressed");
    expect(phone.messages().some(({ message }) => message.includes("after quit"))).toBe(false);
  });

  it("are learnt from the report of a send that the carrier blocked", async () => {
    const from = "+14255550167";
    emulator.phone(from).send("STOP", { to: sender });
    const suppression = testSuppression();
    const sms = client({ suppression });
    const request = { from: sender, to: [from], message: text };
    const [blind] = await sms.send(request, { enableDeliveryReport: true });
    if (blind?.status !== "accepted") throw new TypeError("the service takes a blocked send");
    const report = await sms.getDeliveryReport(blind.messageId);
    expect(report).toMatchObject({ status: "failed", details: "Sender blocked for given recipient." });
    if (report === undefined) throw new TypeError("expected a report");
    await suppression.handleDeliveryReport(report);
    expect((await sms.send(request))[0]?.status).toBe("suppressed");
  });
});

describe("a repeat that the service refuses", () => {
  const dropped = { dropAfter: { next: 1 } };

  it("leaves unknown whether the message went out the first time, which it did", async () => {
    await using refusing = await startEmulator({ faults: dropped, repeatability: { repeated: "reject" } });
    const sms = client({}, refusing.connectionString);
    const [result] = await sms.send({ from: sender, to: [person], message: text });
    expect(result).toMatchObject({
      status: "unknown",
      error: { code: "outcome-unknown", message: expect.stringContaining("answered 409 to a repeat") },
      idempotency: { key: expect.any(String), firstSentAt: expect.any(Date) },
    });
    expect(refusing.phone(person).messages()).toHaveLength(1);
    expect(refusing.requests().map(({ fault }) => fault)).toEqual(["dropAfter", undefined]);
  });

  it("holds for a caller's own repeat", async () => {
    await using refusing = await startEmulator({ repeatability: { repeated: "reject" } });
    const sms = client({}, refusing.connectionString);
    const request = { from: sender, to: [person], message: text };
    const idempotency = { key: "order 1234", firstSentAt: new Date() };
    const statuses = [];
    for (let time = 0; time < 2; time += 1) {
      const [result] = await sms.send(request, { idempotency });
      statuses.push(result?.status);
    }
    expect(statuses).toEqual(["accepted", "unknown"]);
  });

  it("stays a refusal where it was as true the first time, and where nothing went before", async () => {
    await using refusing = await startEmulator({ faults: dropped });
    const sms = client({}, refusing.connectionString);
    const to = [person, "+1425555012345"];
    const results = await sms.send({ from: sender, to, message: text });
    expect(results.map(({ status }) => status)).toEqual(["accepted", "rejected"]);
    const busy = [magicNumbers.serviceUnavailable.number];
    const [refused] = await sms.send({ from: sender, to: busy, message: text });
    expect(refused).toMatchObject({ status: "rejected", httpStatusCode: 503 });
  });
});
