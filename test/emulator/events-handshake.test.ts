import { EventGridDeserializer } from "@azure/eventgrid";
import { describe, expect, it } from "vitest";
import { agree, holdClock, received, receiving, until, validationIn, type Received } from "./receiver.js";
import { ann, emulated, sender } from "./wire.js";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("the handshake of the Event Grid schema", () => {
  it("posts one validation event, with the headers, the query and the webhook's own headers", async () => {
    const receiver = await receiving();
    const emulator = await emulated();
    await emulator.addWebhook({ url: receiver.url, headers: { Authorization: "secret" } });
    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests as [Received];
    expect(request).toMatchObject({ method: "POST", url: "/hook?code=secret" });
    expect(request.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "aeg-event-type": "SubscriptionValidation",
      "aeg-subscription-name": "WEBHOOK-1",
      "aeg-delivery-count": "0",
      "aeg-metadata-version": "1",
      "aeg-data-version": "1",
      authorization: "secret",
    });
    expect(JSON.parse(request.body)).toEqual([
      {
        id: expect.stringMatching(uuid),
        topic: expect.stringMatching(/^\/subscriptions\/.+\/communicationservices\/emulator$/),
        subject: "",
        data: { validationCode: expect.stringMatching(uuid), validationUrl: expect.any(String) },
        eventType: "Microsoft.EventGrid.SubscriptionValidationEvent",
        eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/),
        metadataVersion: "1",
        dataVersion: "1",
      },
    ]);
    const [event] = await new EventGridDeserializer().deserializeEventGridEvents(request.body);
    expect(event?.data).toEqual(validationIn(request));
  });

  it("validates the webhook that answers the code, and shows no secret of it", async () => {
    const receiver = await receiving();
    const emulator = await emulated();
    const webhook = await emulator.addWebhook({ url: receiver.url, headers: { "x-secret": "secret" } });
    expect(webhook).toEqual({
      id: expect.stringMatching(uuid),
      name: "WEBHOOK-1",
      url: receiver.url.replace("?code=secret", ""),
      schema: "event-grid",
      eventTypes: [
        "Microsoft.Communication.SMSReceived",
        "Microsoft.Communication.SMSDeliveryReportReceived",
      ],
      state: "validated",
    });
    expect(emulator.webhooks()).toEqual([webhook]);
  });

  it.each<[string, (request: Received) => { status?: number; body?: string }, string]>([
    [
      "202",
      (request) => ({ ...agree(request), status: 202 }),
      "the webhook answered 202, and only 200 is accepted",
    ],
    ["404", () => ({ status: 404 }), "the webhook answered 404, and only 200 is accepted"],
    [
      "another code",
      () => ({ body: '{"validationResponse":"0"}' }),
      "the webhook answered another validation code",
    ],
  ])("fails with %s: what was kept is gone, and nothing comes", async (_, respond, reason) => {
    const receiver = await received(respond);
    const emulator = await emulated({ webhooks: [{ url: receiver.url }] });
    expect(emulator.webhooks()).toMatchObject([{ state: "validating" }]);
    emulator.phone(ann).send("kept", { to: sender });
    await emulator.eventsSettled();
    expect(emulator.webhooks()).toMatchObject([{ state: "failed", reason }]);
    emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(receiver.requests).toHaveLength(1);
  });

  it("is tried again, and fails when there is no answer at all", async () => {
    const receiver = await received(() => ({ drop: true }));
    const emulator = await emulated({ events: { speed: 5000 } });
    const webhook = await emulator.addWebhook({ url: receiver.url });
    expect(webhook).toMatchObject({ state: "failed", reason: "the webhook gave no answer (ECONNRESET)" });
    expect(receiver.requests).toHaveLength(3);
  });

  it("is tried again after 5 s", async () => {
    const pass = holdClock();
    let count = 0;
    const receiver = await received((request) => {
      count += 1;
      return count === 1 ? { drop: true } : agree(request);
    });
    const emulator = await emulated({ webhooks: [{ url: receiver.url }] });
    await until(() => receiver.requests.length === 1);
    const before = Date.now();
    await until(() => {
      pass(1);
      return receiver.requests.length === 2;
    });
    expect(Date.now() - before).toBeGreaterThanOrEqual(5000);
    expect(Date.now() - before).toBeLessThan(30_000);
    await until(() => emulator.webhooks()[0]?.state === "validated");
    expect(receiver.requests).toHaveLength(2);
  });

  it("waits 30 s for an answer", async () => {
    const pass = holdClock();
    const receiver = await received(() => ({ hang: true }));
    const emulator = await emulated({ events: { validationAttempts: 1 } });
    const adding = emulator.addWebhook({ url: receiver.url });
    await until(() => receiver.requests.length === 1);
    pass(29_999);
    expect(emulator.webhooks()).toMatchObject([{ state: "validating" }]);
    pass(1);
    expect(await adding).toMatchObject({
      state: "failed",
      reason: "the webhook gave no answer (no answer within 30000 ms)",
    });
  });

  it("gives up on a webhook that cannot be reached", async () => {
    const receiver = await receiving();
    await receiver.close();
    const emulator = await emulated({ events: { validationAttempts: 1 } });
    expect(await emulator.addWebhook({ url: receiver.url })).toMatchObject({
      reason: "the webhook gave no answer (ECONNREFUSED)",
    });
    expect(await emulator.addWebhook({ url: "http://%zz@127.0.0.1/" })).toMatchObject({
      reason: "the webhook gave no answer (URI malformed)",
    });
    const insecure = await receiving();
    expect(await emulator.addWebhook({ url: insecure.url.replace("http:", "https:") })).toMatchObject({
      state: "failed",
      reason: expect.stringMatching(/^the webhook gave no answer \(.*(EPROTO|SSL)/),
    });
  });

  it("goes without the webhook's own headers if told so", async () => {
    const receiver = await receiving();
    const emulator = await emulated({ events: { headersOnValidation: false } });
    await emulator.addWebhook({ url: receiver.url, headers: { "x-secret": "secret" } });
    emulator.phone(ann).send("Hi", { to: sender });
    await emulator.eventsSettled();
    expect(receiver.requests.map(({ headers }) => headers["x-secret"])).toEqual([undefined, "secret"]);
  });
});

