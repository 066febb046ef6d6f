import { expected } from "../../errors/expected.js";

/** How a store or an inbox uses a Postgres database. */
export interface PostgresOptions {
  /**
   * The schema that holds the tables, exactly as it is written: `"Sms"` is another one than `"sms"`. Default: the first
   * of the connection's search path, so that every connection should have the same.
   */
  schema?: string | undefined;
  /**
   * Whether missing tables are made at the first use. `false` refuses to work without them: run the SQL of
   * {@link postgresMigration} yourself, and a connection to the wrong database, or a database that was lost, does not
   * read as "nobody opted out". Default: `true`.
   */
  migrate?: boolean | undefined;
}

/** What a store or an inbox was made with. */
export interface Settings {
  readonly schema: string | undefined;
  readonly migrate: boolean;
}

/** @throws TypeError for what cannot be meant. */
export function settingsOf({ schema, migrate = true }: PostgresOptions): Settings {
  if (typeof migrate !== "boolean") throw expected("migrate", "a boolean", migrate);
  return { schema: checkedSchema(schema), migrate };
}

/** Postgres cuts longer names off, and takes one for another then. */
const longestNameInBytes = 63;

/** @throws TypeError for what is no name, or could end the quotes around a whole migration. */
export function checkedSchema(schema: string | undefined): string | undefined {
  if (schema === undefined) return undefined;
  const isName = typeof schema === "string" && schema !== "" && !/[$\0]/.test(schema);
  if (!isName || Buffer.byteLength(schema) > longestNameInBytes)
    throw expected("schema", `a name of 1 to ${longestNameInBytes} bytes without "$"`, schema);
  return schema;
}

/** A function that gives the name of a table, or of another thing in the schema, as it goes into a statement. */
export function namesIn(schema: string | undefined): (name: string) => string {
  return (name) => (schema === undefined ? name : `${quoted(schema)}.${name}`);
}

/** An identifier in SQL. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
