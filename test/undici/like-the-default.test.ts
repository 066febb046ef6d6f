import { getEventListeners, once } from "node:events";
import type { RequestListener, ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { deflateSync, gzipSync } from "node:zlib";
import { createDefaultHttpClient, type PipelineResponse } from "@azure/core-rest-pipeline";
import { describe, expect, it } from "vitest";

import { createUndiciHttpClient } from "../../src/undici/index.js";
import { rejection } from "../support/clients.js";
import { bodyOf, requestTo, serve, serveEcho, type RequestOptions } from "./support.js";

/*
 * What a pipeline and this package's client count on, asked of the pipeline's own HTTP client and of the one on undici:
 * whoever takes one for the other sees no difference.
 */

const clients = [
  ["the pipeline's own client", createDefaultHttpClient()],
  ["the client on undici", createUndiciHttpClient()],
] as const;

const everyStatus = new Set([Number.POSITIVE_INFINITY]);
const gzipped = { "Content-Encoding": "gzip" };

describe.each(clients)("%s", (_, client) => {
  /** One request to a server with this behaviour. */
  async function ask(listener: RequestListener, options: RequestOptions = {}): Promise<PipelineResponse> {
    return client.sendRequest(requestTo(await serve(listener), options));
  }

  async function echoed(options: RequestOptions = {}, path = ""): Promise<Record<string, unknown>> {
    const { bodyAsText } = await client.sendRequest(requestTo((await serveEcho()) + path, options));
    return JSON.parse(bodyAsText ?? "");
  }

  describe("sends", () => {
    it("method, path, query and headers", async () => {
      const headers = { "X-One": "1", "x-two": "a, b", Host: "contoso.example" };
      expect(await echoed({ method: "PATCH", headers }, "a%20b?c=d&e=ü#f")).toMatchObject({
        method: "PATCH",
        url: "/a%20b?c=d&e=%C3%BC",
        headers: { "x-one": "1", "x-two": "a, b", host: "contoso.example" },
      });
    });

    const bytes = Buffer.from("Grüße, 世界");
    const arrayBuffer = new Uint8Array(bytes).buffer;
    it.each<[string, () => RequestOptions["body"] & {}]>([
      ["a string", () => "Grüße, 世界"],
      ["a buffer", () => bytes],
      ["a view", () => new Uint8Array([0, ...bytes, 0]).subarray(1, -1)],
      ["a view of wider numbers", () => new DataView(arrayBuffer)],
      ["an ArrayBuffer", () => arrayBuffer],
      ["a function that gives bytes", () => (() => bytes) as never],
    ])("a body as %s, with its length", async (_, body) => {
      expect(await echoed({ method: "POST", body: body() })).toMatchObject({
        headers: { "content-length": String(bytes.length) },
        body: "Grüße, 世界",
      });
    });

    it.each<[string, () => RequestOptions["body"] & {}]>([
      ["a stream", () => Readable.from([Buffer.from("Grü"), Buffer.from("ße")])],
      ["a function that gives a stream", () => () => Readable.from([Buffer.from("Grüße")])],
    ])("a body as %s, in chunks", async (_, body) => {
      expect(await echoed({ method: "POST", body: body() })).toMatchObject({
        headers: { "transfer-encoding": "chunked" },
        body: "Grüße",
      });
    });

    it.each(["", null, undefined])("no body for %j", async (body) => {
      const options = body === undefined ? {} : { body };
      expect(await echoed({ method: "POST", ...options })).toMatchObject({
        headers: { "content-length": "0" },
        body: "",
      });
    });

    it.each<[string, () => RequestOptions["body"] & {}]>([
      ["a string", () => "Grüße"],
      ["a stream", () => Readable.from([Buffer.from("Grü"), Buffer.from("ße")])],
    ])("tells of the progress of %s", async (_, body) => {
      const seen: number[] = [];
      const onUploadProgress = ({ loadedBytes }: { loadedBytes: number }): void =>
        void seen.push(loadedBytes);
      const echo = await echoed({ method: "POST", body: body(), onUploadProgress });
      expect(echo).toMatchObject({ body: "Grüße" });
      expect(seen.at(-1)).toBe(7);
    });

    it("over connections that are kept open", async () => {
      expect(await echoed()).toMatchObject({ headers: { connection: "keep-alive" } });
    });
  });

  describe("receives", () => {
    it.each([200, 202, 302, 404, 429, 500])("a %i with headers and body, as an answer", async (status) => {
      const response = await ask((_, answer) => {
        answer.writeHead(status, { Location: "/elsewhere", "X-Empty": "" }).end("Grüße");
      });
      expect(response).toMatchObject({ status, bodyAsText: "Grüße" });
      expect(response.headers.get("location")).toBe("/elsewhere");
      expect(response.headers.has("x-empty")).toBe(false);
    });

    it("headers that come twice", async () => {
      const { headers } = await ask((_, answer) => {
        answer.setHeader("Set-Cookie", ["a=1", "b=2"]);
        answer.setHeader("X-Twice", ["one", "two"]);
        answer.setHeader("Retry-After", ["3", "4"]);
        answer.end();
      });
      expect(headers.toJSON()).toMatchObject({
        "set-cookie": "a=1",
        "x-twice": "one, two",
        "retry-after": "3",
      });
    });

    it("nothing but a status", async () => {
      expect(await ask((_, answer) => void answer.writeHead(204).end())).toMatchObject({
        status: 204,
        bodyAsText: "",
      });
    });

    it("the answer to a HEAD, which has no body", async () => {
      const response = await ask((_, answer) => void answer.writeHead(200, { "Content-Length": 5 }).end(), {
        method: "HEAD",
      });
      expect(response.status).toBe(200);
      expect(response.bodyAsText).toBeUndefined();
    });

    it("the answer after those that only inform", async () => {
      const response = await ask((_, answer) => {
        answer.writeEarlyHints({ link: "</a>; rel=preload" });
        answer.end("Grüße");
      });
      expect(response).toMatchObject({ status: 200, bodyAsText: "Grüße" });
    });

    it("characters that are split between chunks", async () => {
      const [first, second] = [Buffer.from("ü").subarray(0, 1), Buffer.from("ü").subarray(1)];
      const response = await ask((_, answer) => {
        answer.write(first);
        setTimeout(() => answer.end(second), 20);
      });
      expect(response.bodyAsText).toBe("ü");
    });

    it.each([
      ["gzip", gzipSync("Grüße")],
      ["deflate", deflateSync("Grüße")],
    ])("%s, where it was asked for", async (coding, body) => {
      const respond: RequestListener = (_, answer) => {
        answer.writeHead(200, { "Content-Encoding": coding }).end(body);
      };
      const headers = { "Accept-Encoding": "gzip,deflate" };
      expect((await ask(respond, { headers })).bodyAsText).toBe("Grüße");
      expect((await ask(respond)).bodyAsText).toBe(body.toString("utf8"));
    });

    it("a stream, for the statuses that are to be one", async () => {
      const respond: RequestListener = (_, answer) => {
        answer.writeHead(200, gzipped).end(gzipSync("Grüße"));
      };
      const seen: number[] = [];
      const response = await ask(respond, {
        headers: { "Accept-Encoding": "gzip" },
        streamResponseStatusCodes: new Set([200]),
        onDownloadProgress: ({ loadedBytes }) => void seen.push(loadedBytes),
      });
      expect(response.bodyAsText).toBeUndefined();
      expect(await text(response.readableStreamBody as Readable)).toBe("Grüße");
      expect(seen).toEqual([7]);
      expect((await ask(respond, { streamResponseStatusCodes: new Set([500]) })).bodyAsText).toBeDefined();
    });

    it("a long stream at the speed of its reader", async () => {
      const chunk = Buffer.alloc(1 << 20, "x");
      const written = { bytes: 0 };
      const response = await ask((_, answer) => void writeLong(answer, chunk, 64, written), {
        streamResponseStatusCodes: everyStatus,
      });
      const body = response.readableStreamBody as Readable;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(written.bytes).toBeLessThan(64 * chunk.length);
      let length = 0;
      for await (const part of body) length += (part as Buffer).length;
      expect(length).toBe(64 * chunk.length);
    });

    it("tells of the progress", async () => {
      const seen: number[] = [];
      const response = await ask((_, answer) => void answer.end("Grüße"), {
        onDownloadProgress: ({ loadedBytes }) => void seen.push(loadedBytes),
      });
      expect(response.bodyAsText).toBe("Grüße");
      expect(seen.at(-1)).toBe(7);
    });

    it("what comes after a server closed an idle connection", async () => {
      const url = await serve((request, answer) => {
        answer.end("Grüße");
        answer.once("close", () => request.socket.destroy());
      });
      for (let round = 0; round < 3; round++) {
        expect((await client.sendRequest(requestTo(url))).bodyAsText).toBe("Grüße");
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  });

  describe("fails", () => {
    const restError = (code: string) => ({ name: "RestError", code });
    const post = { method: "POST", body: "Grüße" } as const;

    it.each<[string, RequestListener, RequestOptions, string]>([
      [
        "a connection that ends before the request is read",
        (request) => request.socket.destroy(),
        post,
        "ECONNRESET",
      ],
      [
        "a connection that ends after the request was read",
        (request) => void bodyOf(request).then(() => request.socket.destroy()),
        post,
        "ECONNRESET",
      ],
      [
        "a connection that ends in the middle of the answer",
        (request, answer) => {
          answer.writeHead(200, { "Content-Length": 100 }).write("Grü");
          setTimeout(() => request.socket.destroy(), 20);
        },
        post,
        "PARSE_ERROR",
      ],
      [
        "an answer that is no HTTP",
        (request) => void request.socket.end("220 mail.example ESMTP\r\n"),
        post,
        "HPE_INVALID_CONSTANT",
      ],
      [
        "an answer that is not in the coding it names",
        (_, answer) => void answer.writeHead(200, gzipped).end("Grüße"),
        { headers: { "Accept-Encoding": "gzip" } },
        "PARSE_ERROR",
      ],
    ])("by %s", async (_name, listener, options, code) => {
      expect(await rejection(ask(listener, options))).toMatchObject(restError(code));
    });

    it("where nobody listens", async () => {
      const error = await rejection(client.sendRequest(requestTo("http://127.0.0.1:1/", post)));
      expect(error).toMatchObject(restError("ECONNREFUSED"));
    });

    it("where there is no such host", async () => {
      const error = await rejection(client.sendRequest(requestTo("http://nobody.invalid/", post)));
      expect(["ENOTFOUND", "EAI_AGAIN"]).toContain((error as { code?: string }).code);
    });

    it("with the error of the stream to be sent", async () => {
      const body = new PassThrough();
      body.write("Grü");
      setTimeout(() => body.destroy(new Error("the disk is gone")), 20);
      const error = await rejection(ask(ignoring, { method: "POST", body }));
      expect(error).toMatchObject({ ...restError("REQUEST_SEND_ERROR"), message: "the disk is gone" });
    });

    it("where the stream to be sent is closed before its end", async () => {
      const body = new PassThrough();
      body.write("Grü");
      setTimeout(() => body.destroy(), 20);
      const error = await rejection(ask(ignoring, { method: "POST", body }));
      expect(error).toMatchObject({
        ...restError("REQUEST_SEND_ERROR"),
        message: "Request body stream closed before ending",
      });
    });

    it("over http where that is not allowed", async () => {
      const url = await serveEcho();
      const error = await rejection(client.sendRequest(requestTo(url, { allowInsecureConnection: false })));
      expect(error.message).toBe(`Cannot connect to ${url} while allowInsecureConnection is false.`);
    });

    it.each<[string, RequestListener]>([
      ["headers", ignoring],
      ["the rest of the body", partly],
    ])("when the time for %s is up", async (_name, listener) => {
      const error = await rejection(ask(listener, { ...post, timeout: 100 }));
      expect(error).toMatchObject({ name: "AbortError", message: whileSending });
    });

    it("before anything is sent, where its signal is aborted already", async () => {
      let asked = 0;
      const error = await rejection(
        ask(() => void (asked += 1), { ...post, abortSignal: AbortSignal.abort() }),
      );
      expect(error).toMatchObject({
        name: "AbortError",
        message: "The operation was aborted. Request has already been canceled.",
      });
      expect(asked).toBe(0);
    });

    it.each<[string, RequestListener]>([
      ["for headers", ignoring],
      ["for the rest of the body", partly],
    ])("when it is aborted while it waits %s", async (_name, listener) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      const error = await rejection(ask(listener, { ...post, abortSignal: controller.signal }));
      expect(error).toMatchObject({ name: "AbortError", message: whileSending });
    });

    it("in a stream that is being read when it is aborted", async () => {
      const controller = new AbortController();
      const response = await ask(partly, {
        abortSignal: controller.signal,
        streamResponseStatusCodes: everyStatus,
      });
      const body = response.readableStreamBody as Readable;
      await once(body, "data");
      controller.abort();
      expect(await rejection(text(body))).toMatchObject({ name: "AbortError" });
    });
  });

  it("leaves nothing on a signal once it is done", async () => {
    const { signal } = new AbortController();
    await ask((_, answer) => void answer.end("Grüße"), { abortSignal: signal });
    const response = await ask((_, answer) => void answer.end("Grüße"), {
      abortSignal: signal,
      streamResponseStatusCodes: everyStatus,
    });
    expect(await text(response.readableStreamBody as Readable)).toBe("Grüße");
    await rejection(ask((request) => request.socket.destroy(), { abortSignal: signal }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });
});

const whileSending = "The operation was aborted. Rejecting from abort signal callback while making request.";

/** Never answers. */
const ignoring: RequestListener = (request) => void request.resume();

/** Answers with half a body, and nothing more. */
const partly: RequestListener = (request, answer) => {
  request.resume();
  answer.writeHead(200, { "Content-Length": 100 }).write("Grü");
};

async function writeLong(
  answer: ServerResponse,
  chunk: Buffer,
  count: number,
  written: { bytes: number },
): Promise<void> {
  for (let index = 0; index < count; index++) {
    written.bytes += chunk.length;
    if (!answer.write(chunk)) await once(answer, "drain");
  }
  answer.end();
}
