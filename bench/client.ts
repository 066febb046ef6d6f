import { optedOutNumbers, recipientBatches } from "./numbers.ts";
import { whenParentEnds } from "./parent.ts";
import { runStretch, type StretchOrder } from "./stretch.ts";
import { loadVariant } from "./variants.ts";

/*
 * The child process of one variant in one setting: `client.js <variant> <endpoint> <recipients>`. It runs a stretch
 * for each message from its parent, and answers with what it measured.
 */

const [, , variant = "", endpoint = "", recipients = "1"] = process.argv;
const create = await loadVariant(variant);
const client = await create(endpoint, optedOutNumbers());
const batches = recipientBatches(Number(recipients));

process.on("message", (order: StretchOrder) => void measure(order));
whenParentEnds(() => process.exit());
process.send?.("ready");

async function measure(order: StretchOrder): Promise<void> {
  process.send?.(await runStretch(client, batches, order));
}
