import { createServer, request as send, Agent, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import express from "express";
import { expect, it } from "vitest";

import { allowUnauthenticated, sharedSecret } from "../../src/events/authorize.js";
import { toNodeHandler } from "../../src/events/edges/node.js";
import type { SmsEventHandler } from "../../src/events/event-handler.js";
import { createSmsWebhook, type SmsWebhook } from "../../src/events/webhook.js";

const json = { "content-type": "application/json" };
const nothing: SmsEventHandler = { handle: () => Promise.resolve([]) };
const open = createSmsWebhook(nothing, { authorize: allowUnauthenticated });

it("answers 500 for a webhook that rejects or throws", async () => {
  const rejecting: SmsWebhook = () => Promise.reject(new Error("unlucky"));
  const throwing = (() => {
    throw new Error("unluckier");
  }) as SmsWebhook;
  for (const webhook of [rejecting, throwing]) {
    await using server = await served(toNodeHandler(webhook));
    const response = await fetch(server.origin, { method: "POST", body: "[]" });
    expect([response.status, await response.text()]).toEqual([500, ""]);
  }
});

it("answers what the Fetch standard has no request for", async () => {
  await using server = await served(toNodeHandler(open));
  const lines = [
    "TRACE / HTTP/1.1\r\nHost: x",
    "OPTIONS * HTTP/1.1\r\nHost: x",
    "POST http://other/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0",
    "POST / HTTP/1.1\r\nHost: no host/?code=x\r\nContent-Length: 0",
    "POST / HTTP/1.0\r\nContent-Length: 0",
  ];
  for (const head of lines) expect(await overSocket(server.port, head)).toMatch(/^HTTP\/1\.1 \d{3} /);
});

it("tells the webhook the address, the secret and each header as they came", async () => {
  const seen: Request[] = [];
  await using server = await served(toNodeHandler(noting(seen)));
  await overSocket(
    server.port,
    "POST //a/b?code=1&code=2 HTTP/1.1\r\nHost: sms.test:8080\r\nX-A: 1\r\nX-A: 2",
  );
  expect(seen.map(({ url }) => url)).toEqual(["http://sms.test:8080//a/b?code=1&code=2"]);
  expect(seen[0]?.headers.get("x-a")).toBe("1, 2");
});

it("does not let the Host header bring a query", async () => {
  const seen: Request[] = [];
  await using server = await served(toNodeHandler(noting(seen)));
  await overSocket(server.port, "POST /a HTTP/1.1\r\nHost: sms.test/?code=secret");
  expect(seen.map(({ url }) => new URL(url).search)).toEqual([""]);
});

it("reads nothing of a body that is refused, and goes on with the connection", async () => {
  const webhook = createSmsWebhook(nothing, { authorize: sharedSecret("right") });
  await using server = await served(toNodeHandler(webhook));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const large = Buffer.alloc(3 * 1024 * 1024, " ");
    expect(await post(server.port, agent, "/?code=wrong", large)).toBe(401);
    expect(await post(server.port, agent, "/?code=right", large)).toBe(413);
    expect(await post(server.port, agent, "/?code=right", Buffer.from("[]"))).toBe(200);
  } finally {
    agent.destroy();
  }
});

it("gives up a body that is too large and has no length, with an answer", async () => {
  await using server = await served(toNodeHandler(open));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const large = Buffer.alloc(48 * 1024 * 1024, " ");
    expect(await post(server.port, agent, "/", large, "chunked")).toBe(413);
    expect(await post(server.port, agent, "/", Buffer.from("[]"), "chunked")).toBe(200);
  } finally {
    agent.destroy();
  }
});

it("survives a caller who hangs up halfway", async () => {
  const answered = Promise.withResolvers<number>();
  const telling: SmsWebhook = async (request) => {
    const response = await open(request);
    answered.resolve(response.status);
    return response;
  };
  await using server = await served(toNodeHandler(telling));
  const socket = connect(server.port, "127.0.0.1");
  const head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n[";
  socket.write(head, () => socket.end());
  expect(await answered.promise).toBe(500);
  expect((await fetch(server.origin, { method: "POST", headers: json, body: "[]" })).status).toBe(200);
});

it.each([
  ["a value", [{ a: "ü" }]],
  ["a text", '[{"a":"ü"}]'],
  ["bytes", Buffer.from('[{"a":"ü"}]')],
  ["other bytes", new TextEncoder().encode('[{"a":"ü"}]')],
])("takes %s that a parser left, for a body that is gone", async (_, body) => {
  const seen: unknown[] = [];
  const reading: SmsWebhook = async (request) => {
    expect(request.headers.get("content-length")).toBeNull();
    seen.push(await request.json());
    return new Response(null, { status: 204 });
  };
  const handler = toNodeHandler(reading);
  await using server = await served(async (request, response) => {
    await text(request);
    handler(Object.assign(request, { body }), response);
  });
  expect((await fetch(server.origin, { method: "POST", headers: json, body: "gone" })).status).toBe(204);
  expect(seen).toEqual([[{ a: "ü" }]]);
});

it("reads the body itself where a parser left it alone, whatever stands in its place", async () => {
  const handler = toNodeHandler(async (request) => new Response(await request.text()));
  // As the parsers of Express 4 do it for media types that they do not know.
  await using server = await served((request, response) =>
    handler(Object.assign(request, { body: {} }), response),
  );
  const response = await fetch(server.origin, { method: "POST", headers: json, body: "[1]" });
  expect(await response.text()).toBe("[1]");
});

it("tells the whole path below a router of Express", async () => {
  const seen: Request[] = [];
  const router = express.Router().post("/sms-events", toNodeHandler(noting(seen)));
  await using server = await served(express().use("/api", router));
  await fetch(`${server.origin}/api/sms-events?code=1`, { method: "POST", body: "[]" });
  expect(seen.map(({ url }) => url)).toEqual([`${server.origin}/api/sms-events?code=1`]);
});

it("answers 500, not 400, for a body that somebody took away, so that it comes again", async () => {
  const handler = toNodeHandler(open);
  await using server = await served(async (request, response) => {
    await text(request);
    handler(request, response);
  });
  expect((await fetch(server.origin, { method: "POST", headers: json, body: "[]" })).status).toBe(500);
});

it("ends a response that somebody else has begun", async () => {
  const handler = toNodeHandler(open);
  await using server = await served((request, response) => {
    response.writeHead(202).flushHeaders();
    handler(request, response);
  });
  const response = await fetch(server.origin, { method: "POST", headers: json, body: "[]" });
  expect([response.status, await response.text()]).toEqual([202, ""]);
});

function noting(seen: Request[]): SmsWebhook {
  return (request) => {
    seen.push(request);
    return Promise.resolve(new Response(null, { status: 204 }));
  };
}

async function served(listener: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a head without a body is answered, up to the end of the connection. */
async function overSocket(port: number, head: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  return text(socket);
}

async function post(port: number, agent: Agent, path: string, body: Buffer, encoding?: "chunked") {
  return new Promise<number | undefined>((resolve, reject) => {
    const size =
      encoding === undefined ? { "content-length": body.byteLength } : { "transfer-encoding": encoding };
    const headers = { ...json, ...size };
    const request = send({ port, host: "127.0.0.1", path, agent, method: "POST", headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    request.once("error", reject).end(body);
  });
}
