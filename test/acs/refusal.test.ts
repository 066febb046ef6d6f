import { isRestError, type RestError } from "@azure/core-rest-pipeline";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";

import { person, rejection, sender, testClient, text } from "../support/clients.js";
import { ScriptedServer, type Answer } from "../support/scripted-server.js";

const request = { from: sender, to: [person], message: text };

async function refusal(answer: Answer): Promise<RestError> {
  await using server = await ScriptedServer.start(() => answer);
  const error: unknown = await rejection(
    testClient(server, { retryOptions: { maxRetries: 0 } }).send(request),
  );
  if (!isRestError(error)) throw new TypeError("expected a RestError", { cause: error });
  return error;
}

describe("an error body becomes a RestError that can be read", () => {
  it.each<[string, Answer, string | undefined, string]>([
    [
      "the bare dictionary of 2021-03-07",
      { status: 400, body: { From: ["Invalid from phone number format."] } },
      undefined,
      "The service answered 400: From: Invalid from phone number format.",
    ],
    [
      "problem details",
      {
        status: 400,
        body: {
          type: "https://tools.ietf.org/html/rfc9110#section-15.5.1",
          title: "One or more validation errors occurred.",
          status: 400,
          errors: {
            SmsRecipients: ["Invalid recipient phone number format."],
            Message: ["Too long.", "Too dull."],
          },
          traceId: "00-be8d0cac83cc01715e39bc84c2d10c61-5d7b25cd36751c3d-00",
        },
      },
      undefined,
      "The service answered 400: One or more validation errors occurred. " +
        "SmsRecipients: Invalid recipient phone number format. Message: Too long. Too dull.",
    ],
    [
      "an error object",
      {
        status: 400,
        body: {
          error: { code: "ApiVersionUnspecified", message: "An API version is required.", innerError: null },
        },
      },
      "ApiVersionUnspecified",
      "The service answered 400: ApiVersionUnspecified, An API version is required.",
    ],
    [
      "an error object without a message",
      { status: 401, body: { error: { code: "Unauthorized", message: "" } } },
      "Unauthorized",
      "The service answered 401: Unauthorized: check the access key",
    ],
    [
      "a 401 about the content hash",
      {
        status: 401,
        body: {
          error: {
            code: "Denied",
            message: "Request 'x-ms-content-sha256' differs from generated content hash.",
          },
        },
      },
      "Denied",
      "Request 'x-ms-content-sha256' differs from generated content hash.",
    ],
    [
      "a 401 that calls itself an internal error",
      {
        status: 401,
        body: { error: { code: "InternalError", message: "The server encountered an internal error." } },
      },
      "InternalError",
      "The service answered 401: InternalError, The server encountered an internal error.",
    ],
    ["no body", { status: 404 }, undefined, "The service answered 404"],
    ["a page", { status: 502, body: "<html>Bad gateway</html>" }, undefined, "The service answered 502"],
    ["a list", { status: 400, body: ["no"] }, undefined, "The service answered 400"],
    [
      "something else",
      { status: 400, body: { error: "no" } },
      undefined,
      "The service answered 400: error: invalid",
    ],
  ])("%s", async (_name, answer, code, message) => {
    const error = await refusal(answer);
    expect(error.statusCode).toBe(answer.status);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it("gives the parsed body as details, and the response without what was sent", async () => {
    const error = await refusal({ status: 400, body: { From: ["Invalid."] } });
    expect(error.details).toEqual({ From: ["Invalid."] });
    expect(error.response?.status).toBe(400);
    expect(error.request?.body).toBeNull();
    expect(error.request?.headers.get("Authorization")).toBeUndefined();
  });

  it("takes out of a body what the service echoes", async () => {
    const error = await refusal({
      status: 400,
      body: { Message: [`Bad: ${text}`], SmsRecipients: [`${person} is bad`] },
    });
    const { results: _, ...shown } = Object.getOwnPropertyDescriptors(error);
    const everything = inspect([error.message, error.stack, shown, error.response?.bodyAsText], { depth: 9 });
    expect(everything).not.toContain(text);
    expect(everything).not.toContain(person);
    expect(everything).toContain("[redacted]");
    expect(everything).toContain(`***${person.slice(-4)}`);
  });
});
