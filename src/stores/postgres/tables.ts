import { literal, namesIn, quoted } from "./options.js";

/** The tables of one part of the package; a schema may hold those of several. */
export interface Tables {
  /** Its row in `acs_sms_schema`. */
  readonly part: string;
  /** What they are called in errors. */
  readonly name: string;
  readonly version: number;
  /** The SQL that makes what is missing. */
  readonly migration: (options: { readonly schema: string | undefined }) => string;
}

/** One statement that makes tables, all or none, and notes their version. */
export function migrationOf({ part, version }: Tables, schema: string | undefined, tables: string): string {
  const versions = namesIn(schema)("acs_sms_schema");
  return `DO $acs_sms$
BEGIN
  -- One at a time: IF NOT EXISTS alone fails where two do it at once.
  PERFORM pg_advisory_xact_lock(hashtextextended('acs-sms', 0));
${schema === undefined ? "" : schemaOf(schema)}
  CREATE TABLE IF NOT EXISTS ${versions} (part text PRIMARY KEY, version integer NOT NULL);
  INSERT INTO ${versions} VALUES (${literal(part)}, ${version}) ON CONFLICT DO NOTHING;
${tables}
END $acs_sms$;
`;
}

/**
 * IF NOT EXISTS would need the right to make schemas, also where there is nothing to make. `pg_namespace` would be read
 * as it was before the lock was waited for, in the stricter isolation levels; this looks at what is there now.
 */
function schemaOf(schema: string): string {
  return `
  IF to_regnamespace(${literal(quoted(schema))}) IS NULL THEN
    CREATE SCHEMA ${quoted(schema)};
  END IF;
`;
}
