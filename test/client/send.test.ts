import { describe, expect, it } from "vitest";

import type { SmsSendOptions } from "../../src/client/send-request.js";
import { accepted, ScriptedServer } from "../support/scripted-server.js";
import { people, person, sender, testClient, testSuppression, text } from "../support/clients.js";

const request = { from: sender, to: [person], message: text };

describe("send", () => {
  it("sends one signed request and gives the service's answer", async () => {
    await using server = await ScriptedServer.start(accepted);
    const results = await testClient(server).send(request);

    expect(results).toEqual([
      {
        to: person,
        status: "accepted",
        successful: true,
        httpStatusCode: 202,
        messageId: expect.stringMatching(/^Outgoing_/),
        repeatabilityResult: "accepted",
      },
    ]);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.url).toBe("/sms?api-version=2021-03-07");
    expect(server.requests[0]?.headers.authorization).toMatch(
      /^HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=[\w+/]{43}=$/,
    );
    expect(server.requests[0]?.body).toEqual({
      from: sender,
      smsRecipients: [
        {
          to: person,
          repeatabilityRequestId: expect.stringMatching(
            /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
          ),
          repeatabilityFirstSent: expect.stringMatching(/ GMT$/),
        },
      ],
      message: text,
      smsSendOptions: { enableDeliveryReport: false },
    });
  });

  it("takes the oldest stable version that carries what is asked, or the one that is set", async () => {
    await using server = await ScriptedServer.start(accepted);
    const sms = testClient(server);
    await sms.send(request, { enableDeliveryReport: true, tag: "t" });
    await sms.send(request, { deliveryReportTimeoutInSeconds: 60 });
    await sms.send(request, { messagingConnect: { partner: "infobip", apiKey: "secret" } });
    const pinned = testClient(server, { apiVersion: "2025-05-29-preview" });
    await pinned.send(request, {
      messagingConnect: { partner: "infobip", partnerParams: { apiKey: "secret" } },
    });

    expect(server.requests.map(({ url }) => url.split("=")[1])).toEqual([
      "2021-03-07",
      "2026-01-23",
      "2026-01-23",
      "2025-05-29-preview",
    ]);
    expect(server.requests.map(({ body }) => body.smsSendOptions)).toEqual([
      { enableDeliveryReport: true, tag: "t" },
      { enableDeliveryReport: false, deliveryReportTimeoutInSeconds: 60 },
      {
        enableDeliveryReport: false,
        messagingConnect: { partner: "infobip", partnerParams: { apiKey: "secret" } },
      },
      { enableDeliveryReport: false, messagingConnect: { partner: "infobip", apiKey: "secret" } },
    ]);
  });

  it("splits any number of recipients into requests of at most 100, and answers in their order", async () => {
    await using server = await ScriptedServer.start(accepted);
    const to = people(1234);
    const results = await testClient(server).send({ ...request, to });

    expect(results.map((result) => result.to)).toEqual(to);
    expect(results.every(({ status }) => status === "accepted")).toBe(true);
    const sizes = server.requests.map(({ body }) => body.smsRecipients.length);
    expect(sizes.toSorted((a, b) => b - a)).toEqual([...Array.from({ length: 12 }, () => 100), 34]);
  });

  it("keeps few requests of one call under way at once", async () => {
    let underWay = 0;
    let most = 0;
    await using server = await ScriptedServer.start(async (seen) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 10));
      underWay -= 1;
      return accepted(seen);
    });
    await testClient(server).send({ ...request, to: people(2000) });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
  });

  it("sends a number given twice once, and answers twice", async () => {
    await using server = await ScriptedServer.start(accepted);
    const to = [person, "+14255550199", person, "(425) 555-0199"];
    const results = await testClient(server, { defaultCountry: "US" }).send({ ...request, to });

    expect(server.requests[0]?.body.smsRecipients.map(({ to }) => to)).toEqual([person, "+14255550199"]);
    expect(results).toHaveLength(4);
    expect(results[2]).toEqual(results[0]);
    expect(results[3]).toEqual(results[1]);
  });

  it("tells of what is not a phone number without harm to the others", async () => {
    await using server = await ScriptedServer.start(accepted);
    const results = await testClient(server).send({ ...request, to: ["hello", person, "4255550123", ""] });

    expect(results.map(({ status }) => status)).toEqual(["invalid", "accepted", "invalid", "invalid"]);
    expect(results[0]).toMatchObject({
      to: "hello",
      httpStatusCode: 0,
      successful: false,
      errorMessage: "Not a phone number.",
      error: { code: "invalid-phone-number" },
    });
    expect(server.requests[0]?.body.smsRecipients).toHaveLength(1);
  });

  it("sends nothing where no recipient is a phone number, and says so for each", async () => {
    await using server = await ScriptedServer.start(accepted);
    const results = await testClient(server).send({ ...request, to: ["a", "b"] });
    expect(results.map(({ status }) => status)).toEqual(["invalid", "invalid"]);
    expect(server.requests).toHaveLength(0);
  });

  it("tells of recipients whom the service refused", async () => {
    await using server = await ScriptedServer.start(() => ({
      status: 202,
      body: {
        value: [
          { to: person, httpStatusCode: 400, errorMessage: "Unknown country code.", successful: false },
        ],
      },
    }));
    const [result] = await testClient(server).send(request);
    expect(result).toMatchObject({
      to: person,
      status: "rejected",
      httpStatusCode: 400,
      successful: false,
      errorMessage: "Unknown country code.",
      error: { code: "recipient-rejected" },
    });
  });

  it("does not change or keep what it is given", async () => {
    await using server = await ScriptedServer.start(accepted);
    const to = Object.freeze([person, person]);
    const options = Object.freeze({ tag: "t", idempotency: Object.freeze({ key: "k" }) });
    await testClient(server).send(Object.freeze({ ...request, to }), options);
    const growing = [person];
    const sending = testClient(server).send({ ...request, to: growing });
    growing.push("+14255550177");
    expect(await sending).toHaveLength(1);
  });

  it("goes by its options as they were when it was called, whatever they are used for next", async () => {
    await using server = await ScriptedServer.start(accepted);
    const options: SmsSendOptions = { tag: "first" };
    const sending = testClient(server).send(request, options);
    Object.assign(options, { tag: "second", sendBefore: new Date(0), lane: "none" });
    expect(await sending).toMatchObject([{ status: "accepted" }]);
  });

  it("gives each raw response to onResponse, and sends custom headers", async () => {
    await using server = await ScriptedServer.start(accepted);
    const seen: unknown[] = [];
    await testClient(server).send(
      { ...request, to: people(150) },
      {
        onResponse: ({ status, parsedBody }) =>
          seen.push([status, (parsedBody as { value: unknown[] }).value.length]),
        requestOptions: { customHeaders: { "x-mine": "yes" } },
      },
    );
    expect(seen).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining([
        [202, 100],
        [202, 50],
      ]),
    );
    expect(server.requests[0]?.headers["x-mine"]).toBe("yes");
  });
});

