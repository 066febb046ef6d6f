import { createHttpHeaders, type HttpHeaders } from "@azure/core-rest-pipeline";

/** Headers of which the first counts where a server repeats them; see Node's `message.headers`. */
const firstCounts: ReadonlySet<string> = new Set([
  "age",
  "content-length",
  "content-type",
  "etag",
  "expires",
  "last-modified",
  "location",
  "retry-after",
  "server",
  // The pipeline's headers have one value each, and cookies cannot be joined.
  "set-cookie",
]);

/** The headers of an answer, as the pipeline's own HTTP client gives them. */
export function responseHeaders(given: Record<string, string | string[] | undefined>): HttpHeaders {
  const headers = createHttpHeaders();
  for (const name of Object.keys(given)) {
    const value = given[name];
    const single = Array.isArray(value) ? oneOf(name, value) : value;
    if (single !== undefined && single !== "") headers.set(name, single);
  }
  return headers;
}

function oneOf(name: string, values: readonly string[]): string | undefined {
  return firstCounts.has(name) ? values[0] : values.join(", ");
}
