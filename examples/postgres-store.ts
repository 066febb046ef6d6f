/** Opt-outs in Postgres. Here it is PGlite, a Postgres inside this process; below is how `pg` goes. */
import { PGlite } from "@electric-sql/pglite";
import { SmsClient, SuppressionList } from "acs-sms";
import { PostgresSuppressionStore } from "acs-sms/stores/postgres";

import { exampleResource } from "./resource.ts";

await using resource = await exampleResource();
const from = "+18005551234";
const to = "+14255550123";

// With a server, and `import { Pool } from "pg"`:
//   const database = new Pool({ connectionString: process.env["DATABASE_URL"], connectionTimeoutMillis: 3000 });
//   database.on("error", (error) => console.error(error.message)); // or a restart of the server ends the process
await using database = new PGlite();

// The tables are made at the first use. Once there is a list to lose, say `migrate: false` too.
const store = new PostgresSuppressionStore(database, { schema: "sms" });
const suppression = new SuppressionList(store);
const sms = new SmsClient(resource.connectionString, { suppression, ...resource.options });
await suppression.handleMessage({ from: to, to: from, message: "STOP", messageId: "Incoming_1" });

const [result] = await sms.send({ from, to: [to], message: "20 % off today only!" });
console.log(`The message is ${result?.status}.`);
for await (const { state, keyword, messageId } of store.history(to))
  console.log(`In the ledger: ${state}, by “${keyword}” in ${messageId}.`);

// The tables are yours to read. Times are milliseconds since 1970.
const { rows } = await database.query(
  "SELECT sender, state FROM sms.acs_sms_suppression WHERE to_timestamp(at / 1000.0) > now() - interval '1 day'",
);
console.log(`In the table: ${JSON.stringify(rows)}`);
