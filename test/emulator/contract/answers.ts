import { versions, type ContractCase, type Expected, type Step, type Version } from "./contract-case.js";

/** The items of answers, with the keys in the order of the wire `[WIRE REC-JS25, REC-NET25]`. */
export const item = {
  accepted: (to: string) => ({
    to,
    messageId: "<messageId>",
    httpStatusCode: 202,
    repeatabilityResult: "accepted",
    successful: true,
  }),
  /** Without an id to repeat it under. */
  unrepeatable: (to: string) => ({ to, messageId: "<messageId>", httpStatusCode: 202, successful: true }),
  refused: (to: string, httpStatusCode: number, errorMessage: string) => ({
    to,
    httpStatusCode,
    errorMessage,
    successful: false,
  }),
  rejected: (to: string, httpStatusCode: number, errorMessage: string) => ({
    to,
    httpStatusCode,
    repeatabilityResult: "rejected",
    errorMessage,
    successful: false,
  }),
  done: (to: string) => ({ to, httpStatusCode: 200 }),
  checked: (to: string, isOptedOut: boolean) => ({ to, httpStatusCode: 200, isOptedOut }),
  notDone: (to: string) => ({
    to,
    httpStatusCode: 400,
    errorMessage: "Invalid recipient phone number format",
  }),
};

const json = /^application\/json; charset=utf-8$/;

export function sent(...value: readonly unknown[]): Expected {
  return { status: 202, body: { value }, headers: { "content-type": json } };
}

export function listed(...value: readonly unknown[]): Expected {
  return { status: 200, body: { value }, headers: { "content-type": json } };
}

/** The bare dictionary of 2021-03-07, which comes without the versions `[WIRE REC-JS21]`. */
function modelState(errors: unknown): Expected {
  return { status: 400, body: errors, headers: { "content-type": json, "api-supported-versions": null } };
}

/** ProblemDetails `[SPEC-26]`. */
export function problem(errors: unknown): Expected {
  const body = {
    type: "https://tools.ietf.org/html/rfc9110#section-15.5.1",
    title: "One or more validation errors occurred.",
    status: 400,
    errors,
    traceId: "<traceId>",
  };
  return { status: 400, body, headers: { "content-type": json, "api-supported-versions": /2026-01-23$/ } };
}

/** A 401 has no charset, but the versions `[WIRE REC-JS21]`. */
export function refused(code: string, message: string): Expected {
  const headers = { "content-type": /^application\/json$/, "api-supported-versions": /2026-01-23$/ };
  return { status: 401, body: { error: { code, message } }, headers };
}

export const unauthorized: Expected = refused("Unauthorized", "");

export const invalidInput: Expected = {
  status: 400,
  body: { error: { code: "InvalidInput", message: "Request parameter   is invalid.", target: "" } },
  headers: { "content-type": json },
};

export const notFound: Expected = {
  status: 404,
  body: {
    type: "https://tools.ietf.org/html/rfc9110#section-15.5.5",
    title: "Not Found",
    status: 404,
    traceId: "<traceId>",
  },
};

export function versionRefused(code: string, path: string, version: string): Expected {
  const message = `The HTTP resource that matches the request URI '<endpoint>${path}' does not support the API version '${version}'.`;
  return { status: 400, body: { error: { code, message, innerError: null } } };
}

/** The same refusal in the envelope of each version's time: two cases. */
export function invalid(
  given: Omit<ContractCase, "steps" | "versions"> & { readonly versions?: readonly Version[] },
  step: Omit<Step, "expected">,
  errors: unknown,
): readonly ContractCase[] {
  const asked = given.versions ?? versions;
  const old = asked.filter((version) => version === "2021-03-07");
  const recent = asked.filter((version) => version !== "2021-03-07");
  return [
    {
      ...given,
      name: `${given.name}, bare`,
      versions: old,
      steps: [{ ...step, expected: modelState(errors) }],
    },
    { ...given, versions: recent, steps: [{ ...step, expected: problem(errors) }] },
  ].filter(({ versions }) => versions.length > 0);
}
