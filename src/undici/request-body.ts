import { pipeline, Readable } from "node:stream";
import { types } from "node:util";

import type { PipelineRequest } from "@azure/core-rest-pipeline";

import { expected } from "../errors/expected.js";
import { reporting } from "./reporting.js";

/** What undici is given to send. */
export type RequestBody = string | Uint8Array | Readable | null;

/**
 * The body of a request, of the kinds that the pipeline's own HTTP client sends. Where its progress is asked for it goes
 * through a stream, with its length in `headers`.
 *
 * @throws TypeError for any other kind.
 */
export function bodyOf({ body: given, onUploadProgress }: PipelineRequest, headers: string[]): RequestBody {
  const body = plainBody(typeof given === "function" ? given() : given);
  if (onUploadProgress === undefined || body === null) return body;
  const isWhole = !(body instanceof Readable);
  if (isWhole && !headers.some((name, index) => index % 2 === 0 && /^content-length$/i.test(name)))
    headers.push("Content-Length", String(Buffer.byteLength(body)));
  const source = isWhole ? Readable.from([Buffer.from(body)]) : body;
  return throughProgress(source, onUploadProgress);
}

function plainBody(body: unknown): RequestBody {
  if (typeof body === "string" || body instanceof Readable) return body;
  if (body === undefined || body === null) return null;
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (types.isAnyArrayBuffer(body)) return new Uint8Array(body);
  if (isOldStream(body)) return new Readable().wrap(body);
  throw expected("request.body", "a string, bytes, a stream of Node, or a function that gives one", body);
}

/** A stream of another implementation than Node's: `pipe` is all that the pipeline asks of one. */
function isOldStream(body: unknown): body is NodeJS.ReadableStream {
  return typeof body === "object" && body !== null && "pipe" in body && typeof body.pipe === "function";
}

function throughProgress(
  source: Readable,
  onProgress: NonNullable<PipelineRequest["onUploadProgress"]>,
): Readable {
  // Its errors come out at the end that undici reads.
  return pipeline(source, reporting(onProgress), () => undefined);
}
