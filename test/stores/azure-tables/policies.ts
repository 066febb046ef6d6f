import {
  createHttpHeaders,
  RestError,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";
import type { TableServiceClientOptions } from "@azure/data-tables";

/*
 * What a network and a service may do, as policies of the SDK's pipeline. They are asked at every attempt.
 */

type Send = (request: PipelineRequest) => Promise<PipelineResponse>;

/** Options for a client with something between it and the network. */
export function through(
  sendRequest: (request: PipelineRequest, next: Send) => Promise<PipelineResponse>,
): TableServiceClientOptions {
  const policy: PipelinePolicy = { name: "between", sendRequest };
  return { additionalPolicies: [{ policy, position: "perRetry" }] };
}

/** Looks at requests, and may fail in place of them. */
export function watching(watch: (request: PipelineRequest) => void): TableServiceClientOptions {
  return through(async (request, next) => {
    watch(request);
    return next(request);
  });
}

/** The first transaction is done, but its answer is lost. The SDK sends it again. */
export function losingFirstAnswer(): TableServiceClientOptions {
  let isLost = false;
  return through(async (request, next) => {
    const response = await next(request);
    if (isLost || !request.url.endsWith("$batch")) return response;
    isLost = true;
    throw new RestError("socket hang up", { code: "ECONNRESET", request });
  });
}

/**
 * Answers each query with an empty page first, as the service may wherever it has looked for long enough, and then with
 * pages of one row.
 */
export function partialPages(): TableServiceClientOptions {
  return through(async (request, next) => {
    if (request.method !== "GET") return next(request);
    const url = new URL(request.url);
    const place = url.searchParams.get("NextPartitionKey");
    if (place === null) return emptyPage(request);
    if (place === "start") url.searchParams.delete("NextPartitionKey");
    url.searchParams.set("$top", "1");
    request.url = url.href;
    return next(request);
  });
}

function emptyPage(request: PipelineRequest): PipelineResponse {
  const headers = createHttpHeaders({
    "content-type": "application/json",
    "x-ms-continuation-NextPartitionKey": "start",
  });
  return { request, status: 200, headers, bodyAsText: '{"value":[]}' };
}

/** A service whose clock is so much ahead of what it writes into rows. */
export function ahead(byMs: () => number): TableServiceClientOptions {
  return through(async (request, next) => {
    const response = await next(request);
    response.headers.set("date", new Date(Date.now() + byMs()).toUTCString());
    return response;
  });
}
