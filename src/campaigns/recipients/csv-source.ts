import type { TextSource } from "../../csv/text-source.js";
import { expected } from "../../errors/expected.js";
import type { CsvSource } from "./csv-recipient.js";

/** What opens a source each time it is read; for a stream, the first time alone. */
export function opener(source: CsvSource): () => TextSource | Promise<TextSource> {
  if (typeof source === "function") return source;
  const isAtHand = typeof source === "string" || source instanceof Uint8Array || Array.isArray(source);
  return isAtHand ? () => source : once(source);
}

/** A stream that is read to its end is empty: a campaign would find nobody where its preview found a million. */
function once(source: TextSource): () => TextSource {
  let isRead = false;
  return () => {
    if (isRead) throw expected("source", "a function that opens it anew, as it is read again", source);
    isRead = true;
    return source;
  };
}
