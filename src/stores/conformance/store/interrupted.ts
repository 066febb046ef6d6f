import type { SuppressionEntry } from "../../../suppression/suppression-store.js";
import { ensure, outcomeOf } from "../checks.js";
import { fact, person, times } from "../facts.js";
import { inBatches, seeded } from "../random.js";
import type { CheckedStore } from "./checked-store.js";

/** Why a list must not just end where it cannot be read on. */
export const endedEarly =
  "A list ended early where it could not be read on: it must throw, or the rest reads as if it were not there.";

/** Records more than a page of entries, and gives their number. */
export async function recordMany(store: CheckedStore): Promise<number> {
  const facts = times(1200, (index) => fact({ recipient: person(index) }));
  for (const batch of inBatches(facts, 800, seeded(9))) await store.record(batch);
  return facts.length;
}

/** Interrupts a list after its first entry: what was read already may still be given out, but not as if it were all. */
export async function readsOnOrThrows(
  list: AsyncIterable<SuppressionEntry>,
  total: number,
  interrupt: () => Promise<void>,
): Promise<void> {
  const read = await outcomeOf(countOf(list, interrupt));
  ensure(!read.isDone || read.value === total, endedEarly);
}

async function countOf(
  list: AsyncIterable<SuppressionEntry>,
  interrupt: () => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const _ of list) {
    count += 1;
    if (count === 1) await interrupt();
  }
  return count;
}
