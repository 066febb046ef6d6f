import { randomUUID } from "node:crypto";

import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  isRestError,
  type HttpClient,
  type Pipeline,
  type PipelineRequest,
  type PipelineResponse,
} from "@azure/core-rest-pipeline";

import { longestTimerInMs } from "../timers/longest-timer.js";
import type { SmsBatch, SmsOperationOptions } from "../transport/sms-transport.js";
import { attachSend, detachSend, singleUse } from "./attempt-policy.js";
import type { PipelineClientOptions } from "./client-options.js";
import type { AcsCredential } from "./credential.js";
import { parseJson } from "./json.js";
import { createAcsPipeline } from "./pipeline.js";
import { toRestError } from "./refusal.js";
import { userAgent } from "./user-agent.js";

/** How long one attempt may take where the caller says nothing; without a limit a silent server would hang a send. */
const defaultTimeoutInMs = 60_000;

/** One request to the service. */
export interface AcsCall {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly apiVersion: string;
  readonly body?: string;
  /** For a send: its body is written anew for each attempt. */
  readonly batch?: SmsBatch;
  /** Statuses besides 2xx that are an answer and no error. */
  readonly expectedStatus?: number;
}

/** One HTTP client for all clients of a process that bring none, so that they share their connections. */
let sharedHttpClient: HttpClient | undefined;

/** The pipeline to one resource, and everything that is loaded with it. */
export class AcsChannel {
  readonly #endpoint: string;
  readonly #pipeline: Pipeline;
  readonly #httpClient: HttpClient;
  readonly #allowInsecureConnection: boolean;
  readonly #requestIdHeader: string;
  readonly #userAgent: string;

  constructor(endpoint: string, credential: AcsCredential, options: PipelineClientOptions) {
    this.#endpoint = endpoint;
    this.#allowInsecureConnection = options.allowInsecureConnection ?? false;
    this.#requestIdHeader = options.telemetryOptions?.clientRequestIdHeaderName ?? "x-ms-client-request-id";
    this.#userAgent = userAgent(options);
    this.#pipeline = createAcsPipeline(credential, options);
    this.#httpClient = singleUse(options.httpClient ?? (sharedHttpClient ??= createDefaultHttpClient()));
  }

  /** @throws RestError for an answer that is neither 2xx nor expected, or where there was none. */
  async send(call: AcsCall, options: SmsOperationOptions): Promise<PipelineResponse> {
    const request = this.#request(call, options);
    if (call.batch !== undefined) attachSend(request, call.batch, call.apiVersion);
    try {
      const response = await this.#pipeline.sendRequest(this.#httpClient, request);
      if (!isExpected(response.status, call)) {
        throw toRestError(response, call.batch === undefined ? [] : [call.batch.message.text]);
      }
      tell(options, response);
      return response;
    } catch (error) {
      tellFailure(options, error);
      throw error;
    } finally {
      detachSend(request);
    }
  }

  #request(
    call: AcsCall,
    { requestOptions, abortSignal, tracingOptions }: SmsOperationOptions,
  ): PipelineRequest {
    const { customHeaders, timeout, allowInsecureConnection, onUploadProgress, onDownloadProgress } =
      requestOptions ?? {};
    const hasBody = call.method === "POST";
    const requestId = randomUUID();
    return createPipelineRequest({
      url: `${this.#endpoint}${call.path}?api-version=${encodeURIComponent(call.apiVersion)}`,
      method: call.method,
      headers: createHttpHeaders({
        ...(hasBody && { "Content-Type": "application/json" }),
        Accept: "application/json",
        "Accept-Encoding": "gzip,deflate",
        "User-Agent": this.#userAgent,
        [this.#requestIdHeader]: requestId,
        ...customHeaders,
      }),
      requestId,
      timeout: Math.min(timeout ?? defaultTimeoutInMs, longestTimerInMs),
      allowInsecureConnection: allowInsecureConnection ?? this.#allowInsecureConnection,
      ...(call.body !== undefined && { body: call.body }),
      ...(abortSignal !== undefined && { abortSignal }),
      ...(tracingOptions !== undefined && { tracingOptions }),
      ...(onUploadProgress !== undefined && { onUploadProgress }),
      ...(onDownloadProgress !== undefined && { onDownloadProgress }),
    });
  }
}

function isExpected(status: number, call: AcsCall): boolean {
  return (status >= 200 && status < 300) || status === call.expectedStatus;
}

function tell({ onResponse }: SmsOperationOptions, response: PipelineResponse, error?: unknown): void {
  if (onResponse === undefined) return;
  const parsedBody = parseJson(response.bodyAsText);
  onResponse({ ...response, parsedBody }, parsedBody, error);
}

function tellFailure(options: SmsOperationOptions, error: unknown): void {
  if (isRestError(error) && error.response !== undefined) tell(options, error.response, error);
}
