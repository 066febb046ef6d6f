import { SuppressionList } from "acs-sms";

import { whenParentEnds } from "./parent.ts";
import { openSubject, type StoreName } from "./store-subjects.ts";

/* The child process for stores: it fills one with opt-outs, and asks it about 100 people again and again. */

/** What it is told to do, with the number of opt-outs before. */
export type StoreOrder =
  | { readonly work: "fill" | "fill raw"; readonly filled: number; readonly count: number }
  | { readonly work: "check" | "check raw"; readonly filled: number };

/** What one batch took, on the average, and what the process has taken so far. */
export interface StoreCost {
  readonly cpuInMicroseconds: number;
  readonly wallInMicroseconds: number;
  readonly peakRssInMb: number;
}

const sender = "+18005551234";
const at = new Date("2026-03-02T12:00:00Z");
const batchSize = 1000;
const batchesToCheck = 200;
const subject = await openSubject(process.argv[2] as StoreName);
const list = new SuppressionList(subject.store);

process.on("message", (order: StoreOrder) => void answer(order));
whenParentEnds(() => void subject.close().finally(() => process.exit()));
process.send?.("ready");

async function answer(order: StoreOrder): Promise<void> {
  switch (order.work) {
    case "fill":
      return measure(batchesOf(order), async (batch) => list.optOut(sender, batch, { source: "import", at }));
    case "fill raw":
      return measure(batchesOf(order), async (batch) => subject.raw?.fill(batch));
    case "check":
      return measure(questionsOf(order), async (batch) => list.check(sender, batch));
    case "check raw":
      return measure(questionsOf(order), async (batch) => subject.raw?.find(batch));
  }
}

async function measure(
  batches: readonly string[][],
  work: (batch: readonly string[]) => Promise<unknown>,
): Promise<void> {
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  for (const batch of batches) await work(batch);
  const [{ user, system }, wallInMs] = [process.cpuUsage(before), performance.now() - startedAt];
  const cost: StoreCost = {
    cpuInMicroseconds: (user + system) / batches.length,
    wallInMicroseconds: (wallInMs * 1000) / batches.length,
    peakRssInMb: process.resourceUsage().maxRSS / 1024,
  };
  process.send?.(cost);
}

function batchesOf({ filled, count }: { filled: number; count: number }): string[][] {
  return Array.from({ length: count / batchSize }, (_, batch) =>
    Array.from({ length: batchSize }, (_, index) => numberOf(filled + batch * batchSize + index)),
  );
}

/** A hundred people each time, from all over the list, one in ten of whom is on it. */
function questionsOf({ filled }: { filled: number }): string[][] {
  return Array.from({ length: batchesToCheck }, () =>
    Array.from({ length: 100 }, (_, index) => {
      const somebody = Math.floor(Math.random() * filled);
      return numberOf(index % 10 === 0 ? somebody : filled + somebody);
    }),
  );
}

function numberOf(index: number): string {
  return `+1425${String(index).padStart(7, "0")}`;
}
