import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { addAbortSignal, type Readable } from "node:stream";

import type { Environment } from "../environment.js";
import { Failure } from "../failure.js";
import type { Console } from "../output/console.js";

/** What stands for standard input where a file is asked for. */
export const standardInput = "-";

/** What is to be read, and its size in bytes where that is known. */
interface Input {
  readonly stream: Readable;
  readonly size: number | undefined;
}

/** A file, or standard input, to be read once. Ctrl-C ends the reading. */
export async function openInput(path: string, { environment, abortSignal }: Console): Promise<Input> {
  if (path === standardInput) {
    return { stream: addAbortSignal(abortSignal, environment.stdin), size: undefined };
  }
  const size = await checkFile(path, environment);
  return { stream: createReadStream(resolve(environment.folder, path), { signal: abortSignal }), size };
}

/**
 * The size of a file, in bytes.
 *
 * @throws Failure where it cannot be one that is read.
 */
export async function checkFile(path: string, { folder }: Environment): Promise<number> {
  const { size, isFile } = await stat(resolve(folder, path)).then(
    (found) => ({ size: found.size, isFile: !found.isDirectory() }),
    (error: NodeJS.ErrnoException) => {
      throw new Failure(`The file ${path} cannot be read (${error.code}).`);
    },
  );
  if (!isFile) throw new Failure(`${path} is a folder; a file is needed.`);
  return size;
}

/**
 * A whole text in UTF-8, without the line break that editors and `echo` put at its end.
 *
 * @throws Failure for bytes that are none, as Windows writes them: people would be texted what stands for what was lost.
 */
export async function readText(path: string, console: Console): Promise<string> {
  const chunks: Buffer[] = [];
  const { stream } = await openInput(path, console);
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const text = decoded(Buffer.concat(chunks));
  if (text !== undefined) return text.replace(/\r?\n$/, "");
  const what = path === standardInput ? "Standard input" : `The file ${path}`;
  throw new Failure(`${what} is no text in UTF-8: save it as that.`);
}

/** Without its byte order mark. No text has U+0000, and UTF-16 is full of it. */
function decoded(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
