import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { World } from "../world.js";
import { createApp } from "./app.js";
import type { EmulatorCertificate } from "./certificate.js";

/** The HTTP face of a world, not yet listening; with a certificate, over TLS. */
export async function createServer(
  world: World,
  certificate: EmulatorCertificate | undefined,
): Promise<Server> {
  const listener = getRequestListener(createApp(world).fetch, {
    hostname: "127.0.0.1",
    // The library must not replace its host's `Request` and `Response`.
    overrideGlobalObjects: false,
  });
  const answer: RequestListener = (incoming, outgoing) => void listener(incoming, outgoing);
  if (certificate === undefined) return createHttpServer(answer);
  // Loaded when it is needed, since it brings all of TLS along.
  const https = await import("node:https");
  return https.createServer({ key: certificate.key, cert: certificate.certificate }, answer);
}
