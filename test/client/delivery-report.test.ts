import { describe, expect, it } from "vitest";

import { person, rejection, sender, testClient, testSuppression } from "../support/clients.js";
import { ScriptedServer } from "../support/scripted-server.js";

describe("getDeliveryReport", () => {
  it("reads what became of a message", async () => {
    await using server = await ScriptedServer.start(() => ({
      status: 200,
      body: {
        deliveryStatus: "Delivered",
        deliveryStatusDetails: "2000: No Error",
        deliveryAttempts: [
          { timestamp: "2025-08-12T14:35:00Z", segmentsSucceeded: 1, segmentsFailed: 1 },
          { timestamp: "2025-08-12T14:40:00.1234567Z", segmentsSucceeded: 2, segmentsFailed: 0 },
        ],
        receivedTimestamp: "2025-08-12T14:40:01Z",
        tag: "customer-tag",
        messageId: "abc/123",
        from: sender,
        to: person,
      },
    }));
    expect(await testClient(server).getDeliveryReport("abc/123")).toEqual({
      messageId: "abc/123",
      from: sender,
      to: person,
      status: "delivered",
      details: "2000: No Error",
      code: 2000,
      attempts: [
        { at: new Date("2025-08-12T14:40:00.123Z"), segmentsSucceeded: 2, segmentsFailed: 0 },
        { at: new Date("2025-08-12T14:35:00Z"), segmentsSucceeded: 1, segmentsFailed: 1 },
      ],
      receivedAt: new Date("2025-08-12T14:40:01Z"),
      tag: "customer-tag",
    });
    expect(server.requests[0]).toMatchObject({
      method: "GET",
      url: "/deliveryReports/abc%2F123?api-version=2026-01-23",
    });
  });

  it("is undefined while there is none", async () => {
    await using server = await ScriptedServer.start(() => ({
      status: 404,
      body: { title: "Not Found", status: 404 },
    }));
    expect(await testClient(server).getDeliveryReport("abc")).toBeUndefined();
  });

  it("reveals an opt-out to the suppression list", async () => {
    await using server = await ScriptedServer.start(() => ({
      status: 200,
      body: {
        deliveryStatus: "Failed",
        deliveryStatusDetails: "Sender blocked for given recipient.",
        messageId: "abc",
        from: sender,
        to: person,
      },
    }));
    const suppression = testSuppression();
    const sms = testClient(server, { suppression });
    const report = await sms.getDeliveryReport("abc");
    if (report === undefined) throw new TypeError("expected a report");
    expect(await suppression.handleDeliveryReport(report)).toEqual({ revealed: true, changed: true });
    expect((await sms.send({ from: sender, to: [person], message: "Hi" }))[0]?.status).toBe("suppressed");
  });

  it.each([{}, { deliveryStatus: "Lost", messageId: "a", from: sender, to: person }, "nonsense", undefined])(
    "rejects an answer that is none (%#)",
    async (body) => {
      await using server = await ScriptedServer.start(() => ({ status: 200, body }));
      const error = await rejection(testClient(server).getDeliveryReport("abc"));
      expect(error).toMatchObject({ code: "answer-unreadable" });
    },
  );

  it("refuses a missing id", async () => {
    await using server = await ScriptedServer.start(() => ({ status: 404 }));
    expect((await rejection(testClient(server).getDeliveryReport(""))).message).toContain("`messageId`");
    expect(server.requests).toHaveLength(0);
  });
});
