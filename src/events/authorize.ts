import { hash, timingSafeEqual } from "node:crypto";

import { expected } from "../errors/expected.js";

/** Whether a delivery may come in; where not, with which status it is turned away. */
export type Authorization =
  | { readonly isAllowed: true }
  | { readonly isAllowed: false; readonly status: 401 | 403 | 503; readonly reason: string };

/** Decides whether a delivery may come in, before anything of its body is read. */
export type WebhookAuthorizer = (request: Request) => Authorization | Promise<Authorization>;

export const allowed: Authorization = Object.freeze({ isAllowed: true });

/**
 * Lets every delivery in. Event Grid signs nothing, so anyone who finds the address can opt people out and in: only for
 * a webhook that something else guards.
 */
export const allowUnauthenticated: unique symbol = Symbol("acs-sms allowUnauthenticated");

/** Event Grid echoes the query of the webhook's address, and sends headers set as delivery properties. */
const queryParameter = "code";
const headerName = "x-sms-webhook-secret";

/**
 * Lets in deliveries that bring one of the secrets, as the query parameter `code` of the webhook's address or in the
 * header `x-sms-webhook-secret` (a delivery property of the subscription). Give the new and the old one while you
 * rotate: **Event Grid never repeats a delivery that was turned away**, so a wrong secret loses events for good unless
 * the subscription has dead-lettering.
 *
 * @throws TypeError without a secret, or for an empty one.
 */
export function sharedSecret(...secrets: readonly string[]): WebhookAuthorizer {
  if (secrets.length === 0) throw expected("secrets", "one or more strings", secrets);
  const digests = secrets.map((secret, index) => {
    if (typeof secret !== "string" || secret === "")
      throw expected(`secrets[${index}]`, "a non-empty string", secret);
    return digestOf(secret);
  });
  return (request) => {
    const brought = new URL(request.url).searchParams.getAll(queryParameter);
    const header = request.headers.get(headerName);
    const candidates = [...brought, ...(header === null ? [] : [header])].map(digestOf);
    // Every pair is compared, so that the time tells nothing.
    const matches = candidates.flatMap((candidate) =>
      digests.map((digest) => timingSafeEqual(candidate, digest)),
    );
    if (matches.includes(true)) return allowed;
    return {
      isAllowed: false,
      status: 401,
      reason: candidates.length === 0 ? "no secret came" : "the secret is wrong",
    };
  };
}

function digestOf(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
