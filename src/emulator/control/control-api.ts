import type { HttpBindings } from "@hono/node-server";
import type { Hono, MiddlewareHandler } from "hono";
import type { HttpContext } from "../rest/incoming.js";
import { readRequestFaults } from "../settings/read-request-faults.js";
import type { World } from "../world.js";
import type { EventGrid } from "../event-grid/event-grid.js";

/**
 * Lets other processes see and change the webhooks and the faults of requests, without a signature:
 *
 * - `GET /_emulator/webhooks`, and `/_emulator/webhooks/{id}`
 * - `POST /_emulator/webhooks` with a `WebhookOptions` as JSON: 201, while the handshake goes on
 * - `DELETE /_emulator/webhooks/{id}`: 204
 * - `GET /_emulator/dead-letters`
 * - `GET /_emulator/faults`: those of requests, with what is left of their bursts
 * - `PUT /_emulator/faults` with a `RequestFaults` as JSON: 200, and what `GET` answers
 * - `GET` or `POST` on a validation URL
 */
export function routeControlApi(
  app: Hono<{ Bindings: HttpBindings }>,
  { events, trouble }: Pick<World, "events" | "trouble">,
): void {
  app.use("/_emulator/*", localOnly);
  app.get("/_emulator/webhooks", (context) => context.json({ value: events.list() }));
  app.post("/_emulator/webhooks", (context) =>
    takeJson(context, "InvalidWebhook", (json) => {
      const { webhook } = events.add(json, "webhook");
      return context.json(webhook, 201, { location: `/_emulator/webhooks/${webhook.id}` });
    }),
  );
  app.get("/_emulator/webhooks/:id", (context) => {
    const webhook = events.find(context.req.param("id"));
    return webhook === undefined ? refuse(context, 404, "NotFound", noSuchWebhook) : context.json(webhook);
  });
  app.delete("/_emulator/webhooks/:id", (context) =>
    events.remove(context.req.param("id"))
      ? context.body(null, 204)
      : refuse(context, 404, "NotFound", noSuchWebhook),
  );
  app.get("/_emulator/dead-letters", (context) => context.json({ value: events.deadLetters() }));
  app.get("/_emulator/faults", (context) => context.json(trouble.rules));
  app.put("/_emulator/faults", (context) =>
    takeJson(context, "InvalidFaults", (json) => {
      trouble.set(readRequestFaults(json));
      return context.json(trouble.rules);
    }),
  );
  app.on(["GET", "POST"], "/_emulator/eventsubscriptions/:id/validate", (context) =>
    confirm(context, context.req.param("id"), events),
  );
  app.all("/_emulator/*", (context) => refuse(context, 404, "NotFound", "Nothing is served here."));
}

const noSuchWebhook = "There is no webhook with this id.";

/**
 * A page in the browser must not be able to have the messages sent to itself: neither with a form, which cannot set this
 * content type, nor under a name of its own that it points at this machine.
 */
const localOnly: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
  const { host = "", origin } = context.env.incoming.headers;
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
  if (isLocal && (origin === undefined || origin === `http://${host}`)) return next();
  return refuse(context, 403, "Forbidden", "Only this machine may ask, under its own name.");
};

/** Answers a body of JSON; `code` is that of the refusal when it does not hold what it should. */
async function takeJson(
  context: HttpContext,
  code: string,
  take: (json: unknown) => Response,
): Promise<Response> {
  if (!/^application\/json\s*(;|$)/i.test(context.req.header("content-type") ?? "")) {
    return refuse(context, 415, "UnsupportedMediaType", "Expected a body of type application/json.");
  }
  const body = parsed(await context.req.text());
  if (body === undefined) return refuse(context, 400, "InvalidJson", "Expected a body of JSON.");
  try {
    return take(body.json);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) {
      return refuse(context, 400, code, error.message);
    }
    throw error;
  }
}

function parsed(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** [INFER] The texts are not documented; the first was seen in 2019, misspelt. */
function confirm(context: HttpContext, id: string, events: EventGrid): Response {
  const outcome = events.confirm(id, context.req.query("token") ?? "");
  if (outcome === "validated")
    return context.text("Webhook successfully validated as a subscription endpoint");
  if (outcome === "expired") return refuse(context, 400, "Expired", "The validation came too late.");
  return refuse(context, 404, "NotFound", "There is nothing to validate with this URL.");
}

function refuse(
  context: HttpContext,
  status: 400 | 403 | 404 | 415,
  code: string,
  message: string,
): Response {
  return context.json({ error: { code, message } }, status);
}
