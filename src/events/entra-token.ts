import type * as jose from "jose";

import { expected } from "../errors/expected.js";
import { allowed, type Authorization, type WebhookAuthorizer } from "./authorize.js";

/** The application role that Event Grid's own identity is given. */
const defaultRole = "AzureEventGridSecureWebhookSubscriber";

/** Which tokens are let in. */
export interface EntraTokenOptions {
  /** The tenant of the subscription's application. */
  tenantId: string;
  /** The application's id, or its id URI: the token's audience. */
  audience: string;
  /** The role that the token must have. Default: `AzureEventGridSecureWebhookSubscriber`. */
  role?: string | undefined;
  /** Where the tenant's keys are. Default: Microsoft's. */
  keysUrl?: string | undefined;
}

/**
 * Lets in deliveries with a token of Entra ID for your application, as Event Grid sends it to a webhook that is
 * subscribed with a tenant and an application: signature, time, issuer, audience and role are checked. Needs the package
 * `jose`. Where the key server cannot be reached it answers 503, so that the delivery comes again.
 *
 * @throws TypeError for malformed options.
 */
export function entraToken(options: EntraTokenOptions): WebhookAuthorizer {
  const { tenantId, audience, role = defaultRole, keysUrl } = checked(options);
  const issuer = [
    `https://sts.windows.net/${tenantId}/`,
    `https://login.microsoftonline.com/${tenantId}/v2.0`,
  ];
  const url = new URL(keysUrl ?? `https://login.microsoftonline.com/${tenantId}/discovery/v2.0/keys`);
  let keys: jose.JWTVerifyGetKey | undefined;
  return async (request) => {
    const token = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (token === undefined) return turnedAway(401, "no token came");
    const { createRemoteJWKSet, errors, jwtVerify } = await loadJose();
    keys ??= createRemoteJWKSet(url);
    try {
      const { payload } = await jwtVerify(token, keys, {
        audience,
        issuer,
        algorithms: ["RS256"],
        // jose lets in a token without an end for ever.
        requiredClaims: ["exp"],
      });
      return hasRole(payload, role) ? allowed : turnedAway(403, `the token has no role ${role}`);
    } catch (error) {
      const isToken = error instanceof errors.JOSEError && !unreachable.has(error.code);
      return isToken
        ? turnedAway(401, `the token is not valid (${error.code})`)
        : turnedAway(503, "no keys to check with");
    }
  };
}

/** The errors of a key server that did not answer, or not with keys: they say nothing about the token. */
const unreachable: ReadonlySet<string> = new Set([
  "ERR_JWKS_TIMEOUT",
  "ERR_JWKS_INVALID",
  "ERR_JOSE_GENERIC",
]);

function hasRole({ roles }: jose.JWTPayload, role: string): boolean {
  return Array.isArray(roles) && roles.includes(role);
}

function turnedAway(status: 401 | 403 | 503, reason: string): Authorization {
  return { isAllowed: false, status, reason };
}

async function loadJose(): Promise<typeof jose> {
  try {
    return await import("jose");
  } catch (cause) {
    throw new Error("`entraToken` needs the package jose: npm install jose", { cause });
  }
}

function checked(options: EntraTokenOptions): EntraTokenOptions {
  for (const name of ["tenantId", "audience"] as const) {
    const value: unknown = options?.[name];
    if (typeof value !== "string" || value === "") throw expected(name, "a non-empty string", value);
  }
  return options;
}
