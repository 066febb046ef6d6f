import { randomBytes } from "node:crypto";
import { STATUS_CODES } from "node:http";
import { answer, type Answer } from "./answers.js";
import type { ApiVersion, VersionRefusal } from "./api-versions.js";

/** Messages by PascalCase field name, as ASP.NET gives them. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** The refusal of a body that breaks the rules. The bare dictionary comes without the versions. */
export function invalidFields(version: ApiVersion, errors: FieldErrors): Answer {
  if (version.refusal === "bare") return { ...answer(400, errors), listsVersions: false };
  const title = "One or more validation errors occurred.";
  return answer(400, { type: `${rfc9110}15.5.1`, title, status: 400, errors, traceId: traceId() });
}

/** The opt-out operations' refusal of recipients that are no numbers; the two blanks are the service's `[WIRE]`. */
export function invalidInput(): Answer {
  return answer(400, {
    error: { code: "InvalidInput", message: "Request parameter   is invalid.", target: "" },
  });
}

/** The refusal of a request's version. ASP.NET has the same words for a malformed and for an unknown one. */
export function versionRefused(refusal: VersionRefusal, uri: string, asked: string | undefined): Answer {
  const message =
    refusal === "ApiVersionUnspecified"
      ? "An API version is required, but was not specified."
      : `The HTTP resource that matches the request URI '${uri}' does not support the API version '${asked}'.`;
  return answer(400, { error: { code: refusal, message, innerError: null } });
}

/** A failed signature, and just as much a `from` that is not the resource's `[WIRE]`. */
export function unauthorized(): Answer {
  return refused("Unauthorized", "");
}

/** The 401s that say why. */
export function denied(message: string): Answer {
  return refused("Denied", message);
}

/** A 401 has no charset in its content type `[WIRE]`. */
function refused(code: string, message: string): Answer {
  return { ...answer(401, { error: { code, message } }), contentType: "application/json" };
}

/** No such delivery report, or not yet. */
export function notFound(): Answer {
  return answer(404, { type: `${rfc9110}15.5.5`, title: "Not Found", status: 404, traceId: traceId() });
}

/** [INFER] Nothing of this but the 429 is documented. The official JavaScript client waits only where it is told how long. */
export function tooManyRequests(retryAfter: number | undefined): Answer {
  return tryLater(429, "TooManyRequests", "Too many requests. Try again later.", retryAfter);
}

/** [INFER] A fault on demand: nothing of the service's own 5xx is documented. */
export function serverFailed(status: number, retryAfter: number | undefined): Answer {
  const reason = STATUS_CODES[status] ?? "Server Error";
  return tryLater(status, reason.replaceAll(" ", ""), `${reason}.`, retryAfter);
}

function tryLater(status: number, code: string, message: string, retryAfter: number | undefined): Answer {
  const refusal = answer(status, { error: { code, message } });
  return retryAfter === undefined ? refusal : { ...refusal, retryAfter };
}

/** [INFER] Nothing is documented for other content types; this is what ASP.NET does. */
export function unsupportedMediaType(): Answer {
  const title = "Unsupported Media Type";
  return answer(415, { type: `${rfc9110}15.5.16`, title, status: 415, traceId: traceId() });
}

/** [INFER] Another method on a path that exists. */
export function methodNotAllowed(allow: string): Answer {
  const title = "Method Not Allowed";
  return {
    ...answer(405, { type: `${rfc9110}15.5.6`, title, status: 405, traceId: traceId() }),
    allow,
  };
}

/** A mistake in the emulator itself: said loudly, where a developer sees it. */
export function emulatorFailed(error: unknown): Answer {
  const reason = error instanceof Error ? error.message : String(error);
  return answer(500, {
    error: { code: "InternalServerError", message: `The acs-sms emulator failed: ${reason}` },
  });
}

const rfc9110 = "https://tools.ietf.org/html/rfc9110#section-";

function traceId(): string {
  return `00-${randomBytes(16).toString("hex")}-${randomBytes(8).toString("hex")}-00`;
}
