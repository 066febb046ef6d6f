import { expected } from "../../errors/expected.js";

/**
 * What a store needs of your client: a `Pool` of `pg` 8, or a `PGlite`. Anything fits that takes a statement with `$1`,
 * `$2` and so on, and answers with rows as objects.
 */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
}

/** @throws TypeError for what cannot be asked. */
export function checkedClient(client: PostgresClient): PostgresClient {
  if (typeof client?.query !== "function") throw expected("pool", "a Pool of pg or a PGlite", client);
  return client;
}

/**
 * The one text of the one row of an answer.
 *
 * @throws TypeError for any other answer: of a client for something else, or of one that makes something else of text.
 */
export function onlyText(answer: { readonly rows: readonly unknown[] }): string {
  const row: unknown = answer?.rows?.[0];
  const text: unknown = typeof row === "object" && row !== null ? Object.values(row)[0] : undefined;
  if (typeof text !== "string") throw expected("rows[0]", "a row with a text", text);
  return text;
}
