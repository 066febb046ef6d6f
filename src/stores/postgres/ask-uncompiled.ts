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
 * Asks something large without having Postgres compile it first (`jit`): that takes up to two seconds, and saves less. Only a
 * transaction on one connection can be told so; a client that is no pool asks as it does.
 */
export async function askUncompiled(
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
    await connection.query("BEGIN READ ONLY; SET LOCAL jit = off");
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
