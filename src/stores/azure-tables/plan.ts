import type { Fact } from "./facts.js";
import { headKey, newestKey } from "./keys.js";
import { damaged, type AzureTableAction, type AzureTableRow } from "./table-client.js";

/** What is known of a partition before it is changed. */
export interface Partition {
  readonly key: string;
  readonly head: AzureTableRow | undefined;
  /** The newest facts that matter here, by pair. */
  readonly newest: ReadonlyMap<string, Newest>;
  /** The keys of facts that are there, of those that are older than the newest. */
  readonly late: ReadonlySet<string>;
}

export interface Newest {
  readonly rank: string;
  /**
   * The call that wrote it. The SDK repeats a request whose answer was lost, which then is a conflict with oneself: who
   * finds its own name here has won.
   */
  readonly writer: string;
}

/** What is to be written, and which facts are the newest of their sender and state through this call. */
export interface Plan {
  readonly actions: AzureTableAction[];
  readonly won: readonly Fact[];
}

export function plan(partition: Partition, facts: readonly Fact[], writer: string): Plan {
  const added: Fact[] = [];
  const won: Fact[] = [];
  /** What becomes the newest, by pair. */
  const newest = new Map<string, Fact>();
  for (const fact of facts) {
    const known = partition.newest.get(fact.pair);
    if (known?.rank === fact.rank) {
      if (known.writer === writer) won.push(fact);
    } else if (!partition.late.has(fact.key)) {
      added.push(fact);
      if (fact.rank < (newest.get(fact.pair) ?? known ?? oldest).rank) continue;
      newest.set(fact.pair, fact);
      won.push(fact);
    }
  }
  return { won, actions: added.length === 0 ? [] : actionsFor(partition, added, newest.values(), writer) };
}

const oldest = { rank: "" };

function actionsFor(
  { key: partitionKey, head }: Partition,
  added: readonly Fact[],
  newest: Iterable<Fact>,
  writer: string,
): AzureTableAction[] {
  const count = head === undefined ? 0 : numberIn(head, "count");
  const actions = [headAction(partitionKey, head, count + added.length)];
  // The facts of a recipient are numbered, since their history is told in the order of their arrival.
  for (const [index, { key: rowKey, properties }] of added.entries())
    actions.push(["create", { partitionKey, rowKey, ...properties, number: count + 1 + index }]);
  for (const { pair, rank, properties } of newest) {
    const row = { partitionKey, rowKey: newestKey(pair), ...properties, rank, writer };
    actions.push(["upsert", row, "Replace"]);
  }
  return actions;
}

/** Who writes first has the partition: for the others the head is there already, or its ETag is another. */
function headAction(partitionKey: string, head: AzureTableRow | undefined, count: number): AzureTableAction {
  const row = { partitionKey, rowKey: headKey, count };
  return head === undefined ? ["create", row] : ["update", row, "Replace", { etag: head.etag }];
}

/** A number that each row of its kind has. */
export function numberIn(row: AzureTableRow, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw damaged(column);
  return value;
}
