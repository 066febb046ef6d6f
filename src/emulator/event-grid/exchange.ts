import * as http from "node:http";
import { text } from "node:stream/consumers";

/** A request to a webhook. */
export interface WebhookRequest {
  readonly method: "POST" | "OPTIONS";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of a request. */
export type Exchange =
  | { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly body: string }
  | { readonly error: string };

/**
 * Sends a request over a connection of its own: one that is kept alive could be closed by the receiver at the very moment
 * of the next request, and tests would see a retry now and then. Redirects are not followed.
 *
 * @param timeoutInMs - Within which the answer has to be there to its end, in real time.
 */
export async function exchange(
  request: WebhookRequest,
  timeoutInMs: number,
  signal: AbortSignal,
): Promise<Exchange> {
  const { method, headers } = request;
  const url = new URL(request.url);
  // Loaded when it is needed, since it brings all of TLS along.
  const { request: open } = url.protocol === "https:" ? await import("node:https") : http;
  return new Promise<Exchange>((resolve) => {
    const outgoing = open(url, { method, headers, agent: false, signal });
    const timer = setTimeout(() => {
      end({ error: `no answer within ${timeoutInMs} ms` });
      outgoing.destroy();
    }, timeoutInMs);
    const end = (outcome: Exchange): void => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const fail = (error: unknown): void => end({ error: nameOf(error) });
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => {
      const { statusCode = 0, headers } = incoming;
      text(incoming).then((body) => end({ status: statusCode, headers, body }), fail);
    });
    outgoing.end(request.body);
  }).catch((error: unknown) => ({ error: nameOf(error) }));
}

/** The system's code where there is one: its message would repeat the address. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}
