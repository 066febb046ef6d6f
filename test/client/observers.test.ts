import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";

import { describe, expect, it } from "vitest";

import type { SmsObservation, SmsResultObservation } from "../../src/observers/observer.js";
import { people, person, rejection, sender, testClient, testSuppression } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A client, and the results that its observers hear. */
function listening(server: ScriptedServer) {
  const heard: SmsResultObservation[] = [];
  const observe = (event: SmsObservation): void => void (event.type === "result" && heard.push(event));
  return { heard, sms: testClient(server, { observers: [{ observe }] }) };
}

describe("observers of a client", () => {
  it("hear of each attempt and of each result", async () => {
    await using server = await ScriptedServer.start((seen, index) =>
      index === 0 ? { status: 429 } : accepted(seen),
    );
    const heard: SmsObservation[] = [];
    const suppression = testSuppression();
    const [first, second] = people(2) as [string, string];
    await suppression.optOut(sender, [second]);
    const sms = testClient(server, {
      suppression,
      observers: [{ observe: (event) => void heard.push(event) }],
    });
    await sms.send({ from: sender, to: [first, second, "?"], message: "Hello 🎉" }, { tag: "t" });

    const shared = { from: sender, at: expect.any(Date) };
    const attempt = { ...shared, type: "attempt", recipients: 1, durationInMs: expect.any(Number) };
    const told = {
      tag: "t",
      text: expect.any(Function),
      encoding: "ucs-2",
      segments: 1,
      isReportExpected: false,
    };
    const result = { ...shared, ...told, type: "result", identity: expect.stringMatching(uuid) };
    expect(heard).toEqual([
      { ...attempt, attempt: 1, verdict: "refused", statusCode: 429 },
      { ...attempt, attempt: 2, verdict: "answered", statusCode: 202 },
      { ...result, to: first, status: "accepted", httpStatusCode: 202, messageId: expect.any(String) },
      { ...result, to: second, status: "suppressed", httpStatusCode: 0 },
      { ...result, to: "?", status: "invalid", httpStatusCode: 0 },
    ]);
  });

  it("can ask for the text of a message, which is in nothing that they write down", async () => {
    await using server = await ScriptedServer.start(accepted);
    const { heard, sms } = listening(server);
    await sms.send({ from: sender, to: people(2), message: "A secret" });
    expect(heard.map(({ text }) => text?.())).toEqual(["A secret", "A secret"]);
    expect(JSON.stringify(heard) + inspect(heard, { depth: Infinity })).not.toContain("A secret");
  });

  it("hear of a message under the id that the service has of it, and of its repeat under the same", async () => {
    await using server = await ScriptedServer.start(accepted);
    const { heard, sms } = listening(server);
    const repeat = { idempotency: { key: "an order", firstSentAt: new Date(), isRepeat: false } };
    const [first, second] = people(2) as [string, string];
    const request = { from: sender, message: "Hi" };
    await sms.send({ ...request, to: [first, second, first] }, repeat);
    await sms.send({ ...request, to: [first] }, repeat);
    const [one, two, again, later] = heard.map(({ identity }) => identity);
    expect([again, later]).toEqual([one, one]);
    expect(two).not.toBe(one);
    expect(JSON.stringify(server.requests)).toContain(one);
  });

  it("hear that a report was asked for, and until when it comes", async () => {
    await using server = await ScriptedServer.start(accepted);
    const { heard, sms } = listening(server);
    const request = { from: sender, to: [person], message: "Hi" };
    await sms.send(request, { enableDeliveryReport: true, deliveryReportTimeoutInSeconds: 90 });
    await sms.send(request);
    expect(heard[0]).toMatchObject({ isReportExpected: true, reportTimeoutInSeconds: 90 });
    expect(heard[1]).toMatchObject({ isReportExpected: false });
    expect(heard[1]).not.toHaveProperty("reportTimeoutInSeconds");
  });

  it("hear when the batch of a message was over, not when the whole list was", async () => {
    await using server = await ScriptedServer.start(async (seen, index) => {
      if (index === 1) await delay(80);
      return accepted(seen);
    });
    const { heard, sms } = listening(server);
    await sms.send({ from: sender, to: people(101), message: "Hi" });
    const times = heard.map(({ at }) => at.getTime());
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(50);
  });

  it("hear of a call that throws, too", async () => {
    await using server = await ScriptedServer.start(() => ({ status: 401 }));
    const heard: SmsObservation[] = [];
    const sms = testClient(server, { observers: [{ observe: (event) => void heard.push(event) }] });
    await rejection(sms.send({ from: sender, to: [person], message: "Hi" }));
    expect(
      heard.map((event) => ("status" in event ? event.status : "verdict" in event && event.verdict)),
    ).toEqual(["refused", "unsent"]);
  });

  it("never delay or fail a send", async () => {
    await using server = await ScriptedServer.start(accepted);
    const observers = [
      { observe: () => new Promise<void>(() => {}) },
      { observe: async () => Promise.reject(new Error("log is down")) },
      {
        observe: () => {
          throw new Error("log is broken");
        },
      },
    ];
    const [result] = await testClient(server, { observers }).send({
      from: sender,
      to: [person],
      message: "Hi",
    });
    expect(result?.status).toBe("accepted");
  });
});
