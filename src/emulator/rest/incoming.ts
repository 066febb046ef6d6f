import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { SignedRequest } from "../authentication/signature.js";

/** What hono passes around here: the bare request of `node:http` beside its own. */
export type HttpContext = Context<{ Bindings: HttpBindings }>;

/** A request as it came, its body read to the end. */
export interface Incoming extends SignedRequest {
  /** The target without its query, neither decoded nor collapsed. */
  readonly path: string;
  readonly apiVersion: string | undefined;
}

/** Reads the request, from `node:http` rather than from the URL that hono made of it: the raw target is what is signed. */
export async function readIncoming(context: HttpContext): Promise<Incoming> {
  const { method = "", url = "", headers } = context.env.incoming;
  const question = url.indexOf("?");
  const path = question === -1 ? url : url.slice(0, question);
  const query = question === -1 ? "" : url.slice(question + 1);
  return {
    method,
    target: url,
    headers,
    body: new Uint8Array(await context.req.arrayBuffer()),
    path,
    apiVersion: new URLSearchParams(query).get("api-version") ?? undefined,
  };
}

/**
 * The path that is routed: Learn's examples write `//sms`, and some clients escape the colon of `optouts:add`. Neither may
 * touch what is signed.
 */
export function routedPath(request: Request): string {
  const { pathname } = new URL(request.url);
  return pathname.replace(/^\/{2,}/, "/").replaceAll(/%3a/gi, ":");
}
