/** Records the batches of one writer, and prints the number of each when the store has acknowledged it. */
import { batchesOf, type WriterOrder } from "../many-facts.ts";
import { openStore, type StoreAddress } from "../open-store.ts";

const { address, order } = JSON.parse(process.argv[2] ?? "") as { address: StoreAddress; order: WriterOrder };

const { store, close } = await openStore(address);
try {
  for (const [index, batch] of batchesOf(order).entries()) {
    await store.record(batch);
    console.log(String(index));
  }
} finally {
  await close();
}
