import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";

import type { Row } from "../../stores/entry-row.js";
import { pauseInMs, type SqliteConnection } from "../../stores/sqlite/connection.js";
import { numbered } from "../../stores/sqlite/statement.js";
import type { GroupedWrites } from "./grouped-writes.js";
import * as sql from "./sqlite-journal-tables.js";

/*
 * What goes through a whole campaign: bit by bit, as SQLite works in the thread of the event loop.
 */

/** How many rows are removed, or places of items without a batch counted, in one go. */
const mostAtOnce = 10_000;

/** How many batches' items are counted in one go. */
const mostBatchesAtOnce = 100;

/** Statuses and their counts; a status may come several times. */
export async function countItems(connection: SqliteConnection, campaign: string): Promise<readonly Row[]> {
  const rows = async (statement: string, ...values: (string | number)[]): Promise<Row[]> =>
    connection.read((prepare) => prepare(statement).all(...values), undefined);
  const [known] = await rows(sql.findCampaign, campaign);
  if (known === undefined) return [];
  const id = Number(known["id"]);
  const [unplanned] = await rows(sql.lastUnplanned, id);
  const counts: Row[] = [];
  for (const range of rangesTo(Number(unplanned?.["position"] ?? 0), Number(known["last_batch"]))) {
    counts.push(...(await rows(sql.countRange, id, ...range)));
    await nextTurn();
  }
  return counts;
}

/** Removes what is left of a campaign that has no name any more. It goes last, so that the rest is found after a crash. */
export async function dropCampaign(writes: GroupedWrites, id: number): Promise<void> {
  for (const statement of [sql.dropItems, sql.dropBatches]) {
    while ((await writes.write((prepare) => prepare(statement).run(numbered(id, mostAtOnce)).changes)) !== 0)
      await delay(pauseInMs);
  }
  await writes.write((prepare) => prepare(sql.dropCampaign).run(id));
}

/** Batch and place after which to count, and up to which: items without a batch, then the batches. */
function* rangesTo(lastUnplanned: number, lastBatch: number): Generator<[number, number, number, number]> {
  for (let after = -1; after < lastUnplanned; after += mostAtOnce) yield [0, after, 0, after + mostAtOnce];
  for (let first = 1; first <= lastBatch; first += mostBatchesAtOnce)
    yield [first, -1, first + mostBatchesAtOnce, -1];
}
