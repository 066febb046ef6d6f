import type { IncomingHttpHeaders } from "node:http";
import type { Answer } from "../rest/answers.js";
import type { Incoming } from "../rest/incoming.js";
import type { EmulatorRequest } from "../server/request-log.js";
import type { RequestDetails } from "./records.js";

/** Nobody reads more of a text. */
const longestText = 20_000;

/** A request and its answer as somebody may look at them: secrets that could be real ones are left out. */
export function describeRequest(
  number: number,
  request: EmulatorRequest,
  { headers, body }: Incoming,
  answer: Answer | undefined,
): RequestDetails {
  return {
    ...request,
    number,
    headers: readable(headers),
    // Cut last: a key that is cut in half would not be known for one.
    body: withoutPartnerKey(new TextDecoder().decode(body)).slice(0, longestText),
    answer: answer === undefined ? "" : JSON.stringify(answer.body).slice(0, longestText),
  };
}

function readable(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, hideToken(String(value))]));
}

/** The emulator's own keys open nothing else, but it takes any bearer token, a real one too. */
function hideToken(value: string): string {
  return value.replace(/^Bearer .*/i, "Bearer …");
}

/** Messaging Connect has the partner's own key in the body. */
function withoutPartnerKey(body: string): string {
  return body.replaceAll(/("apiKey"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"…"');
}
