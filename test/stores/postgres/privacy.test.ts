import { PGlite } from "@electric-sql/pglite";
import { afterAll, describe, expect, it } from "vitest";

import { createSmsEventHandler } from "../../../src/events/event-handler.js";
import { postgresMigration } from "../../../src/stores/postgres/migration.js";
import type { PostgresClient } from "../../../src/stores/postgres/postgres-client.js";
import { PostgresEventInbox } from "../../../src/stores/postgres/postgres-event-inbox.js";
import { PostgresSuppressionStore } from "../../../src/stores/postgres/postgres-suppression-store.js";
import { MemorySuppressionStore } from "../../../src/suppression/memory-suppression-store.js";
import { SuppressionList } from "../../../src/suppression/suppression-list.js";
import { inboundEvent, noSms } from "../../events/support.js";
import { canary } from "../../support/canary.js";
import { rejection, sender } from "../../support/clients.js";
import { LeakWatch } from "../../support/leak-watch.js";
import { postgresService } from "../../support/services/postgres.js";
import { fact } from "../../support/stores.js";
import { Pools } from "./pools.js";

/*
 * The error of a driver holds what Postgres says of a row, and PGlite's the statement and its values too. A list and a
 * handler must not pass that on.
 */

const [person] = canary.numbers;
const service = await postgresService();
const pools = new Pools(service);
const pglite = new PGlite();

afterAll(async () => {
  await pools.close();
  await pglite.close();
  await service?.[Symbol.asyncDispose]();
});

const clients: Record<string, () => PostgresClient> = { pg: () => pools.connect(), PGlite: () => pglite };

for (const [kind, connect] of Object.entries(clients)) {
  describe.skipIf(kind === "pg" && service === undefined)(`an error of ${kind}`, () => {
    /** A database that refuses what is written to a table, and says in every place what that was. */
    async function refusing(table: string): Promise<{ client: PostgresClient; schema: string }> {
      const client = connect();
      const schema = service === undefined ? "refusing" : await pools.schema();
      await client.query(postgresMigration({ schema }));
      await client.query(`CREATE FUNCTION "${schema}".refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '[refused] %', NEW USING DETAIL = '${person}', HINT = to_json(NEW)::text; END $$`);
      await client.query(
        `CREATE TRIGGER refuse BEFORE INSERT ON "${schema}".${table}
         FOR EACH ROW EXECUTE FUNCTION "${schema}".refuse()`,
      );
      return { client, schema };
    }

    it("shows nothing private in what a list rejects with", async () => {
      const { client, schema } = await refusing("acs_sms_suppression");
      const store = new PostgresSuppressionStore(client, { schema });
      const call = new SuppressionList(store).optOut(sender, [person], { note: canary.text });
      const error = await rejection(call);
      expect(error).toMatchObject({ code: "suppression-unavailable", cause: { code: "P0001" } });
      expect(error.message).toContain("PostgresSuppressionStore");
      expect(String(error.cause)).toContain("[refused]");
      expect(leaksOf(error)).toEqual([]);
    });

    it("shows nothing private in what a handler answers", async () => {
      const { client, schema } = await refusing("acs_sms_events");
      const handler = createSmsEventHandler({
        sms: noSms,
        suppression: new SuppressionList(new MemorySuppressionStore()),
        inbox: new PostgresEventInbox(client, { schema }),
      });
      const [outcome] = await handler.handle(inboundEvent({ from: person, message: canary.text }));
      expect(outcome).toMatchObject({ status: "failed", error: { code: "P0001" } });
      expect(String(outcome?.error)).toContain("[refused]");
      expect(leaksOf(outcome?.error)).toEqual([]);
    });

    it("would be seen to leak as the driver throws it", async () => {
      const { client, schema } = await refusing("acs_sms_suppression");
      const store = new PostgresSuppressionStore(client, { schema });
      expect(leaksOf(await rejection(store.record([fact({ recipient: person })])))).not.toEqual([]);
    });
  });
}

function leaksOf(error: unknown): string[] {
  const watch = new LeakWatch({ number: person.slice(1), text: "canary text" });
  watch.error("the error", error);
  return watch.drain();
}
