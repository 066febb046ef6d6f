import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import { onTestFinished, vi } from "vitest";
import { listen, shut } from "../../src/emulator/server/listen.js";

/** A request that a webhook got. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a webhook does with a request. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Never answers. */
  readonly hang?: boolean;
  /** Ends the connection instead. */
  readonly drop?: boolean;
}

type Respond = (request: Received) => Reply | Promise<Reply>;

/** A webhook over a real socket. */
export interface Receiver {
  readonly url: string;
  /** All that came, in order of arrival. */
  readonly requests: readonly Received[];
  /** The events that came, one by one, batches taken apart. */
  events(): readonly Event[];
  close(): Promise<void>;
}

/** What tests look at, in either schema. */
export interface Event {
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** A webhook that ends with the test. It agrees to every handshake; `respond` answers the deliveries. */
export async function receiving(respond: Respond = () => ({})): Promise<Receiver> {
  return received((request) => (isDelivery(request) ? respond(request) : agree(request)));
}

/** The same, with handshakes in the hand of the test too. */
export async function received(respond: Respond): Promise<Receiver> {
  const requests: Received[] = [];
  const server = serve(respond, requests);
  const port = await listen(server, 0);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= shut(server));
  onTestFinished(close);
  const events = (): readonly Event[] => requests.filter(isDelivery).flatMap(eventsIn);
  return { url: `http://127.0.0.1:${port}/hook?code=secret`, requests, events, close };
}

function serve(respond: Respond, requests: Received[]): Server {
  return createServer((incoming, outgoing) => {
    void text(incoming).then(async (body) => {
      const { method = "", url = "", headers } = incoming;
      const request = { method, url, headers, body };
      requests.push(request);
      const reply = await respond(request);
      if (reply.hang === true) return;
      if (reply.drop === true) incoming.socket.destroy();
      else outgoing.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
    });
  });
}

/** Whether a request brings events. */
export function isDelivery({ headers }: Received): boolean {
  return headers["aeg-event-type"] === "Notification";
}

/** The answer of a webhook that wants events, in either schema. */
export function agree(request: Received): Reply {
  if (request.method === "OPTIONS") return { headers: { "WebHook-Allowed-Origin": "eventgrid.azure.net" } };
  return { body: JSON.stringify({ validationResponse: validationIn(request).validationCode }) };
}

/** What the handshake in the Event Grid schema carries. */
export function validationIn({ body }: Received): { validationCode: string; validationUrl: string } {
  const [event] = JSON.parse(body) as [{ data: { validationCode: string; validationUrl: string } }];
  return event.data;
}

/** The events of a request, one by one. */
export function eventsIn({ body }: Received): readonly Event[] {
  return [JSON.parse(body)].flat() as Event[];
}

/** Waits, for as long as the test may take, and without a timer of its own. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await setImmediate();
}

/** Holds the emulator's clock; sockets go on. The function that it returns lets time pass. */
export function holdClock(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return (ms) => {
    vi.advanceTimersByTime(ms);
  };
}
