import { Buffer } from "node:buffer";
import { TextDecoder } from "node:util";

import { expected, expectedRange } from "../errors/expected.js";
import { abortable } from "../errors/abortable.js";

/** Where a list comes from: the text itself, or what streams it (a file's `createReadStream`, a `Response`'s `body`). */
export type TextSource =
  | string
  | Uint8Array
  | Iterable<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>;

const longestPiece = 65_536;

/** How far a source has been read. */
export interface SourcePosition {
  bytes: number;
  /** The number of the last line that was read, from 1. */
  line: number;
}

/**
 * The text of a source, without its byte order mark. Bytes that are no text are an error and not a replacement character:
 * a spreadsheet's own format, or another encoding, would be read as rubbish otherwise.
 */
export async function* textOf(
  source: TextSource,
  encoding: string,
  position: SourcePosition,
  abortSignal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  const reader = new TextReader(encoding, position);
  let isStart = true;
  for await (const chunk of abortable(chunksOf(source), abortSignal)) {
    const text = reader.read(chunk);
    yield* pieces(isStart ? text.replace(/^\uFEFF/, "") : text);
    isStart &&= text === "";
  }
  yield reader.end();
}

/** A list that comes as one text is worked on piece by piece all the same: its rows take far more than its text. */
function* pieces(text: string): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; start += longestPiece) {
    yield text.slice(start, start + longestPiece);
  }
}

function chunksOf(source: TextSource): Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof source === "string" || source instanceof Uint8Array) return [source];
  const isObject = typeof source === "object" && source !== null;
  if (isObject && (Symbol.asyncIterator in source || Symbol.iterator in source)) return source;
  throw expected("source", "text, bytes, or an iterable of these", source);
}

class TextReader {
  readonly #decoder: TextDecoder;
  readonly #position: SourcePosition;

  constructor(encoding: string, position: SourcePosition) {
    this.#decoder = decoderFor(encoding);
    this.#position = position;
  }

  read(chunk: unknown): string {
    const isText = typeof chunk === "string";
    if (!isText && !(chunk instanceof Uint8Array)) {
      throw expected("source", "an iterable of text or bytes", chunk);
    }
    this.#position.bytes += Buffer.byteLength(chunk);
    const text = isText ? chunk : this.#decode(chunk, { stream: true });
    // No text has this character, and every binary file.
    if (text.includes("\0")) throw this.#noText();
    return text;
  }

  /** A character may have begun and not ended. */
  end(): string {
    return this.#decode();
  }

  #decode(...args: Parameters<TextDecoder["decode"]>): string {
    try {
      return this.#decoder.decode(...args);
    } catch {
      throw this.#noText();
    }
  }

  #noText(): RangeError {
    return new RangeError(
      `Expected \`source\` to be text in ${this.#decoder.encoding}, got bytes that are none after line ` +
        `${this.#position.line}. Save a spreadsheet as CSV (UTF-8), or name its \`encoding\`.`,
    );
  }
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw expectedRange("encoding", 'an encoding that TextDecoder knows, such as "utf-8"', encoding);
  }
}
