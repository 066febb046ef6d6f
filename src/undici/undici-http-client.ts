import type { HttpClient, PipelineRequest, PipelineResponse, TlsSettings } from "@azure/core-rest-pipeline";
import { Agent, type Dispatcher } from "undici";

import { expected, expectedRange } from "../errors/expected.js";
import { abortErrorBeforeSending } from "./abort-error.js";
import { Exchange } from "./exchange.js";
import { bodyOf } from "./request-body.js";
import { refuseUnsupported } from "./unsupported.js";

/** How an {@link UndiciHttpClient} connects: by a `dispatcher`, or by one of its own, made of the other options. */
export interface UndiciHttpClientOptions {
  /**
   * A dispatcher of your own, such as a `ProxyAgent`, an `EnvHttpProxyAgent` or a `MockAgent`. It alone decides how to
   * connect: a proxy that the environment names is its business then. It stays open when the client is disposed of, and
   * must not send a request again by itself: one that tries is stopped.
   */
  dispatcher?: Dispatcher | undefined;
  /** The most connections to one origin; requests beyond wait for one. Default: no limit. */
  connections?: number | undefined;
  /** How long an idle connection is kept, in seconds, where the server says nothing of it. Default: 4. */
  keepAliveTimeoutInSeconds?: number | undefined;
  /** Certificates to trust (`ca`) and to show. Default: those of Node. */
  tlsOptions?: TlsSettings | undefined;
}

/** Disposing of it closes the connections that it opened, once the requests on them are answered. */
export interface UndiciHttpClient extends HttpClient, AsyncDisposable {}

/**
 * An HTTP client for the pipeline of Azure SDKs that takes half the CPU time of their own. It needs `undici` 7 or 8
 * installed.
 *
 * It does as the pipeline's own does (HTTP/1.1, `timeout`, `abortSignal`, progress, compressed and streamed answers, the
 * same errors), never sends a request twice, and refuses what it cannot honour on a request, `agent`, `tlsSettings` and
 * `proxySettings`, with a TypeError: connections are set up here, for all requests.
 *
 * @throws TypeError or RangeError that names a malformed option.
 *
 * @example
 * ```ts
 * import { MemorySuppressionStore, SmsClient, SuppressionList } from "acs-sms";
 * import { createUndiciHttpClient } from "acs-sms/undici";
 *
 * await using httpClient = createUndiciHttpClient({ connections: 50 });
 * const suppression = new SuppressionList(new MemorySuppressionStore());
 * const connectionString = process.env["COMMUNICATION_SERVICES_CONNECTION_STRING"]!;
 * const sms = new SmsClient(connectionString, { suppression, httpClient });
 * await sms.send({ from: "+18005551234", to: ["+14255550123"], message: "Your order has shipped." });
 * ```
 */
export function createUndiciHttpClient(options: UndiciHttpClientOptions = {}): UndiciHttpClient {
  const { dispatcher } = options;
  if (dispatcher === undefined) return new DispatchingClient(createAgent(options), true);
  if (typeof dispatcher?.dispatch !== "function")
    throw expected("dispatcher", "a Dispatcher of undici", dispatcher);
  for (const name of ["connections", "keepAliveTimeoutInSeconds", "tlsOptions"] as const) {
    const value = options[name];
    if (value !== undefined) throw expected(name, "an option of `dispatcher`, where one is given", value);
  }
  return new DispatchingClient(dispatcher, false);
}

function createAgent(options: UndiciHttpClientOptions): Agent {
  const { connections, keepAliveTimeoutInSeconds, tlsOptions } = options;
  checkPositive("connections", connections, Number.isInteger);
  checkPositive("keepAliveTimeoutInSeconds", keepAliveTimeoutInSeconds, Number.isFinite);
  return new Agent({
    // HTTP/2 puts requests that a server turned away on another connection by itself, and the service needs none of it.
    allowH2: false,
    // The `timeout` of each request is what counts.
    headersTimeout: 0,
    bodyTimeout: 0,
    ...(connections !== undefined && { connections }),
    ...(keepAliveTimeoutInSeconds !== undefined && { keepAliveTimeout: keepAliveTimeoutInSeconds * 1000 }),
    ...(tlsOptions !== undefined && { connect: { ...tlsOptions } }),
  });
}

function checkPositive(name: string, value: unknown, isRight: (value: number) => boolean): void {
  if (value === undefined) return;
  if (typeof value !== "number") throw expected(name, "a number above 0", value);
  if (!isRight(value) || value <= 0) throw expectedRange(name, "above 0 and, if it counts, whole", value);
}

/** Where a URL leads. */
interface Target {
  readonly url: string;
  readonly origin: string;
  readonly path: string;
}

class DispatchingClient implements UndiciHttpClient {
  readonly #dispatcher: Dispatcher;
  readonly #isOwn: boolean;
  /** Of the last request: the same URL comes again and again. */
  #target: Target | undefined;
  #closed: Promise<void> | undefined;

  constructor(dispatcher: Dispatcher, isOwn: boolean) {
    this.#dispatcher = dispatcher;
    this.#isOwn = isOwn;
  }

  async sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    if (request.abortSignal?.aborted === true) throw abortErrorBeforeSending();
    refuseUnsupported(request, this.#isOwn);
    const { origin, path } = this.#targetOf(request);
    const headers = flat(request.headers);
    const body = bodyOf(request, headers);
    const reset = request.disableKeepAlive === true;
    const { promise, resolve, reject } = Promise.withResolvers<PipelineResponse>();
    const exchange = new Exchange(request, body, resolve, reject);
    const options = { origin, path, method: request.method, headers, body, ...(reset && { reset }) };
    try {
      this.#dispatcher.dispatch(options, exchange);
    } catch (error) {
      // undici's own tell the handler; others may throw, and the exchange must not wait on.
      exchange.onResponseError(null, error instanceof Error ? error : new TypeError("The dispatcher threw."));
    }
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOwn) await (this.#closed ??= this.#dispatcher.close());
  }

  #targetOf({ url, allowInsecureConnection }: PipelineRequest): Target {
    if (this.#target?.url !== url) this.#target = targetOf(url);
    if (allowInsecureConnection !== true && !this.#target.origin.startsWith("https:"))
      throw new Error(`Cannot connect to ${url} while allowInsecureConnection is false.`);
    return this.#target;
  }
}

function targetOf(url: string): Target {
  const { origin, pathname, search } = new URL(url);
  return { url, origin, path: pathname + search };
}

/** Names and values by turns, the form that costs undici least. */
function flat(headers: PipelineRequest["headers"]): string[] {
  const list: string[] = [];
  for (const [name, value] of headers) list.push(name, value);
  return list;
}
