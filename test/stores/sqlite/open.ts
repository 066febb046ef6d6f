import { SqliteEventInbox, SqliteSuppressionStore } from "acs-sms/stores/sqlite";

import type { OpenStore, StoreAddress } from "../open-store.ts";

export async function open({ url: path }: StoreAddress): Promise<OpenStore> {
  // As long as many processes that write at once may take on a slow disk.
  const options = { busyTimeoutInSeconds: 60 };
  const store = new SqliteSuppressionStore(path, options);
  const inbox = new SqliteEventInbox(path, options);
  return {
    store,
    inbox,
    close: async () => {
      await store[Symbol.asyncDispose]();
      await inbox[Symbol.asyncDispose]();
    },
  };
}
