import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

import { RestError, type PipelineRequest, type PipelineResponse } from "@azure/core-rest-pipeline";
import type { Dispatcher } from "undici";

import { abortErrorWhileSending } from "./abort-error.js";
import { readError, sendError } from "./failure.js";
import type { RequestBody } from "./request-body.js";
import { IncomingBody, isStreamed, stagesFor, through } from "./response-body.js";
import { responseHeaders } from "./response-headers.js";

type Resolve = (response: PipelineResponse) => void;
type Reject = (error: Error) => void;

/**
 * One request and its answer, as undici tells of them. It settles once, by the answer, a failure, the request's
 * `timeout` or its signal, whichever is first; what comes later is not listened to.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: PipelineRequest;
  readonly #body: RequestBody;
  readonly #resolve: Resolve;
  readonly #reject: Reject;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #onAbort: (() => void) | undefined;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #response: PipelineResponse | undefined;
  /** Where the body is more than a text that comes as it is. */
  #stream: IncomingBody | undefined;
  #isSettled = false;

  constructor(request: PipelineRequest, body: RequestBody, resolve: Resolve, reject: Reject) {
    this.#request = request;
    this.#body = body;
    this.#resolve = resolve;
    this.#reject = reject;
    if (request.timeout > 0) this.#timer = setTimeout(cancel, request.timeout, this);
    if (request.abortSignal !== undefined) {
      this.#onAbort = () => this.cancel();
      request.abortSignal.addEventListener("abort", this.#onAbort);
    }
  }

  /** Ends it, wherever it is: waiting for a connection, for the answer, or in the middle of a streamed body. */
  cancel(): void {
    const error = abortErrorWhileSending();
    this.#fail(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const isRepeat = this.#controller !== undefined;
    this.#controller = controller;
    if (isRepeat) this.#fail(sentAgain(this.#request));
    if (this.#isSettled) controller.abort(abortErrorWhileSending());
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200 || this.#isSettled) return;
    const response = { request: this.#request, status, headers: responseHeaders(headers) };
    this.#response = response;
    if (this.#request.method !== "HEAD") this.#openStream(controller, response);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#stream === undefined) this.#chunks.push(chunk);
    else this.#stream.add(chunk);
  }

  onResponseEnd(): void {
    if (this.#stream !== undefined) this.#stream.end();
    else if (this.#response !== undefined) this.#succeed(this.#response, this.#text());
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    if (this.#stream !== undefined) this.#stream.destroy(error);
    else if (this.#response !== undefined) this.#fail(readError(error, this.#request));
    else this.#fail(sendError(error, this.#request, this.#controller !== undefined));
  }

  /** Plain text needs none: a stream costs more than all the rest of an exchange. */
  #openStream(controller: Dispatcher.DispatchController, response: PipelineResponse): void {
    const stages = stagesFor(this.#request, response);
    const isForCaller = isStreamed(this.#request, response.status);
    if (stages.length === 0 && !isForCaller) return;
    this.#stream = new IncomingBody(controller);
    this.#stream.once("close", () => this.#forget());
    const body = through(this.#stream, stages);
    if (isForCaller) {
      this.#settle();
      this.#resolve({ ...response, readableStreamBody: body });
    } else {
      const fail = (error: Error): void => this.#fail(readError(error, this.#request));
      text(body).then((bodyAsText) => this.#succeed(response, bodyAsText), fail);
    }
  }

  #text(): string | undefined {
    if (this.#request.method === "HEAD") return undefined;
    const [first] = this.#chunks;
    return this.#chunks.length === 1 && first !== undefined
      ? first.toString("utf8")
      : Buffer.concat(this.#chunks).toString("utf8");
  }

  #succeed(response: PipelineResponse, bodyAsText: string | undefined): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#forget();
    this.#resolve(bodyAsText === undefined ? response : { ...response, bodyAsText });
  }

  #fail(error: Error): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#forget();
    if (this.#body instanceof Readable) this.#body.destroy();
    this.#reject(error);
  }

  #settle(): void {
    this.#isSettled = true;
    clearTimeout(this.#timer);
  }

  /** The caller's signal outlives the exchange, and must not hold it. */
  #forget(): void {
    if (this.#onAbort !== undefined) this.#request.abortSignal?.removeEventListener("abort", this.#onAbort);
  }
}

function cancel(exchange: Exchange): void {
  exchange.cancel();
}

/** Under a code that says that the request may have arrived. */
function sentAgain(request: PipelineRequest): RestError {
  const message = "The dispatcher would send a request again by itself: leave retries to `retryOptions`.";
  return new RestError(message, { code: RestError.REQUEST_SEND_ERROR, request });
}
