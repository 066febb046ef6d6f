import { PostgresEventInbox, PostgresSuppressionStore } from "acs-sms/stores/postgres";
import pg from "pg";

import type { OpenStore, StoreAddress } from "../open-store.ts";

export async function open({ url, name }: StoreAddress): Promise<OpenStore> {
  const pool = new pg.Pool({ connectionString: url, max: 5 });
  // A server that goes away is what some tests are about: the calls that it fails tell of it.
  pool.on("error", () => {});
  return {
    store: new PostgresSuppressionStore(pool, { schema: name }),
    inbox: new PostgresEventInbox(pool, { schema: name }),
    close: async () => pool.end(),
  };
}
