import { randomUUID } from "node:crypto";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { describeRequest } from "../journal/describe-request.js";
import type { Answer } from "../rest/answers.js";
import type { ApiVersion } from "../rest/api-versions.js";
import { readIncoming, type HttpContext, type Incoming } from "../rest/incoming.js";
import type { Outcome } from "../rest/respond.js";
import type { World } from "../world.js";
import type { EmulatorRequest } from "./request-log.js";

/** A request, when it had come, and where its answer goes. */
export interface Arrival {
  readonly incoming: Incoming;
  readonly at: Date;
  readonly context: HttpContext;
}

/** Reads a request to its end. */
export async function arrive(context: HttpContext, { clock }: World): Promise<Arrival> {
  const incoming = await readIncoming(context);
  return { incoming, at: clock.now(), context };
}

/** Logs the request and makes its response. */
export function reply(
  outcome: Outcome,
  { incoming, at, context }: Arrival,
  versions: readonly ApiVersion[],
  world: World,
): Response {
  const { answer, ...rest } = outcome;
  const { method, path, apiVersion } = incoming;
  const request: EmulatorRequest = {
    at,
    method,
    path,
    ...(apiVersion === undefined ? {} : { apiVersion }),
    status: answer?.status ?? 0,
    ...rest,
  };
  world.requests.push(request);
  void log(request, world.settings);
  world.journal.request((number) => describeRequest(number, request, incoming, answer));
  if (answer === undefined) return drop(context);
  return toResponse(answer, versions, world.trouble.rules.clockSkewInMs, returnedId(incoming));
}

/** A log may fail, at once or later; the answer is settled, and the message on its way. */
async function log(request: EmulatorRequest, { onRequest }: World["settings"]): Promise<void> {
  try {
    await Promise.resolve(onRequest?.(request));
  } catch (error) {
    process.emitWarning(`\`onRequest\` failed: ${error instanceof Error ? error.message : "with no error"}`);
  }
}

/** [INFER] From Azure's REST guidelines: .NET and Python ask for it. No recorded answer has it `[WIRE]`. */
function returnedId({ headers }: Incoming): string | undefined {
  const id = headers["x-ms-client-request-id"];
  const isWanted = headers["x-ms-return-client-request-id"] === "true";
  return isWanted && typeof id === "string" ? id : undefined;
}

/** Ends the connection; what is returned tells the library to leave it alone. */
function drop({ env }: HttpContext): Response {
  env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/**
 * The headers seen on the wire, but for those of Microsoft's front door and for
 * `Strict-Transport-Security`, which a browser would remember for every server on this machine.
 */
export function toResponse(
  answer: Answer,
  versions: readonly ApiVersion[],
  clockSkewInMs: number,
  clientRequestId?: string,
): Response {
  const headers: Record<string, string> = {
    "content-type": answer.contentType,
    "ms-cv": correlationVector(),
    "request-context": "appId=",
  };
  if (answer.listsVersions && versions.length > 0) {
    headers["api-supported-versions"] = versions.map(({ name }) => name).join(", ");
  }
  if (clientRequestId !== undefined) headers["x-ms-client-request-id"] = clientRequestId;
  if (answer.allow !== undefined) headers["allow"] = answer.allow;
  if (answer.retryAfter !== undefined) headers["retry-after"] = String(answer.retryAfter);
  if (clockSkewInMs !== 0) headers["date"] = new Date(Date.now() + clockSkewInMs).toUTCString();
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
}

/** What Microsoft's support asks for. Made from a UUID, since Node keeps random bytes for those in stock. */
function correlationVector(): string {
  const bytes = Buffer.from(randomUUID().replaceAll("-", ""), "hex");
  return `${bytes.toString("base64").replace("==", "")}.0`;
}
