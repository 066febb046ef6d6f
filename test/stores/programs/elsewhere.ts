/** What another process does with a store or an inbox that a test has open. Its only argument is the task, as JSON. */
import type { SuppressionEntry } from "acs-sms";

import { openStore, type StoreAddress } from "../open-store.ts";

/** Dates are text on the way. */
export type Task =
  | { readonly address: StoreAddress; readonly entries: readonly SuppressionEntry[] }
  | { readonly address: StoreAddress; readonly key: string; readonly sentMessageId: string };

const task = JSON.parse(process.argv[2] ?? "") as Task;
const { store, inbox, close } = await openStore(task.address);
if ("entries" in task) {
  const dated = ({ at, recordedAt, ...rest }: SuppressionEntry): SuppressionEntry => ({
    ...rest,
    at: new Date(at),
    recordedAt: new Date(recordedAt),
  });
  await store.record(task.entries.map(dated));
} else {
  const { key, sentMessageId } = task;
  const claim = await inbox.claim(key, 60_000);
  if (claim.state !== "claimed") throw new Error(`The event is ${claim.state}.`);
  await inbox.complete(key, claim.token);
  await inbox.beginReply(key, new Date());
  await inbox.completeReply(key, sentMessageId);
}
await close();
