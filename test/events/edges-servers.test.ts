import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { HttpRequest, type EventGridHandler, type HttpHandler } from "@azure/functions";
import { createAdaptorServer } from "@hono/node-server";
import express from "express";
import fastify, { type RouteHandlerMethod } from "fastify";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";

import { MemorySuppressionStore } from "../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../src/suppression/suppression-list.js";
import { sharedSecret } from "../../src/events/authorize.js";
import { toAzureEventGridFunction, toAzureFunction } from "../../src/events/edges/azure-functions.js";
import { toLambda, type LambdaHttpEvent } from "../../src/events/edges/lambda.js";
import { toNodeHandler } from "../../src/events/edges/node.js";
import { createSmsEventHandler } from "../../src/events/event-handler.js";
import type { SmsInboundMessage } from "../../src/events/sms-event.js";
import { createSmsWebhook, type SmsWebhook } from "../../src/events/webhook.js";
import { cloudEvent, eventGrid, received, validation, withData } from "./samples.js";

/** A delivery as Event Grid makes it. */
interface Delivery {
  readonly method?: "POST" | "OPTIONS" | "GET";
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What came back, however the platform says it. */
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A platform with the webhook on it. */
interface Platform extends AsyncDisposable {
  deliver(delivery: Delivery): Promise<Answer>;
}

const secret = "s3cret-of-the-edges";
const path = "/api/sms-events";
const plain = { "content-type": "application/json; charset=utf-8", host: "example.test" };
const failing = withData(received, { message: "this one fails" });

const platforms: readonly (readonly [name: string, start: (webhook: SmsWebhook) => Promise<Platform>])[] = [
  ["node:http", async (webhook) => served(createServer(toNodeHandler(webhook)))],
  ["Express, unread", async (webhook) => served(createServer(expressApp(webhook)))],
  ["Express behind a JSON parser", async (webhook) => served(createServer(expressApp(webhook, "json")))],
  ["Express behind a text parser", async (webhook) => served(createServer(expressApp(webhook, "text")))],
  ["Express behind a raw parser", async (webhook) => served(createServer(expressApp(webhook, "raw")))],
  ["Fastify with its JSON parser", async (webhook) => servedByFastify(webhook, "parsed")],
  ["Fastify, unread", async (webhook) => servedByFastify(webhook, "unread")],
  ["Hono", async (webhook) => served(honoServer(webhook))],
  ["Azure Functions", async (webhook) => azureFunctions(webhook)],
  ["a Lambda function URL", async (webhook) => lambda(webhook, functionUrlEvent)],
  ["an API Gateway HTTP API", async (webhook) => lambda(webhook, apiGatewayEvent)],
];

describe.each(platforms)("a webhook on %s", (_, start) => {
  it("answers the validation of Event Grid with the code", async () => {
    await using edge = await onPlatform(start);
    const { status, headers, body } = await edge.deliver({ body: [eventGrid(validation)] });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ validationResponse: validation.data["validationCode"] });
    expect(headers.get("content-type")).toMatch("application/json");
  });

  it("answers the handshake of CloudEvents", async () => {
    await using edge = await onPlatform(start);
    const { status, headers } = await edge.deliver({
      method: "OPTIONS",
      headers: { "webhook-request-origin": "eventgrid.azure.net" },
    });
    expect(status).toBe(200);
    expect(headers.get("webhook-allowed-origin")).toBe("eventgrid.azure.net");
    expect(headers.get("webhook-allowed-rate")).toBe("*");
  });

  it("hands a message to the handler, and once when it is delivered twice", async () => {
    await using edge = await onPlatform(start);
    const body = [eventGrid(received)];
    const answers = [await edge.deliver({ body }), await edge.deliver({ body })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers.map((answer) => JSON.parse(answer.body) as unknown)).toEqual([
      { handled: 1, skipped: 0, busy: 0, failed: 0 },
      { handled: 0, skipped: 1, busy: 0, failed: 0 },
    ]);
    expect(edge.messages.map(({ message }) => message)).toEqual([received.data["message"]]);
  });

