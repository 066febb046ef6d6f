import { Transform } from "node:stream";

import type { TransferProgressEvent } from "@azure/core-rest-pipeline";

/** Passes everything on, and tells how many bytes that were. An error of the callback ends the stream. */
export function reporting(onProgress: (progress: TransferProgressEvent) => void): Transform {
  let loadedBytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      loadedBytes += chunk.length;
      try {
        onProgress({ loadedBytes });
        done(undefined, chunk);
      } catch (error) {
        done(error instanceof Error ? error : new TypeError("A progress callback threw."));
      }
    },
  });
}
