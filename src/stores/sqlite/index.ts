/**
 * Opt-outs and handled events in a SQLite file, by Node's own `node:sqlite`: the store for everything that runs on one
 * machine.
 *
 * @packageDocumentation
 */
export { SqliteSuppressionStore } from "./sqlite-suppression-store.js";
export { SqliteEventInbox } from "./sqlite-event-inbox.js";
export type { SqliteOptions } from "./options.js";
