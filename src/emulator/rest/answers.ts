/** What an operation answers, before it meets HTTP. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly contentType: string;
  /** Whether the header `api-supported-versions` goes with it. */
  readonly listsVersions: boolean;
  /** The methods that would have been served. */
  readonly allow?: string;
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number;
}

/** An answer in the form of nearly all of them: JSON with its charset, and the list of versions. */
export function answer(status: number, body: unknown): Answer {
  return { status, body, contentType: "application/json; charset=utf-8", listsVersions: true };
}
