import { createHash, createHmac } from "node:crypto";
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.js";

/** The sender that an emulator has by default, and two phones. */
export const sender = "+18005551234";
export const ann = "+14255550101";
export const bob = "+14255550102";

/** An emulator that ends with the test. */
export async function emulated(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

export interface WireRequest {
  readonly method?: string;
  /** Path and query as they are to be on the wire. */
  readonly target: string;
  readonly body?: unknown;
  /** Text to send instead of `body`. */
  readonly rawBody?: string;
  /** Text to hash and sign, when it is to differ from what is sent. */
  readonly signedBody?: string;
  readonly key?: string;
  readonly signedHost?: string;
  /** Which header carries the date. */
  readonly dateHeader?: string;
  readonly date?: string;
  /** Added last, so that they replace what the signing made; `undefined` removes. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: unknown;
}

/** One signed request over a socket of its own, signed by code that neither the client nor the emulator has. */
export async function call(emulator: Emulator, wire: WireRequest): Promise<WireAnswer> {
  const sent = wire.rawBody ?? (wire.body === undefined ? "" : JSON.stringify(wire.body));
  const method = wire.method ?? "POST";
  const headers: OutgoingHttpHeaders = { "Content-Type": "application/json" };
  Object.assign(headers, sign(emulator, wire, method, wire.signedBody ?? sent));
  for (const [name, value] of Object.entries(wire.headers ?? {})) {
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  }
  const { hostname, port } = new URL(emulator.endpoint);
  return new Promise((resolve, reject) => {
    const outgoing = request({ hostname, port, method, path: wire.target, headers, agent: false });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      text(incoming).then(
        (text) =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parsed(text) }),
        reject,
      );
    });
    outgoing.end(sent);
  });
}

/** The headers of a signed request, made by code that neither the client nor the emulator has. */
export function sign(
  emulator: Emulator,
  wire: WireRequest,
  method: string,
  body: string,
): Record<string, string> {
  const date = wire.date ?? new Date().toUTCString();
  const host = wire.signedHost ?? new URL(emulator.endpoint).host;
  const contentHash = createHash("sha256").update(body).digest("base64");
  const key = Buffer.from(wire.key ?? emulator.accessKeys.primary, "base64");
  const signature = createHmac("sha256", key)
    .update(`${method}\n${wire.target}\n${date};${host};${contentHash}`)
    .digest("base64");
  const dateHeader = wire.dateHeader ?? "x-ms-date";
  return {
    [dateHeader]: date,
    "x-ms-content-sha256": contentHash,
    Authorization: `HMAC-SHA256 SignedHeaders=${dateHeader};host;x-ms-content-sha256&Signature=${signature}`,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A plain send to one phone, with what a test wants otherwise. */
export function sendBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { from: sender, smsRecipients: [{ to: ann }], message: "Hello", ...changes };
}

/** Sends, and answers the items. */
export async function sendItems(
  emulator: Emulator,
  changes: Record<string, unknown> = {},
  version = "2026-01-23",
): Promise<readonly Record<string, unknown>[]> {
  const answer = await call(emulator, { target: `/sms?api-version=${version}`, body: sendBody(changes) });
  if (answer.status !== 202) throw new Error(`Expected 202, got ${answer.status} ${answer.text}`);
  return itemsOf(answer);
}

/** The items of an answer, one for each recipient. */
export function itemsOf({ body, text }: WireAnswer): readonly Record<string, unknown>[] {
  if (!hasItems(body)) throw new Error(`Expected items, got ${text}`);
  return body.value;
}

function hasItems(body: unknown): body is { value: Record<string, unknown>[] } {
  return typeof body === "object" && body !== null && "value" in body && Array.isArray(body.value);
}

/** The delivery report of a message. */
export function reportOf(emulator: Emulator, messageId: unknown): Promise<WireAnswer> {
  const target = `/deliveryReports/${String(messageId)}?api-version=2026-01-23`;
  return call(emulator, { method: "GET", target });
}

/** The texts that a phone shows. */
export function texts(emulator: Emulator, number: string): readonly string[] {
  return emulator
    .phone(number)
    .messages()
    .map(({ message }) => message);
}
