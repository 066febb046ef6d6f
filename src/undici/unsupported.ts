import type { PipelineRequest } from "@azure/core-rest-pipeline";

/** What is not honoured, and what to do instead. */
const unsupported = [
  [
    "agent",
    "give `createUndiciHttpClient` a `dispatcher` of undici, such as an `EnvHttpProxyAgent` for a proxy",
  ],
  ["proxySettings", "give `createUndiciHttpClient` a `dispatcher`, such as a `ProxyAgent`"],
  ["tlsSettings", "give `tlsOptions`, or a `dispatcher`, to `createUndiciHttpClient`"],
  ["requestOverrides", "they are options of `node:https`"],
  ["formData", "add the pipeline's `formDataPolicy`"],
  ["multipartBody", "add the pipeline's `multipartPolicy`"],
] as const;

/**
 * What undici cannot do, or sets up per dispatcher and not per request, is not left out in silence: a request would go
 * past a proxy, or without its certificate.
 *
 * @throws TypeError
 */
export function refuseUnsupported(request: PipelineRequest, hasOwnDispatcher: boolean): void {
  for (const [name, advice] of unsupported) {
    if (request[name] === undefined || (!hasOwnDispatcher && isForProxy(name, request))) continue;
    throw new TypeError(`\`${name}\` of a request has no effect on undici: ${advice}.`);
  }
}

/**
 * The pipeline's policy turns a proxy that the environment names into an `agent` of every request, also beside the
 * caller's own dispatcher, who has thereby said how to connect. Its agents are told by what they alone have.
 */
function isForProxy(name: string, { agent }: PipelineRequest): boolean {
  return name === "proxySettings" || (name === "agent" && agent !== undefined && "proxy" in agent);
}
