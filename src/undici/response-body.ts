import { pipeline, Readable, type Duplex } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

import type { PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { Dispatcher } from "undici";

import { reporting } from "./reporting.js";

/** The body of an answer as it comes from undici; a slow reader slows the server. */
export class IncomingBody extends Readable {
  readonly #controller: Dispatcher.DispatchController;

  constructor(controller: Dispatcher.DispatchController) {
    super();
    this.#controller = controller;
  }

  add(chunk: Buffer): void {
    if (!this.push(chunk)) this.#controller.pause();
  }

  end(): void {
    this.push(null);
  }

  override _read(): void {
    this.#controller.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    // Whoever reads no further needs no more of the answer; where all of it is here, this does nothing.
    this.#controller.abort(error ?? new Error("The body of the answer was not read to its end."));
    done(error);
  }
}

/** What an answer's body goes through on its way to its reader; most go through nothing, and need no stream. */
export function stagesFor(request: PipelineRequest, { headers }: PipelineResponse): Duplex[] {
  const decoder = decoderFor(headers.get("content-encoding"), request.headers.get("accept-encoding"));
  const { onDownloadProgress } = request;
  return [
    ...(decoder === undefined ? [] : [decoder]),
    ...(onDownloadProgress === undefined ? [] : [reporting(onDownloadProgress)]),
  ];
}

/** Sends a body through all of these; an error anywhere ends all. */
export function through(source: Readable, stages: readonly Duplex[]): Readable {
  return stages.reduce<Readable>((body, stage) => pipeline(body, stage, () => undefined), source);
}

/** Only what was asked for is decoded, as the pipeline's own HTTP client has it; it knows no `br`. */
function decoderFor(coding: string | undefined, asked: string | undefined): Duplex | undefined {
  if (coding === undefined || asked === undefined) return undefined;
  const isZlib = asked.includes("gzip") || asked.includes("deflate");
  if (coding === "gzip" && isZlib) return createGunzip();
  if (coding === "deflate" && isZlib) return createInflate();
  return coding === "br" && asked.includes("br") ? createBrotliDecompress() : undefined;
}

/** Whether the caller takes this answer's body as a stream. */
export function isStreamed(
  { streamResponseStatusCodes: streamed }: PipelineRequest,
  status: number,
): boolean {
  return streamed !== undefined && (streamed.has(status) || streamed.has(Number.POSITIVE_INFINITY));
}
