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
    body: withoutPartnerSecrets(new TextDecoder().decode(body)).slice(0, longestText),
    answer: answer === undefined ? "" : JSON.stringify(answer.body).slice(0, longestText),
  };
}

function readable(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, withoutSecret(name, String(value))]),
  );
}

/**
 * The emulator's own keys open nothing else, but it takes any bearer token, a real one too; and a browser sends the cookies
 * of every server on this machine.
 */
function withoutSecret(name: string, value: string): string {
  return name === "cookie" ? hidden : value.replace(/^Bearer .*/i, "Bearer …");
}

/** Messaging Connect has the partner's own secrets in the body. */
function withoutPartnerSecrets(body: string): string {
  if (!/apikey|partnerparams/i.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body, hideSecret));
  } catch {
    return "… (no JSON, and it names a partner's secret)";
  }
}

function hideSecret(key: string, value: unknown): unknown {
  if (/^apikey$/i.test(key)) return hidden;
  if (!/^partnerparams$/i.test(key) || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, hidden]));
}

const hidden = "…";
