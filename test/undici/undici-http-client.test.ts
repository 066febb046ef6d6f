import { setTimeout as delay } from "node:timers/promises";
import { brotliCompressSync } from "node:zlib";
import { isRestError, type PipelineRequest } from "@azure/core-rest-pipeline";
import { Agent, interceptors, MockAgent, ProxyAgent, type Dispatcher } from "undici";
import { describe, expect, it, onTestFinished } from "vitest";

import { createUndiciHttpClient, type UndiciHttpClientOptions } from "../../src/undici/index.js";
import { textsWithin } from "../../src/privacy/texts-within.js";
import { canary } from "../support/canary.js";
import { rejection } from "../support/clients.js";
import { wrong } from "../support/wrong.js";
import { bodyOf, requestTo, serve, serveEcho } from "./support.js";

const post = { method: "POST", body: "Grüße" } as const;

function clientWith(options: UndiciHttpClientOptions = {}) {
  const client = createUndiciHttpClient(options);
  onTestFinished(() => client[Symbol.asyncDispose]());
  return client;
}

describe("its options", () => {
  it.each<[string, object, string]>([
    ["dispatcher", { dispatcher: {} }, "Expected `dispatcher` to be a Dispatcher of undici, got an object."],
    ["connections", { connections: 0 }, "Expected `connections` to be "],
    ["connections", { connections: 1.5 }, "Expected `connections` to be "],
    ["connections", { connections: "5" }, "Expected `connections` to be "],
    ["keepAliveTimeoutInSeconds", { keepAliveTimeoutInSeconds: -1 }, "Expected `keepAliveTimeoutInSeconds`"],
    ["both", { dispatcher: new Agent(), connections: 5 }, "Expected `connections` to be an option of"],
  ])("are checked: %s", (_name, options, message) => {
    expect(() => createUndiciHttpClient(wrong(options))).toThrow(message);
  });

  it("limit the connections", async () => {
    const sockets = new Set<unknown>();
    const url = await serve((request, response) => {
      sockets.add(request.socket);
      setTimeout(() => response.end(), 5);
    });
    const client = clientWith({ connections: 2 });
    await Promise.all(Array.from({ length: 10 }, () => client.sendRequest(requestTo(url))));
    expect(sockets.size).toBe(2);
  });

  it("say how long an idle connection is kept", async () => {
    const sockets = new Set<unknown>();
    const url = await serve((request, response) => {
      sockets.add(request.socket);
      // Without it the server would say how long.
      response.setHeader("Connection", "keep-alive").end();
    });
    const client = clientWith({ keepAliveTimeoutInSeconds: 0.05 });
    for (let round = 0; round < 2; round++) {
      await client.sendRequest(requestTo(url));
      await delay(200);
    }
    expect(sockets.size).toBe(2);
  });
});

describe("what it cannot honour", () => {
  it.each<[keyof PipelineRequest, unknown]>([
    ["agent", {}],
    ["proxySettings", { host: "http://127.0.0.1", port: 1 }],
    ["tlsSettings", { ca: "" }],
    ["requestOverrides", { family: 6 }],
    ["formData", {}],
    ["multipartBody", { parts: [] }],
  ])("is refused: %s", async (name, value) => {
    const request = Object.assign(requestTo(await serveEcho()), { [name]: value });
    const error = await rejection(clientWith().sendRequest(request));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`\`${name}\` of a request has no effect on undici: `);
  });

  it.each<[string, unknown]>([
    ["a Blob", new Blob(["x"])],
    ["a web stream", new Blob(["x"]).stream()],
    ["a number", 5],
  ])("is refused as a body: %s", async (_name, body) => {
    const error = await rejection(
      clientWith().sendRequest(requestTo(await serveEcho(), { ...post, body: wrong(body) })),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/^Expected `request.body` to be a string, bytes, a stream/);
  });

  it("is refused by undici: a header that would change where the body ends", async () => {
    const headers = { "Transfer-Encoding": "chunked" };
    const error = await rejection(
      clientWith().sendRequest(requestTo(await serveEcho(), { ...post, headers })),
    );
    expect(error).toMatchObject({ name: "RestError", code: "UND_ERR_INVALID_ARG" });
  });

  it("is left to the caller's dispatcher, where it is a proxy that the environment names", async () => {
    const url = await serveEcho();
    const client = clientWith({ dispatcher: new Agent() });
    const ask = (agent: object) =>
      client.sendRequest(Object.assign(requestTo(url), { agent }) as PipelineRequest);
    expect((await ask({ proxy: new URL("http://127.0.0.1:1") })).status).toBe(200);
    expect(await rejection(ask({}))).toBeInstanceOf(TypeError);
  });
});

