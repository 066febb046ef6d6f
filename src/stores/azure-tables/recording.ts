import type { Fact } from "./facts.js";
import { headAndNewestOf, headKey, newestKey, rowsBetween } from "./keys.js";
import { plan, type Newest, type Partition } from "./plan.js";
import { damaged, type AzureTableRow } from "./table-client.js";
import type { Table } from "./table.js";

/** Facts about one recipient that are written together. */
export interface Recording {
  readonly partitionKey: string;
  readonly facts: readonly Fact[];
  /** Names the call that writes. */
  readonly writer: string;
}

/**
 * Reads a partition, and adds what is new to it. Where somebody else adds something in between, that is a conflict.
 *
 * @returns The facts that have become the newest of their sender and state through this call.
 */
export async function record(
  table: Table,
  { partitionKey, facts, writer }: Recording,
  abortSignal: AbortSignal | undefined,
): Promise<readonly Fact[]> {
  const partition = await read(table, partitionKey, facts, abortSignal);
  const { actions, won } = plan(partition, facts, writer);
  if (actions.length > 0) await table.change(actions, abortSignal);
  return won;
}

async function read(
  table: Table,
  key: string,
  facts: readonly Fact[],
  abortSignal: AbortSignal | undefined,
): Promise<Partition> {
  const rows = new Map<string | undefined, AzureTableRow>();
  for await (const row of table.rows(headAndNewestOf(key), { abortSignal })) rows.set(row.rowKey, row);
  const newest = new Map<string, Newest>();
  for (const { pair } of facts) {
    const row = rows.get(newestKey(pair));
    if (row !== undefined) newest.set(pair, newestIn(row));
  }
  // What is newer than the newest is new. Of what is older, only its own row can tell.
  const older = facts.filter(({ pair, rank }) => rank < (newest.get(pair)?.rank ?? ""));
  return { key, head: rows.get(headKey), newest, late: await found(table, key, older, abortSignal) };
}

function newestIn({ rank, writer }: AzureTableRow): Newest {
  if (typeof rank !== "string" || typeof writer !== "string") throw damaged("rank");
  return { rank, writer };
}

/** The keys of those facts that are there, and maybe of others. */
async function found(
  table: Table,
  partitionKey: string,
  facts: readonly Fact[],
  abortSignal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const keys = facts.map(({ key }) => key).toSorted();
  const [first, last] = [keys.at(0), keys.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  const there = new Set<string>();
  const filter = rowsBetween(partitionKey, first, last);
  for await (const { rowKey = "" } of table.rows(filter, { abortSignal, select: ["rowKey"] }))
    there.add(rowKey);
  return there;
}