describe("the suppression list of a send", () => {
  it("holds back who opted out, and lets the others pass in one request", async () => {
    await using server = await ScriptedServer.start(accepted);
    const suppression = testSuppression();
    const [first, second, third] = people(3) as [string, string, string];
    await suppression.handleMessage({ from: second, to: sender, message: "Stop!", messageId: "Incoming_1" });
    const results = await testClient(server, { suppression }).send({
      ...request,
      to: [first, second, third],
    });

    expect(results.map(({ status }) => status)).toEqual(["accepted", "suppressed", "accepted"]);
    expect(results[1]).toMatchObject({
      httpStatusCode: 0,
      successful: false,
      entry: { state: "opted-out", keyword: "Stop!", messageId: "Incoming_1" },
    });
    expect(server.requests[0]?.body.smsRecipients.map(({ to }) => to)).toEqual([first, third]);
  });

  it("returns without a request where everyone opted out, and sends again after START", async () => {
    await using server = await ScriptedServer.start(accepted);
    const suppression = testSuppression();
    const sms = testClient(server, { suppression });
    const at = (minute: number) => ({
      from: person,
      to: sender,
      receivedAt: new Date(Date.UTC(2026, 10, 1, 8, minute)),
    });
    await suppression.handleMessage({ ...at(1), message: "STOP" });
    expect((await sms.send(request)).map(({ status }) => status)).toEqual(["suppressed"]);
    expect(server.requests).toHaveLength(0);

    await suppression.handleMessage({ ...at(2), message: "start" });
    expect((await sms.send(request)).map(({ status }) => status)).toEqual(["accepted"]);
  });

  it("concerns the sender that was texted, not every sender", async () => {
    await using server = await ScriptedServer.start(accepted);
    const suppression = testSuppression();
    await suppression.handleMessage({ from: person, to: "+18005550000", message: "STOP" });
    const [result] = await testClient(server, { suppression }).send(request);
    expect(result?.status).toBe("accepted");
  });
});
