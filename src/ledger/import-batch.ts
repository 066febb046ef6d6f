import { compareEntries } from "../suppression/entry-order.js";
import type { GuardedStore } from "../suppression/guarded-store.js";
import type { SuppressionEntry } from "../suppression/suppression-store.js";
import { wellFormed } from "../suppression/well-formed.js";

/** What became of a batch: for each entry whether it became (or would become) the newest, and how many opt-outs it lifted. */
export interface BatchOutcome {
  readonly changed: readonly boolean[];
  readonly lifted: number;
}

/** Asks the store what a batch would change. */
export async function previewBatch(
  entries: readonly SuppressionEntry[],
  store: GuardedStore,
  abortSignal: AbortSignal | undefined,
): Promise<BatchOutcome> {
  const recipients = [...new Set(entries.map(({ recipient }) => recipient))];
  const found = await store.find(recipients, abortSignal);
  const newest = new Map(found.flat().map((entry) => [pairOf(entry, entry.state), entry]));
  const changes = entries.map((entry) => change(wellFormed(entry), newest));
  return {
    changed: changes.map((what) => what !== "none"),
    lifted: changes.filter((what) => what === "lifts").length,
  };
}

/** Records a batch; only opt-ins can lift something, and only for them is the store asked before. */
export async function recordBatch(
  entries: readonly SuppressionEntry[],
  store: GuardedStore,
  abortSignal: AbortSignal | undefined,
): Promise<BatchOutcome> {
  const withOptIn = new Set(
    entries.filter(({ state }) => state === "opted-in").map(({ recipient }) => recipient),
  );
  const concerned = entries.filter(({ recipient }) => withOptIn.has(recipient));
  const { lifted } =
    concerned.length === 0 ? { lifted: 0 } : await previewBatch(concerned, store, abortSignal);
  return { changed: await store.record(entries, abortSignal), lifted };
}

/** Plays one entry after the other, as the store will. */
function change(
  entry: SuppressionEntry,
  newest: Map<string, SuppressionEntry>,
): "none" | "changes" | "lifts" {
  const key = pairOf(entry, entry.state);
  const known = newest.get(key);
  if (known !== undefined && compareEntries(entry, known) <= 0) return "none";
  newest.set(key, entry);
  const optOut = newest.get(pairOf(entry, "opted-out"));
  if (entry.state === "opted-out" || optOut === undefined) return "changes";
  const stood = known === undefined || known.at.getTime() <= optOut.at.getTime();
  return stood && entry.at.getTime() > optOut.at.getTime() ? "lifts" : "changes";
}

function pairOf({ sender, recipient }: SuppressionEntry, state: SuppressionEntry["state"]): string {
  return JSON.stringify([sender, recipient, state]);
}