it("closes the connection after a request that is not to keep it", async () => {
  const { bodyAsText } = await clientWith().sendRequest(
    requestTo(await serveEcho(), { disableKeepAlive: true }),
  );
  expect(JSON.parse(bodyAsText ?? "")).toMatchObject({ headers: { connection: "close" } });
});

it("decodes br, where it was asked for", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "Content-Encoding": "br" }).end(brotliCompressSync("Grüße"));
  });
  const headers = { "Accept-Encoding": "br" };
  expect((await clientWith().sendRequest(requestTo(url, { headers }))).bodyAsText).toBe("Grüße");
});

describe("a request that is aborted before it has a connection", () => {
  it("is never sent", async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url ?? "");
      setTimeout(() => response.end(), 50);
    });
    const client = clientWith({ connections: 1 });
    const first = client.sendRequest(requestTo(`${url}first`, post));
    const controller = new AbortController();
    const second = rejection(
      client.sendRequest(requestTo(`${url}second`, { ...post, abortSignal: controller.signal })),
    );
    const third = rejection(client.sendRequest(requestTo(`${url}third`, { ...post, timeout: 10 })));
    controller.abort();
    expect(await second).toMatchObject({ name: "AbortError" });
    expect(await third).toMatchObject({ name: "AbortError" });
    await first;
    await client.sendRequest(requestTo(`${url}last`, post));
    expect(seen).toEqual(["/first", "/last"]);
  });
});

describe("a request that got no answer", () => {
  it("is not sent again by undici, on whatever connection", async () => {
    let answered = 0;
    let dropped = 0;
    const url = await serve((request, response) => {
      void bodyOf(request).then(() => {
        if (request.url === "/warm") return void response.end(String(answered++));
        dropped += 1;
        return request.socket.destroy();
      });
    });
    const client = clientWith({ connections: 1 });
    for (let round = 1; round <= 5; round++) {
      await client.sendRequest(requestTo(`${url}warm`, post));
      const error = await rejection(client.sendRequest(requestTo(`${url}drop`, post)));
      expect(error).toMatchObject({ code: "ECONNRESET" });
      expect(dropped).toBe(round);
    }
    expect(answered).toBe(5);
  });

  it("is not sent again by a dispatcher of the caller's either", async () => {
    let dropped = 0;
    const url = await serve((request) => {
      dropped += 1;
      request.socket.destroy();
    });
    const retry = interceptors.retry({ methods: ["POST"], minTimeout: 1, maxRetries: 3 });
    const client = clientWith({ dispatcher: new Agent().compose(retry) });
    const error = await rejection(client.sendRequest(requestTo(url, post)));
    expect(error).toMatchObject({ name: "RestError", code: "REQUEST_SEND_ERROR" });
    expect(error.message).toContain("leave retries to `retryOptions`");
    await delay(50);
    expect(dropped).toBe(1);
  });

  it("may have arrived once it was begun, whatever the code says", async () => {
    const failing: Pick<Dispatcher, "dispatch"> = {
      dispatch(_options, handler) {
        const controller = {
          abort() {},
          pause() {},
          resume() {},
          aborted: false,
          paused: false,
          reason: null,
        };
        handler.onRequestStart?.(controller, {});
        const error = Object.assign(new Error("read EHOSTUNREACH"), { code: "EHOSTUNREACH" });
        handler.onResponseError?.(controller, error);
        return true;
      },
    };
    const client = clientWith({ dispatcher: wrong(failing) });
    const error = await rejection(client.sendRequest(requestTo("http://127.0.0.1:1", post)));
    expect(error).toMatchObject({ code: "ECONNRESET", message: "read EHOSTUNREACH" });
  });

  it("is told of where a dispatcher throws", async () => {
    const dispatcher = wrong<Dispatcher>({
      dispatch: () => {
        throw new Error("out of order");
      },
    });
    const error = await rejection(
      clientWith({ dispatcher }).sendRequest(requestTo("http://127.0.0.1:1", { ...post, timeout: 60_000 })),
    );
    expect(error).toMatchObject({ name: "RestError", code: "REQUEST_SEND_ERROR", message: "out of order" });
  });
});

