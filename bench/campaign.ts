import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { listSender, type CampaignVariant, type ListOrder } from "./campaign-subjects.ts";
import { whenParentEnds } from "./parent.ts";

/*
 * The child process that sends whole lists: `campaign.js <variant> <endpoint>`. For each message from its parent it sends
 * one; with `every`, it says after each so many results how large the heap is.
 */

export interface CampaignOrder extends ListOrder {
  readonly every?: number;
}

export interface CampaignCost {
  readonly cpuInMicroseconds: number;
  readonly seconds: number;
  /** What is in use after a collection, by results so far. */
  readonly heapInMb: readonly number[];
  readonly peakRssInMb: number;
}

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const [, , variant = "", endpoint = ""] = process.argv;
const sendList = await listSender(variant as CampaignVariant, endpoint);

process.on("message", (order: CampaignOrder) => void measure(order));
whenParentEnds(() => process.exit());
process.send?.("ready");

async function measure({ every = Infinity, ...order }: CampaignOrder): Promise<void> {
  const heapInMb: number[] = [];
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  let [accepted, results] = [0, 0];
  for await (const count of sendList(order)) {
    accepted += count;
    results += 1;
    if (results % every === 0) heapInMb.push(heapInUse());
  }
  const { user, system } = process.cpuUsage(before);
  if (accepted !== order.people) throw new Error(`${accepted} of ${order.people} were accepted.`);
  const cost: CampaignCost = {
    cpuInMicroseconds: user + system,
    seconds: (performance.now() - startedAt) / 1000,
    heapInMb,
    peakRssInMb: process.resourceUsage().maxRSS / 1024,
  };
  process.send?.(cost);
}

function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