  it("takes a CloudEvent, with every letter of its text", async () => {
    await using edge = await onPlatform(start);
    const message = "Grüße 👋🏽 aus Köln — “ja”";
    const headers = { "content-type": "application/cloudevents+json; charset=utf-8" };
    const { status } = await edge.deliver({ headers, body: cloudEvent(withData(received, { message })) });
    expect(status).toBe(200);
    expect(edge.messages.map((received) => received.message)).toEqual([message]);
  });

  it("takes a large batch", async () => {
    await using edge = await onPlatform(start);
    const body = Array.from({ length: 100 }, (_, index) =>
      eventGrid({ ...withData(received, { message: "x".repeat(1000) }), id: `event ${index}` }),
    );
    expect((await edge.deliver({ body })).status).toBe(200);
    expect(edge.messages).toHaveLength(100);
  });

  it.each(["", "?code=wrong", "?code="])(
    "turns a delivery with the query %j away with 401",
    async (query) => {
      await using edge = await onPlatform(start);
      expect((await edge.deliver({ query, body: [eventGrid(received)] })).status).toBe(401);
      expect(edge.messages).toEqual([]);
    },
  );

  it("takes the secret from a header too", async () => {
    await using edge = await onPlatform(start);
    const headers = { "x-sms-webhook-secret": secret };
    const { status } = await edge.deliver({ query: "", headers, body: [eventGrid(received)] });
    expect(status).toBe(200);
  });

  it("answers 500 when the handler fails, so that the event comes again", async () => {
    await using edge = await onPlatform(start);
    const { status, body } = await edge.deliver({ body: [eventGrid(failing), eventGrid(received)] });
    expect(status).toBe(500);
    expect(JSON.parse(body)).toEqual({ handled: 1, skipped: 0, busy: 0, failed: 1 });
  });

  it("answers what is neither with 405", async () => {
    await using edge = await onPlatform(start);
    const { status, headers } = await edge.deliver({ method: "GET" });
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("POST, OPTIONS");
  });
});

describe.each(platforms.filter(([name]) => /Azure|Lambda|Gateway/.test(name)))("on %s", (_, start) => {
  it.each([
    ["rejects", () => Promise.reject(new Error("unlucky"))],
    [
      "throws",
      () => {
        throw new Error("unluckier");
      },
    ],
  ] satisfies [string, SmsWebhook][])("a webhook that %s is a 500", async (__, webhook) => {
    await using platform = await start(webhook);
    const { status, body } = await platform.deliver({ body: [eventGrid(received)] });
    expect([status, body]).toEqual([500, ""]);
  });
});

describe("the edges of Azure Functions", () => {
  it("are what @azure/functions asks for", () => {
    const handler = createSmsEventHandler(eventHandlerOptions([]));
    const webhook = createSmsWebhook(handler, { authorize: sharedSecret(secret) });
    const http: HttpHandler = toAzureFunction(webhook);
    const eventGridTrigger: EventGridHandler = toAzureEventGridFunction(handler);
    expect([typeof http, typeof eventGridTrigger]).toEqual(["function", "function"]);
  });
});

function eventHandlerOptions(messages: SmsInboundMessage[]) {
  return {
    sms: { send: () => Promise.reject(new Error("Nothing is sent in this test.")) },
    suppression: new SuppressionList(new MemorySuppressionStore()),
    onMessage: (message: SmsInboundMessage) => {
      if (message.message === failing.data["message"]) throw new Error("No luck.");
      messages.push(message);
    },
  };
}

/** The webhook on a platform; deliveries bring the right secret unless they say otherwise. */
async function onPlatform(start: (webhook: SmsWebhook) => Promise<Platform>) {
  const messages: SmsInboundMessage[] = [];
  const handler = createSmsEventHandler(eventHandlerOptions(messages));
  const platform = await start(createSmsWebhook(handler, { authorize: sharedSecret(secret) }));
  return {
    messages,
    deliver: async (delivery: Delivery) => platform.deliver({ query: `?code=${secret}`, ...delivery }),
    [Symbol.asyncDispose]: async () => platform[Symbol.asyncDispose](),
  };
}

