/**
 * Opt-outs and handled events in Postgres, over your own pool of `pg` or a PGlite.
 *
 * @packageDocumentation
 */
export { postgresMigration } from "./migration.js";
export type { PostgresClient } from "./postgres-client.js";
export { PostgresEventInbox } from "./postgres-event-inbox.js";
export type { PostgresOptions } from "./options.js";
export { PostgresSuppressionStore } from "./postgres-suppression-store.js";
