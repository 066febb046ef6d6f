import { RedisEventInbox, RedisSuppressionStore } from "acs-sms/stores/redis";
import { createClient } from "redis";

import type { OpenStore, StoreAddress } from "../open-store.ts";

export async function open({ url, name }: StoreAddress): Promise<OpenStore> {
  const client = createClient({ url, disableOfflineQueue: true });
  // A server that goes away is what some tests are about: the calls that it fails tell of it.
  client.on("error", () => {});
  await client.connect();
  return {
    store: new RedisSuppressionStore(client, { prefix: name }),
    inbox: new RedisEventInbox(client, { prefix: name }),
    close: async () => client.destroy(),
  };
}
