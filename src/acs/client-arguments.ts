import { expected, expectedRange } from "../errors/expected.js";
import type { PipelineClientOptions } from "./client-options.js";
import { checkedAccessKey, parseConnectionString } from "./connection-string.js";
import { isKeyCredential, isTokenCredential, type AcsCredential } from "./credential.js";
import { parseEndpoint } from "./endpoint.js";

/** The arguments of a client's constructors, read. */
export interface ClientArguments<Options> {
  readonly endpoint: string;
  readonly credential: AcsCredential;
  readonly options: Options;
}

/** Reads `(connectionString, options?)` and `(endpoint, credential, options?)`, as all clients of the service take them. */
export function readClientArguments<Options extends PipelineClientOptions>(
  connectionStringOrEndpoint: unknown,
  credentialOrOptions: AcsCredential | Options | undefined,
  maybeOptions: Options | undefined,
): ClientArguments<Options | Record<string, never>> {
  if (isKeyCredential(credentialOrOptions) || isTokenCredential(credentialOrOptions)) {
    if (isKeyCredential(credentialOrOptions)) checkedAccessKey("credential.key", credentialOrOptions.key);
    const endpoint = parseEndpoint("endpoint", connectionStringOrEndpoint);
    return { endpoint, credential: credentialOrOptions, options: checkedOptions(maybeOptions) };
  }
  const { endpoint, accessKey } = parseConnectionString(connectionStringOrEndpoint);
  return { endpoint, credential: { key: accessKey }, options: checkedOptions(credentialOrOptions) };
}

function checkedOptions<Options extends PipelineClientOptions>(
  options: Options | undefined,
): Options | Record<string, never> {
  if (options === undefined) return {};
  if (typeof options !== "object" || options === null) throw expected("options", "an object", options);
  const { apiVersion, retryOptions } = options;
  if (apiVersion !== undefined && (typeof apiVersion !== "string" || apiVersion === "")) {
    throw expected("apiVersion", "a version of the REST contract", apiVersion);
  }
  for (const name of ["maxRetries", "retryDelayInMs", "maxRetryDelayInMs"] as const) {
    checkNonNegative(`retryOptions.${name}`, retryOptions?.[name]);
  }
  return copyOf(options);
}

/** The pipeline is made of them with the first call, long after they were given. */
function copyOf<Options extends PipelineClientOptions>(options: Options): Options {
  const { additionalPolicies, retryOptions } = options;
  return {
    ...options,
    additionalPolicies: additionalPolicies?.slice(),
    ...(retryOptions !== undefined && { retryOptions: { ...retryOptions } }),
  };
}

function checkNonNegative(name: string, value: unknown): void {
  if (value === undefined || (typeof value === "number" && value >= 0)) return;
  throw (typeof value === "number" ? expectedRange : expected)(name, "a number of 0 or more", value);
}
