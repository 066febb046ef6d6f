import { isRestError, RestError, type PipelineRequest } from "@azure/core-rest-pipeline";

import { redact } from "../privacy/safe-error.js";

/** undici's own codes for what the pipeline's HTTP client reports under those of the system. */
const systemCodes: Partial<Record<string, string>> = {
  UND_ERR_SOCKET: "ECONNRESET",
  UND_ERR_INFO: "ECONNRESET",
  UND_ERR_HEADERS_TIMEOUT: "ETIMEDOUT",
  UND_ERR_BODY_TIMEOUT: "ETIMEDOUT",
};

/** Codes that say that there is no connection: all that the retry policy of sends may take for "nothing was sent". */
const unconnectedCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * The error for a request that got no answer. undici's own is not kept as its cause: it may hold what the server sent.
 *
 * @param hasStarted - Whether the request was being written. If so it may have arrived, whatever the code: a network can
 * become unreachable, and a dispatcher of the caller's can have tried again.
 */
export function sendError(error: Error, request: PipelineRequest, hasStarted: boolean): Error {
  if (isRestError(error)) return error;
  const code = codeOf(error);
  if (hasStarted && code === "UND_ERR_ABORTED") {
    const message = "Request body stream closed before ending";
    return new RestError(message, { code: RestError.REQUEST_SEND_ERROR, request });
  }
  const isMisleading = hasStarted && code !== undefined && unconnectedCodes.has(code);
  return new RestError(messageOf(error, request), {
    code: isMisleading ? "ECONNRESET" : (systemCodes[code ?? ""] ?? code ?? RestError.REQUEST_SEND_ERROR),
    request,
  });
}

/** The error for an answer whose body did not come through, or could not be decoded. */
export function readError(error: Error, request: PipelineRequest): Error {
  if (error.name === "AbortError") return error;
  const message = `Error reading response as text: ${messageOf(error, request)}`;
  return new RestError(message, { code: RestError.PARSE_ERROR });
}

function codeOf(error: Error): string | undefined {
  if ("code" in error && typeof error.code === "string") return error.code;
  // What is no HTTP at all has a code from Node's parser, and none from undici's.
  return error.name === "HTTPParserError" ? "HPE_INVALID_CONSTANT" : undefined;
}

/** A mock says in its errors what it was sent. */
function messageOf({ message }: Error, { body }: PipelineRequest): string {
  return redact(message, typeof body === "string" ? [body] : []);
}