describe("manual validation", () => {
  it("waits for the URL to be opened, keeping the events", async () => {
    const receiver = await received((request) => (isHandshake(request) ? { body: "{}" } : {}));
    const emulator = await emulated();
    const webhook = await emulator.addWebhook({ url: receiver.url });
    const { validationUrl } = validationIn(receiver.requests[0] as Received);
    expect(webhook).toMatchObject({
      state: "awaiting-manual-action",
      reason: `the webhook answered 200 without \`validationResponse\`; open ${validationUrl}`,
    });
    emulator.phone(ann).send("kept", { to: sender });
    expect(validationUrl).toMatch(
      `${emulator.endpoint}/_emulator/eventsubscriptions/${webhook.id}/validate?id=`,
    );
    const answer = await fetch(validationUrl);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("Webhook successfully validated as a subscription endpoint");
    await emulator.eventsSettled();
    expect(receiver.events()).toMatchObject([{ data: { message: "kept" } }]);
    const [validated] = emulator.webhooks();
    expect(validated).toMatchObject({ state: "validated" });
    expect(validated).not.toHaveProperty("reason");
    expect(await fetch(validationUrl)).toMatchObject({ status: 200 });
  });

  it("may come before the request is answered", async () => {
    const receiver = await received(async (request) => {
      if (isHandshake(request)) await fetch(validationIn(request).validationUrl);
      return {};
    });
    const emulator = await emulated();
    expect(await emulator.addWebhook({ url: receiver.url })).toMatchObject({ state: "validated" });
  });

  it("needs the URL as it was given", async () => {
    const receiver = await received(() => ({}));
    const emulator = await emulated();
    await emulator.addWebhook({ url: receiver.url });
    const { validationUrl } = validationIn(receiver.requests[0] as Received);
    expect(await fetch(`${validationUrl}0`)).toMatchObject({ status: 404 });
    expect(await fetch(validationUrl.replace(/token=.*/, ""))).toMatchObject({ status: 404 });
    expect(emulator.webhooks()).toMatchObject([{ state: "awaiting-manual-action" }]);
  });

  it("has ten minutes", async () => {
    const pass = holdClock();
    const receiver = await received(() => ({}));
    const emulator = await emulated();
    await emulator.addWebhook({ url: receiver.url });
    emulator.phone(ann).send("kept", { to: sender });
    pass(599_999);
    expect(emulator.webhooks()).toMatchObject([{ state: "awaiting-manual-action" }]);
    pass(1);
    expect(emulator.webhooks()).toMatchObject([
      { state: "failed", reason: "the validation URL was not opened within 600000 ms" },
    ]);
    await emulator.eventsSettled();
    const { validationUrl } = validationIn(receiver.requests[0] as Received);
    expect(await fetch(validationUrl)).toMatchObject({ status: 400 });
    expect(emulator.webhooks()).toMatchObject([{ state: "failed" }]);
  });
});

function isHandshake({ headers }: Received): boolean {
  return headers["aeg-event-type"] === "SubscriptionValidation";
}

describe("the handshake of CloudEvents", () => {
  it("asks with OPTIONS", async () => {
    const receiver = await receiving();
    const emulator = await emulated();
    const webhook = await emulator.addWebhook({
      url: receiver.url,
      schema: "cloud-events",
      headers: { "x-secret": "secret" },
    });
    expect(webhook).toMatchObject({ state: "validated", schema: "cloud-events" });
    expect(receiver.requests).toMatchObject([
      {
        method: "OPTIONS",
        url: "/hook?code=secret",
        body: "",
        headers: {
          "webhook-request-origin": "eventgrid.azure.net",
          "webhook-request-callback": expect.stringContaining("/validate?"),
          "x-secret": "secret",
        },
      },
    ]);
  });

  it.each<[string, number, Record<string, string>, string, RegExp]>([
    ["*", 204, { "WebHook-Allowed-Origin": "*" }, "validated", /^$/],
    [
      "another origin",
      200,
      { "WebHook-Allowed-Origin": "example.com" },
      "failed",
      /^the webhook's WebHook-Allowed-Origin is not eventgrid\.azure\.net$/,
    ],
    ["405", 405, {}, "failed", /^the webhook answered 405 to OPTIONS$/],
    [
      "no origin",
      204,
      {},
      "awaiting-manual-action",
      /^the webhook answered 204 without WebHook-Allowed-Origin; open http/,
    ],
  ])("comes out right for %s", async (_, status, headers, state, reason) => {
    const receiver = await received(() => ({ status, headers }));
    const emulator = await emulated();
    const webhook = await emulator.addWebhook({ url: receiver.url, schema: "cloud-events" });
    expect(webhook).toMatchObject({ state });
    expect(webhook.reason ?? "").toMatch(reason);
  });

  it("can be completed by a POST to the callback", async () => {
    const receiver = await received(() => ({}));
    const emulator = await emulated();
    await emulator.addWebhook({ url: receiver.url, schema: "cloud-events" });
    const callback = String(receiver.requests[0]?.headers["webhook-request-callback"]);
    expect(await fetch(callback, { method: "POST" })).toMatchObject({ status: 200 });
    expect(emulator.webhooks()).toMatchObject([{ state: "validated" }]);
  });
});
