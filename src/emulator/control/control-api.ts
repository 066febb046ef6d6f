import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { HttpContext } from "../rest/incoming.js";
import type { World } from "../world.js";
import { live } from "./live.js";
import { localOnly } from "./local-only.js";
import { refusal, type ControlAnswer, type ControlRoute } from "./route.js";
import { routes } from "./routes.js";
import { NotJson, readJson } from "./read-json.js";

/**
 * Lets a page, and programs in any language, see and change the emulated world, without a signature: what `routes` has, which
 * `GET /_emulator/openapi.json` describes, and `GET /_emulator/live`, which tells the page what happens.
 */
export function routeControlApi(app: Hono<{ Bindings: HttpBindings }>, world: World): void {
  app.use("/_emulator/*", localOnly);
  for (const route of routes) {
    app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ":$1"), (context) =>
      serve(route, context, world),
    );
  }
  app.get("/_emulator/live", (context) => live(context, world));
  app.all("/_emulator/*", (context) =>
    toResponse(refusal(404, "NotFound", "Nothing is served here."), context),
  );
}

async function serve(route: ControlRoute, context: HttpContext, world: World): Promise<Response> {
  return toResponse(await answer(route, context, world), context);
}

/** What a caller did wrong is an answer; what the emulator did wrong is thrown. */
async function answer(route: ControlRoute, context: HttpContext, world: World): Promise<ControlAnswer> {
  const { body } = route;
  const json = body === undefined ? undefined : await readJson(context);
  if (json instanceof NotJson) return json.answer;
  const request = {
    parameter: (name: string) => context.req.param(name) ?? "",
    query: (name: string) => context.req.query(name),
    json,
  };
  try {
    return await route.answer(request, world);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return refusal(400, body?.invalid ?? "InvalidParameter", error.message);
  }
}

function toResponse({ status, body, headers }: ControlAnswer, context: HttpContext): Response {
  if (status === 204) return context.body(null, status);
  return typeof body === "string"
    ? context.text(body, status, { ...headers })
    : context.json(body, status, { ...headers });
}
