import type { Row } from "../../stores/entry-row.js";
import type { LogDatabase } from "../log-database.js";
import type { Dialect, Statement } from "./dialect.js";
import type { ReadingQuery } from "./reading-query.js";
import type { Page } from "./reading-sql.js";

/** What is in memory at once: with the longest texts 8 MB. A page of them takes a database about 20 ms. */
const mostInPage = 1000;

/** How rows of a kind are asked for, and what is made of them. */
export interface Reading<Q extends ReadingQuery, T> {
  readonly statement: (query: Q, page: Page, dialect: Dialect) => Statement;
  readonly itemOf: (row: Row) => T;
}

/** Rows one by one, the newest first. The first page begins with what is before the end: no key is less than nothing. */
export async function* readPages<Q extends ReadingQuery, T>(
  { ask, dialect }: LogDatabase,
  query: Q,
  { statement, itemOf }: Reading<Q, T>,
): AsyncGenerator<T, void, undefined> {
  let [time, key, left] = [query.to, "", query.limit];
  while (left > 0) {
    const size = Math.min(left, mostInPage);
    const rows = await ask(statement(query, { time, key, size }, dialect));
    for (const row of rows) yield itemOf(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < size) return;
    [time, key, left] = [Number(last["time"]), String(last["key"]), left - size];
  }
}
