import { randomUUID, type KeyObject } from "node:crypto";
import { createServer as createHttpServer, type Server } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { Hono } from "hono";
import type { Answer } from "../rest/answers.js";
import type { ApiVersion } from "../rest/api-versions.js";
import { importKey } from "../authentication/signature.js";
import { getDeliveryReport } from "../rest/delivery-reports.js";
import { routeControlApi } from "../control/control-api.js";
import { emulatorFailed, methodNotAllowed, notFound } from "../rest/error-answers.js";
import { withFaults } from "../faults/with-faults.js";
import { readIncoming, routedPath, type HttpContext, type Incoming } from "../rest/incoming.js";
import type { Operation } from "../rest/operation.js";
import { optOutOperations } from "../rest/opt-outs.js";
import { respond, type Outcome } from "../rest/respond.js";
import { sendMessages } from "../rest/send-messages.js";
import type { World } from "../world.js";

const operations: readonly Operation[] = [sendMessages, ...optOutOperations, getDeliveryReport];

/** The HTTP face of a world, not yet listening. */
export function createServer(world: World): Server {
  const listener = getRequestListener(createApp(world).fetch, {
    hostname: "127.0.0.1",
    // The library must not replace its host's `Request` and `Response`.
    overrideGlobalObjects: false,
  });
  return createHttpServer((incoming, outgoing) => void listener(incoming, outgoing));
}

function createApp(world: World): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>({ getPath: routedPath });
  const { primary, secondary } = world.settings.accessKeys;
  const keys = [importKey(primary), importKey(secondary)];
  for (const operation of operations) route(app, operation, keys, world);
  routeControlApi(app, world);
  app.notFound(async (context) => {
    const arrival = await arrive(context, world);
    return reply({ answer: notFound(), signature: "unchecked", recipients: 0 }, arrival, [], world);
  });
  app.onError((error) => toResponse(emulatorFailed(error), []));
  return app;
}

function route(
  app: Hono<{ Bindings: HttpBindings }>,
  operation: Operation,
  keys: readonly KeyObject[],
  world: World,
): void {
  const serve = async (context: HttpContext): Promise<Response> => {
    const arrival = await arrive(context, world);
    const id = context.req.param("id") ?? "";
    const outcome = await withFaults(() => respond(operation, arrival.incoming, id, keys, world), world);
    return reply(outcome, arrival, operation.versions, world);
  };
  const refuse = async (context: HttpContext): Promise<Response> => {
    const answer = methodNotAllowed(operation.method);
    const arrival = await arrive(context, world);
    return reply({ answer, signature: "unchecked", recipients: 0 }, arrival, operation.versions, world);
  };
  app.on(operation.method, operation.path, serve);
  app.all(operation.path, refuse);
}

/** A request, when it had come, and where its answer goes. */
interface Arrival {
  readonly incoming: Incoming;
  readonly at: Date;
  readonly context: HttpContext;
}

async function arrive(context: HttpContext, { clock }: World): Promise<Arrival> {
  const incoming = await readIncoming(context);
  return { incoming, at: clock.now(), context };
}

/** Logs the request and makes its response. */
function reply(
  outcome: Outcome,
  { incoming, at, context }: Arrival,
  versions: readonly ApiVersion[],
  world: World,
): Response {
  const { answer, ...rest } = outcome;
  const { method, path, apiVersion } = incoming;
  world.requests.push({
    at,
    method,
    path,
    ...(apiVersion === undefined ? {} : { apiVersion }),
    status: answer?.status ?? 0,
    ...rest,
  });
  return answer === undefined ? drop(context) : toResponse(answer, versions);
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
function toResponse(answer: Answer, versions: readonly ApiVersion[]): Response {
  const headers: Record<string, string> = {
    "content-type": answer.contentType,
    "ms-cv": correlationVector(),
    "request-context": "appId=",
  };
  if (answer.listsVersions && versions.length > 0) {
    headers["api-supported-versions"] = versions.map(({ name }) => name).join(", ");
  }
  if (answer.allow !== undefined) headers["allow"] = answer.allow;
  if (answer.retryAfter !== undefined) headers["retry-after"] = String(answer.retryAfter);
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
}

/** What Microsoft's support asks for. Made from a UUID, since Node keeps random bytes for those in stock. */
function correlationVector(): string {
  const bytes = Buffer.from(randomUUID().replaceAll("-", ""), "hex");
  return `${bytes.toString("base64").replace("==", "")}.0`;
}
