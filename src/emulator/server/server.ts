import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import type { Duplex } from "node:stream";
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
  const server = https.createServer({ key: certificate.key, cert: certificate.certificate }, answer);
  return server.on("connection", (socket) => endWith(world.ending.signal, socket));
}

/** The server itself knows of no connection that has not shaken hands, and would wait for it for two minutes. */
function endWith(signal: AbortSignal, socket: Duplex): void {
  const end = (): void => void socket.destroy();
  signal.addEventListener("abort", end);
  socket.once("close", () => signal.removeEventListener("abort", end));
}