function expressApp(webhook: SmsWebhook, parser?: "json" | "text" | "raw") {
  const app = express();
  // A parser reads what it is told to; "json" leaves CloudEvents unread, and both ways have to work.
  if (parser === "json") app.use(express.json({ limit: "1mb" }));
  if (parser === "text") app.use(express.text({ type: "*/*", limit: "1mb" }));
  if (parser === "raw") app.use(express.raw({ type: "*/*", limit: "1mb" }));
  const router = express.Router();
  router.all("/sms-events", toNodeHandler(webhook));
  // Below a router `req.url` has lost its start.
  return app.use("/api", router);
}

async function servedByFastify(webhook: SmsWebhook, body: "parsed" | "unread"): Promise<Platform> {
  const app = fastify({ forceCloseConnections: true });
  if (body === "unread") {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("*", (_request, _payload, done) => done(null));
  } else {
    const parse = app.getDefaultJsonParser("error", "error");
    app.addContentTypeParser("application/cloudevents+json", { parseAs: "string" }, parse);
  }
  const handler = toNodeHandler(webhook);
  // What an async handler resolves to must not become a second answer.
  const asyncHandler: RouteHandlerMethod = async (request, reply) => handler(request, reply);
  const route = { method: ["GET", "POST", "OPTIONS"], url: path };
  app.route({ ...route, handler: body === "unread" ? handler : asyncHandler });
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    deliver: async (delivery) => deliverTo(address, delivery),
    [Symbol.asyncDispose]: () => app.close(),
  };
}

/** A framework that speaks Fetch needs no edge. */
function honoServer(webhook: SmsWebhook): Server {
  const app = new Hono();
  app.all(path, async (context) => webhook(context.req.raw));
  return createAdaptorServer({ fetch: app.fetch }) as Server;
}

async function served(server: Server): Promise<Platform> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    deliver: async (delivery) => deliverTo(`http://127.0.0.1:${port}`, delivery),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function deliverTo(origin: string, { method = "POST", query = "", headers, body }: Delivery) {
  const response = await fetch(`${origin}${path}${query}`, {
    method,
    headers: { ...(body !== undefined && { "content-type": plain["content-type"] }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** The class itself, made as the host's messages make it. */
function azureFunctions(webhook: SmsWebhook): Platform {
  const run = toAzureFunction(webhook);
  return {
    async deliver({ method = "POST", query = "", headers, body }) {
      const request = new HttpRequest({
        method,
        url: `https://contoso.azurewebsites.net${path}${query}`,
        headers: { ...plain, ...headers },
        ...(body !== undefined && { body: { string: JSON.stringify(body) } }),
      });
      const response = await run(request);
      return { ...response, headers: new Headers(response.headers) };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function lambda(webhook: SmsWebhook, eventOf: (delivery: Delivery) => LambdaHttpEvent): Platform {
  const run = toLambda(webhook);
  return {
    async deliver(delivery) {
      const { statusCode, headers, body } = await run(eventOf(delivery));
      return { status: statusCode, headers: new Headers(headers), body };
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** As in AWS's documentation of function URLs; the body comes as text. */
function functionUrlEvent({ method = "POST", query = "", headers, body }: Delivery) {
  const domainName = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-central-1.on.aws";
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query.slice(1),
    headers: { ...plain, ...headers, "x-forwarded-proto": "https" },
    ...(query !== "" && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    requestContext: {
      accountId: "anonymous",
      apiId: "abcdefghijklmnopqrstuvwxyz012345",
      domainName,
      domainPrefix: "abcdefghijklmnopqrstuvwxyz012345",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "203.0.113.7", userAgent: "EventGrid" },
      requestId: "e1506fd5-9e7b-434f-bd42-4f8fa224b599",
      routeKey: "$default",
      stage: "$default",
      time: "12/Mar/2026:19:03:58 +0000",
      timeEpoch: 1773342238000,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

/** As in AWS's documentation of payload format 2.0; the body comes in base64. */
function apiGatewayEvent(delivery: Delivery) {
  const { body, ...event } = functionUrlEvent(delivery);
  const domainName = "id.execute-api.us-east-1.amazonaws.com";
  return {
    ...event,
    routeKey: `ANY ${path}`,
    cookies: ["cookie1"],
    requestContext: { ...event.requestContext, accountId: "123456789012", apiId: "api-id", domainName },
    pathParameters: {},
    stageVariables: {},
    ...(body !== undefined && { body: Buffer.from(body).toString("base64") }),
    isBase64Encoded: body !== undefined,
  };
}
