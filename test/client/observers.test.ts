import { describe, expect, it } from "vitest";

import type { SmsObservation } from "../../src/observers/observer.js";
import { people, person, rejection, sender, testClient, testSuppression } from "../support/clients.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";

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
    const result = { ...shared, type: "result", tag: "t", encoding: "ucs-2", segments: 1 };
    expect(heard).toEqual([
      { ...attempt, attempt: 1, verdict: "refused", statusCode: 429 },
      { ...attempt, attempt: 2, verdict: "answered", statusCode: 202 },
      { ...result, to: first, status: "accepted", httpStatusCode: 202, messageId: expect.any(String) },
      { ...result, to: second, status: "suppressed", httpStatusCode: 0 },
      { ...result, to: "?", status: "invalid", httpStatusCode: 0 },
    ]);
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
