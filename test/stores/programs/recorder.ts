/** Records facts about one person after another, in batches, until it is killed; tells the number of each batch. */
import { openStore, type StoreAddress } from "../open-store.ts";
import { batch } from "../sqlite/batch.ts";

const address = JSON.parse(process.argv[2] ?? "") as StoreAddress;
const { store } = await openStore(address);
for (let number = 0; ; number += 1) {
  await store.record(batch(number));
  process.stdout.write(`${number}\n`);
}
