import type { PostgresClient } from "./postgres-client.js";

/** A pool of `pg`, as far as it is needed here. */
interface Pool extends PostgresClient {
  connect(): Promise<PooledConnection>;
}

interface PooledConnection extends PostgresClient {
  on(event: "error", listener: () => void): unknown;
  off(event: "error", listener: () => void): unknown;
  /** Gives it back, or closes it. */
  release(isToBeClosed?: boolean): void;
}

/**
 * How Postgres goes about it. To compile a statement first (`jit`) takes up to two seconds, and saves less; and what a random
 * page costs by default, on a disk that has to turn, has it read a whole table for the rows of a day.
 */
const settings = "SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1";

/**
 * Asks something that looks at much, such as a summary. Only a transaction on one connection can have settings of its own; a
 * client that is no pool asks as it does.
 */
export async function askAnalysis(
  client: PostgresClient,
  sql: string,
  values: unknown[],
): Promise<{ readonly rows: readonly unknown[] }> {
  if (!isPool(client)) return client.query(sql, values);
  const connection = await client.connect();
  let isWhole = false;
  // One that breaks says so as an event, which would end the process, and also to whoever asks next.
  connection.on("error", ignore);
  try {
    await connection.query(`BEGIN READ ONLY; ${settings}`);
    const answer = await connection.query(sql, values);
    await connection.query("COMMIT");
    isWhole = true;
    return answer;
  } finally {
    connection.off("error", ignore);
    connection.release(!isWhole);
  }
}

/** A `Client` of `pg` has `connect`, too, and is connected already. */
function isPool(client: PostgresClient): client is Pool {
  return "totalCount" in client && "connect" in client && typeof client.connect === "function";
}

function ignore(): void {}
