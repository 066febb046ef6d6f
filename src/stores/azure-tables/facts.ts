import { entryRank } from "../../suppression/entry-order.js";
import type { SuppressionEntry } from "../../suppression/suppression-store.js";
import { factKey, keyOf, pairOf } from "./keys.js";
import { propertiesOf, type Properties } from "./properties.js";

/** An entry on its way into the table. */
export interface Fact {
  /** Its place in the list that was given. */
  readonly index: number;
  /** Its sender and state, as a part of row keys. */
  readonly pair: string;
  readonly rank: string;
  /** The key of the row that keeps it. */
  readonly key: string;
  readonly properties: Properties;
}

/** Each distinct fact once, in their order, by the partition they belong to. */
export function byPartition(entries: readonly SuppressionEntry[]): Map<string, readonly Fact[]> {
  const partitions = Map.groupBy(entries.entries(), ([, { recipient }]) => keyOf(recipient));
  return new Map(Array.from(partitions, ([key, indexed]) => [key, distinct(indexed.map(factOf))]));
}

function factOf([index, entry]: readonly [number, SuppressionEntry]): Fact {
  const [pair, rank] = [pairOf(entry), entryRank(entry)];
  return { index, pair, rank, key: factKey(pair, rank), properties: propertiesOf(entry) };
}

function distinct(facts: readonly Fact[]): Fact[] {
  const keys = new Set<string>();
  return facts.filter(({ key }) => !keys.has(key) && keys.add(key));
}

/** A transaction has at most 100 changes: the head, and for each fact its own row and that of the newest. */
const mostFacts = 49;

/** A transaction has at most 4 MiB. A fact may be in it twice, and there is something around each. */
const mostBytes = 1.5 * 1024 * 1024;

/** Facts of one partition, in parts that fit into a transaction each. */
export function* transactionsOf(facts: readonly Fact[]): Generator<readonly Fact[], void, undefined> {
  let [part, bytes]: [Fact[], number] = [[], 0];
  for (const fact of facts) {
    const size = mostBytesOf(fact);
    if (part.length === mostFacts || (part.length > 0 && bytes + size > mostBytes)) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(fact);
    bytes += size;
  }
  yield part;
}

/** JSON takes up to six bytes for a UTF-16 code unit, and less for one byte of others. */
function mostBytesOf({ properties }: Fact): number {
  const lengths = Object.values(properties).map((value) => (typeof value === "bigint" ? 20 : value.length));
  return 6 * lengths.reduce((sum, length) => sum + length, 0);
}
