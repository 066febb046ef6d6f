import type { IncomingMessage, ServerResponse } from "node:http";

import type { SmsWebhook } from "../webhook.js";

/** A request of `node:http` or Express, or Fastify's around one. */
export type NodeRequest = ExpressLikeRequest | { readonly raw: IncomingMessage; readonly body?: unknown };

/** What Express and its middleware add to a request. */
export type ExpressLikeRequest = IncomingMessage & {
  /** The URL before a router took its own path off. */
  readonly originalUrl?: string;
  /** What a body parser made of the body. */
  readonly body?: unknown;
};

/** A response of `node:http` or Express, or Fastify's reply around one. */
export type NodeResponse = ServerResponse | { readonly raw: ServerResponse; hijack(): unknown };

/** Takes a request of a Node server and answers it. */
export type NodeHandler = (request: NodeRequest, response: NodeResponse) => void;

/**
 * Makes a webhook a handler for `node:http`, an Express route or a Fastify route. It never throws, and answers every
 * request, with 500 where the webhook fails.
 *
 * Give it the body unread: parsers have limits of their own (100 kB in `express.json()`, 1 MiB in Fastify), and Event
 * Grid, which delivers up to 1 MiB, never repeats what was answered 413. A body that was parsed is taken as parsed.
 * CloudEvents need the method OPTIONS too, and in Fastify a parser for `application/cloudevents+json`.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { toNodeHandler, type SmsWebhook } from "acs-sms/events";
 *
 * export function serve(webhook: SmsWebhook) {
 *   return createServer(toNodeHandler(webhook)).listen(3000);
 * }
 *
 * // Express: app.all("/sms-events", toNodeHandler(webhook)), before app.use(express.json()).
 * // Fastify: app.route({ method: ["POST", "OPTIONS"], url: "/sms-events", handler: toNodeHandler(webhook) }).
 * ```
 */
export function toNodeHandler(webhook: SmsWebhook): NodeHandler {
  return (request, response) => {
    const incoming = "raw" in request ? request.raw : request;
    if ("raw" in response) response.hijack();
    const outgoing = "raw" in response ? response.raw : response;
    // Once the answer is out, what is left of a refused body must not hold up the connection.
    outgoing.once("finish", () => incoming.resume());
    void answer(webhook, incoming, request.body, outgoing);
  };
}

async function answer(
  webhook: SmsWebhook,
  incoming: ExpressLikeRequest,
  parsed: unknown,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    const response = await webhook(toRequest(incoming, parsed));
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
  } catch {
    // Where an answer had begun it keeps its status, and ends.
    outgoing.statusCode = 500;
    outgoing.end();
  }
}

function toRequest(incoming: ExpressLikeRequest, parsed: unknown): Request {
  const { method = "GET", headers } = incoming;
  const url = new URL(`http://localhost${incoming.originalUrl ?? incoming.url ?? "/"}`);
  if ("encrypted" in incoming.socket) url.protocol = "https";
  // A setter: a host that is none is left out, and cannot become a path or a query.
  url.host = headers.host ?? url.host;
  const pairs = Object.entries(headers).flatMap(([name, value = []]) =>
    [value].flat().map((item): [string, string] => [name, item]),
  );
  if (method !== "POST") return new Request(url, { method, headers: pairs });
  if (!incoming.readableDidRead || parsed === undefined)
    return new Request(url, { method, headers: pairs, body: unread(incoming), duplex: "half" });
  // These tell of the body as it came over the wire.
  const kept = pairs.filter(([name]) => name !== "content-length" && name !== "content-encoding");
  return new Request(url, { method, headers: kept, body: asBytes(parsed) });
}

/** Reads only when it is asked to, so that nothing of a body is read for who may not deliver it. */
function unread(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  return ReadableStream.from<Uint8Array>(incoming.iterator({ destroyOnReturn: false }));
}

/** Parsers leave a value, a text or the bytes. */
function asBytes(parsed: unknown): string | Uint8Array<ArrayBuffer> {
  if (typeof parsed === "string") return parsed;
  return parsed instanceof Uint8Array ? new Uint8Array(parsed) : JSON.stringify(parsed);
}
