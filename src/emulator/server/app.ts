import type { KeyObject } from "node:crypto";
import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { importKey } from "../authentication/signature.js";
import { routeControlApi } from "../control/control-api.js";
import { withFaults } from "../faults/with-faults.js";
import { getDeliveryReport } from "../rest/delivery-reports.js";
import { emulatorFailed, methodNotAllowed, notFound } from "../rest/error-answers.js";
import { routedPath, type HttpContext } from "../rest/incoming.js";
import type { Operation } from "../rest/operation.js";
import { optOutOperations } from "../rest/opt-outs.js";
import { respond, type Outcome } from "../rest/respond.js";
import { sendMessages } from "../rest/send-messages.js";
import type { Overlaps } from "../rest/under-way.js";
import type { World } from "../world.js";
import { routePage } from "./page.js";
import { arrive, reply, toResponse } from "./reply.js";

type App = Hono<{ Bindings: HttpBindings }>;

const operations: readonly Operation[] = [sendMessages, ...optOutOperations, getDeliveryReport];

/** Everything that is served: the service's operations, the control API, and the page. */
export function createApp(world: World): App {
  const app: App = new Hono<{ Bindings: HttpBindings }>({ getPath: routedPath });
  const { primary, secondary } = world.settings.accessKeys;
  const keys = [importKey(primary), importKey(secondary)];
  for (const operation of operations) route(app, inForce(operation, world), keys, world);
  routeControlApi(app, world);
  routePage(app);
  app.notFound(async (context) => {
    const arrival = await arrive(context, world);
    return reply({ answer: notFound(), signature: "unchecked", recipients: 0 }, arrival, [], world);
  });
  app.onError((error) => toResponse(emulatorFailed(error), [], 0));
  return app;
}

/** The operation in the versions that the resource speaks. */
function inForce(operation: Operation, { settings }: World): Operation {
  return { ...operation, versions: operation.versions.filter((one) => settings.apiVersions.includes(one)) };
}

function route(app: App, operation: Operation, keys: readonly KeyObject[], world: World): void {
  const serve = async (context: HttpContext): Promise<Response> => {
    const arrival = await arrive(context, world);
    const id = context.req.param("id") ?? "";
    const { incoming } = arrival;
    const take = (overlaps: Overlaps): Outcome => respond(operation, incoming, id, keys, overlaps, world);
    const outcome = await withFaults(incoming.body, take, world);
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
