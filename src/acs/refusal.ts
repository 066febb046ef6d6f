import { RestError, type PipelineResponse } from "@azure/core-rest-pipeline";

import { redact } from "../privacy/safe-error.js";
import { asRecord, parseJson } from "./json.js";

/** What can be read of an error body. */
interface Refusal {
  readonly code?: string;
  readonly message: string;
}

/**
 * The `RestError` for an answer that is no success, with a message a person can act on. What the service may have
 * echoed (the text, phone numbers) is taken out of the message and of the response it carries.
 */
export function toRestError(response: PipelineResponse, secrets: readonly string[]): RestError {
  const body = response.bodyAsText;
  if (typeof body === "string") response.bodyAsText = redact(body, secrets);
  const parsed = parseJson(response.bodyAsText);
  const { code, message } = readRefusal(parsed);
  const text = [`The service answered ${response.status}`, message, hintFor(response.status)].filter(Boolean);
  const error = new RestError(text.join(": "), {
    statusCode: response.status,
    request: response.request,
    response,
    ...(code !== undefined && { code }),
  });
  if (parsed !== undefined) error.details = parsed;
  return error;
}

/** The three shapes of a 400, and the one of everything else; see `readRefusal`'s helpers. */
function readRefusal(body: unknown): Refusal {
  const record = asRecord(body);
  if (record === undefined) return { message: "" };
  return readErrorObject(record) ?? readProblemDetails(record) ?? { message: readModelState(record) };
}

/** `{"error":{"code","message"}}`: most errors; `message` may be empty. */
function readErrorObject(record: Record<string, unknown>): Refusal | undefined {
  const error = asRecord(record["error"]);
  if (error === undefined) return undefined;
  const code = typeof error["code"] === "string" ? error["code"] : undefined;
  const message = typeof error["message"] === "string" ? error["message"] : "";
  const text = [code, message].filter(Boolean).join(", ");
  return { message: text, ...(code !== undefined && { code }) };
}

/** RFC 9457 problem details: validation errors of newer versions, with the fields under `errors`. */
function readProblemDetails(record: Record<string, unknown>): Refusal | undefined {
  if (typeof record["title"] !== "string") return undefined;
  const fields = asRecord(record["errors"]);
  const message = fields === undefined ? record["title"] : `${record["title"]} ${readModelState(fields)}`;
  return { message };
}

/** A bare dictionary from field to messages: validation errors of 2021-03-07. */
function readModelState(fields: Record<string, unknown>): string {
  const lines = Object.entries(fields).map(([field, said]) => `${field}: ${sayings(said)}`);
  return lines.join(" ");
}

function sayings(said: unknown): string {
  return Array.isArray(said) ? said.filter((line) => typeof line === "string").join(" ") : "invalid";
}

/** What a bare status does not say. A 401 is also the answer to a sender of another resource. */
function hintFor(status: number): string | undefined {
  if (status === 401) {
    return "check the access key or token, the machine's clock, and that the sender belongs to this resource";
  }
  return status === 429 ? "the sender's rate limit is reached" : undefined;
}
