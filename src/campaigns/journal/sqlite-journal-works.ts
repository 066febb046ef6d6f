import type { Work } from "../../stores/sqlite/connection.js";
import { numbered } from "../../stores/sqlite/statement.js";
import type { Row } from "../../stores/entry-row.js";
import type {
  BatchPosition,
  ClaimedBatch,
  JournalRecord,
  JournalResult,
  PlannedBatch,
  RunPosition,
  Settlement,
} from "./campaign-journal.js";
import { itemPlanned, itemTaken, numberTaken } from "./journal-mistakes.js";
import { claimedOf, columnsOf, recordOf } from "./journal-rows.js";
import * as sql from "./sqlite-journal-tables.js";

/*
 * What a journal does in one transaction.
 */

/**
 * Ends the claims of some batches of earlier runs, and forgets them where they never began.
 *
 * @returns The number of the last of them; `undefined` where there is none.
 */
export function endingClaims(campaign: number, run: number, after: number): Work<number | undefined> {
  return (prepare) => {
    const earlier = prepare(sql.earlierBatches).all(campaign, run, after);
    for (const { batch, is_begun: isBegun, size, open_items: open } of earlier) {
      const at = [campaign, Number(batch)];
      const isForgotten = isBegun === 0;
      if (isForgotten) prepare(sql.forgetOpenItems).run(...at);
      if (isForgotten && size === open) prepare(sql.forgetBatch).run(...at);
      else prepare(sql.endClaim).run(run, ...at);
      if (isForgotten && size !== open) prepare(sql.countOpen).run(numbered(...at));
    }
    const last = earlier.at(-1)?.["batch"];
    return last === undefined ? undefined : Number(last);
  };
}

export function lookingUp(
  { campaign, run }: RunPosition,
  keys: readonly string[],
): Work<(JournalRecord | undefined)[]> {
  const asked = JSON.stringify(keys);
  return (prepare) => {
    const records: (JournalRecord | undefined)[] = keys.map(() => undefined);
    const found = prepare(sql.findItems).all(asked, campaign);
    const id = found.length > 0 ? prepare(sql.findRun).get(campaign, run)?.["id"] : undefined;
    for (const row of found) {
      const isSeen = row["seen_in"] === run;
      records[Number(row["place"])] = recordOf(row, isSeen);
      if (!isSeen && id !== undefined) prepare(sql.markSeen).run(run, Number(id), String(row["key"]));
    }
    return records;
  };
}

/** @throws RangeError or TypeError where a number was given before, or an item has a result or is under way. */
export function planning({ campaign, run }: RunPosition, batches: readonly PlannedBatch[]): Work<boolean> {
  // Now: the caller's list may be another one by the time that this is done.
  const plans = batches.map(({ batch, from, fingerprint, message, items }) => {
    const list = JSON.stringify(items.map(({ key, to }) => [key, to]));
    return { batch, from, fingerprint, message, size: items.length, list };
  });
  return (prepare) => {
    const known = prepare(sql.findRun).get(campaign, run);
    const last = plans.at(-1);
    if (known === undefined || last === undefined) return known !== undefined;
    const id = Number(known["id"]);
    if (Number(known["last_batch"]) >= (plans[0]?.batch ?? 0)) throw numberTaken();
    const [planBatch, planItems] = [prepare(sql.planBatch), prepare(sql.planItems)];
    for (const { batch, from, fingerprint, message, size, list } of plans) {
      planBatch.run(numbered<string | number>(id, batch, run, from, fingerprint, message, size));
      if (planItems.run(numbered<string | number>(id, batch, run, list)).changes !== size) throw itemTaken();
    }
    prepare(sql.noteLastBatch).run(last.batch, id);
    return true;
  };
}

export function recording(
  { campaign, run }: RunPosition,
  results: readonly (JournalResult & { readonly to: string })[],
): Work<boolean> {
  const rows = results.map((result) => ({ ...columnsOf(result), key: result.key, to: result.to }));
  return (prepare) => {
    const id = prepare(sql.findRun).get(campaign, run)?.["id"];
    if (id === undefined) return false;
    let position = Number(prepare(sql.lastUnplanned).get(Number(id))?.["position"] ?? 0);
    for (const { key, to, status, message_id: messageId, http_status: httpStatus, error } of rows) {
      position += 1;
      const values = [status, messageId, httpStatus, error];
      const { changes } = prepare(sql.recordItem).run(
        numbered<string | number | null>(Number(id), position, key, to, run, ...values),
      );
      if (changes !== 1) throw itemPlanned();
    }
    return true;
  };
}

export function claiming(campaign: string, batch: number): Work<ClaimedBatch | undefined> {
  return (prepare) => {
    const known = prepare(sql.findCampaign).get(campaign);
    if (known === undefined) return undefined;
    const id = Number(known["id"]);
    const claimed = prepare(sql.claimBatch).get(Number(known["run"]), id, batch);
    if (claimed === undefined) return undefined;
    const row: Row = { ...claimed, identity: known["identity"] };
    return claimedOf(batch, row, prepare(sql.openItems).all(id, batch));
  };
}

export function settling(held: BatchPosition, { results, firstSentAt }: Settlement): Work<boolean> {
  const { campaign, batch, run, claim } = held;
  const rows = results.map((result) => ({ ...columnsOf(result), key: result.key }));
  return (prepare) => {
    const known = prepare(sql.findCampaign).get(campaign);
    if (known === undefined) return false;
    const id = Number(known["id"]);
    const settle = prepare(sql.settleItem);
    for (const { key, status, message_id: messageId, http_status: httpStatus, error } of rows)
      settle.run(status, messageId, httpStatus, error, id, key, batch);
    if (rows.length > 0) prepare(sql.countOpen).run(numbered(id, batch));
    const time = firstSentAt?.getTime() ?? null;
    return prepare(sql.noteFirstSent).run(time, campaign, batch, run, claim).changes === 1;
  };
}
