import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { format } from "node:util";

import { AzureLogger } from "@azure/logger";
import { vi } from "vitest";

import type { SmsEventHandler, SmsEventOutcome } from "../../src/events/event-handler.js";
import type { ReplySender } from "../../src/events/message-context.js";
import type { SmsWebhook } from "../../src/events/webhook.js";
import { leakWatch } from "../support/canary.js";
import { person, sender, text } from "../support/clients.js";
import { eventGrid, received, report, type Json } from "./samples.js";

/** What a test wants to be different in an inbound message. */
export interface InboundChanges {
  readonly id?: string;
  readonly from?: string;
  readonly to?: string;
  readonly message?: string;
  readonly receivedAt?: Date;
}

/** An inbound message as Event Grid sends it: numbers without their `+`. */
export function inboundEvent(changes: InboundChanges = {}): Json {
  const { id = "Incoming_1", from = person, to = sender, message = text, receivedAt = new Date() } = changes;
  const time = receivedAt.toISOString();
  const data = {
    messageId: id,
    from: from.replace("+", ""),
    to: to.replace("+", ""),
    message,
    receivedTimestamp: time,
    segmentCount: 1,
  };
  return eventGrid({ ...received, id, time, data });
}

/** A delivery report as Event Grid sends it. */
export function reportEvent(data: Json = {}): Json {
  return eventGrid({ ...report, data: { ...report.data, from: sender.slice(1), to: person, ...data } });
}

/** A report of a message that was blocked, for it was sent to someone who had opted out. */
export function blockedReport(attemptedAt: string, data: Json = {}): Json {
  return reportEvent({
    deliveryStatus: "Failed",
    deliveryStatusDetails: "Sender blocked for given recipient.",
    deliveryAttempts: [{ timestamp: attemptedAt, segmentsSucceeded: 0, segmentsFailed: 1 }],
    ...data,
  });
}

/** An event that cannot be read: its message is no text. */
export function malformedEvent(id = "Incoming_malformed"): Json {
  const event = inboundEvent({ id });
  return { ...event, data: { ...(event["data"] as Json), message: 7 } };
}

/** For handlers that send nothing. */
export const noSms: ReplySender = {
  send: () => {
    throw new TypeError("nothing should be sent");
  },
};

/** Handles a body as it would come, through JSON, and looks at every error for private content. */
export async function handle(handler: SmsEventHandler, body: unknown): Promise<readonly SmsEventOutcome[]> {
  const outcomes = await handler.handle(JSON.parse(JSON.stringify(body)));
  for (const { error } of outcomes) leakWatch.error("an outcome", error);
  return outcomes;
}

export async function statuses(handler: SmsEventHandler, body: unknown): Promise<string[]> {
  return (await handle(handler, body)).map(({ status }) => status);
}

/** How a request is different from an honest delivery. */
export interface RequestChanges {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
}

/** A delivery; a body that is a string goes as it is. */
export function delivery(body: unknown, changes: RequestChanges = {}): Request {
  const { method = "POST", url = "https://example.com/sms", headers = {} } = changes;
  return new Request(url, {
    method,
    headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
    ...(method !== "GET" &&
      method !== "HEAD" && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

/** The log lines from now on. */
export function watchLog(): string[] {
  const lines: string[] = [];
  const { log } = AzureLogger;
  vi.spyOn(AzureLogger, "log").mockImplementation((...args) => {
    lines.push(format(...args));
    log(...args);
  });
  return lines;
}

/** A promise that a test resolves. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** Something that listens on 127.0.0.1. */
export interface Listening extends AsyncDisposable {
  readonly url: string;
}

/** A webhook behind a plain server, over real sockets. */
export async function serve(webhook: SmsWebhook): Promise<Listening> {
  return listen((request, response) => {
    void answer(webhook, request, response);
  });
}

export async function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  webhook: SmsWebhook,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { method = "GET", url = "/" } = incoming;
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const request = new Request(`http://127.0.0.1${url}`, {
    method,
    headers,
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  const response = await webhook(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}