describe("a dispatcher of the caller's", () => {
  it("can be a mock, and shows in its errors nothing of what it was sent", async () => {
    const dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
    dispatcher.get("http://127.0.0.1:1").intercept({ path: "/", method: "POST" }).reply(202, "taken");
    const client = clientWith({ dispatcher });
    const request = (body: string) => requestTo("http://127.0.0.1:1/", { method: "POST", body });
    expect(await client.sendRequest(request("x"))).toMatchObject({ status: 202, bodyAsText: "taken" });

    const body = JSON.stringify({ to: canary.numbers[0], message: canary.text });
    const error = await rejection(client.sendRequest(request(body)));
    expect(isRestError(error)).toBe(true);
    expect([error.message, String(error), error.stack, JSON.stringify(error)].join()).not.toContain("canary");
    expect(error.cause).toBeUndefined();
    await dispatcher.close();
  });

  it("can be a proxy", async () => {
    const asked: string[] = [];
    const proxy = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.end("by proxy");
    });
    const dispatcher = new ProxyAgent({ uri: proxy, proxyTunnel: false });
    const client = clientWith({ dispatcher });
    const answer = await client.sendRequest(requestTo("http://sms.example/path", post));
    expect(answer.bodyAsText).toBe("by proxy");
    expect(asked).toEqual(["http://sms.example/path"]);
    await dispatcher.close();
  });

  it("stays open", async () => {
    const dispatcher = new Agent();
    await createUndiciHttpClient({ dispatcher })[Symbol.asyncDispose]();
    expect(dispatcher.closed).toBe(false);
    await dispatcher.close();
  });
});

describe("disposing of it", () => {
  it("waits for what is under way, and takes nothing more", async () => {
    const url = await serve((_, response) => void setTimeout(() => response.end("Grüße"), 50));
    const client = createUndiciHttpClient();
    const underWay = client.sendRequest(requestTo(url, post));
    await client[Symbol.asyncDispose]();
    expect((await underWay).bodyAsText).toBe("Grüße");
    const error = await rejection(client.sendRequest(requestTo(url, post)));
    expect(error).toMatchObject({ name: "RestError", code: "UND_ERR_DESTROYED" });
    await client[Symbol.asyncDispose]();
  });
});

it("shows nothing private in the errors of a connection", async () => {
  const url = await serve((request) =>
    request.socket.end(`HTTP/1.1 200 OK\r\nX: ${canary.text}\u0000\r\n\r\n`),
  );
  const body = JSON.stringify({ to: canary.numbers[0], message: canary.text });
  const headers = { Authorization: canary.accessKey };
  const error = await rejection(clientWith().sendRequest(requestTo(url, { method: "POST", body, headers })));
  const { request: _request, ...shown } = error as Error & { request?: unknown };
  const texts = textsWithin(
    { ...shown, message: error.message, stack: error.stack, cause: error.cause },
    5000,
  );
  expect(texts?.join("\n")).not.toContain("canary");
  expect(texts?.join("\n")).not.toContain(canary.accessKey);
});
