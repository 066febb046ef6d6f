import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";

/**
 * A page in the browser must not be able to have the messages sent to itself: neither with a form, which cannot set the
 * content type, nor under a name of its own that it points at this machine.
 */
export const localOnly: MiddlewareHandler<{ Bindings: HttpBindings }> = async (context, next) => {
  const { host = "", origin } = context.env.incoming.headers;
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
  const isOwnPage = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  if (isLocal && isOwnPage) return next();
  const message = "Only this machine may ask, under its own name.";
  return context.json({ error: { code: "Forbidden", message } }, 403);
};
