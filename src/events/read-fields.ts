import type { ZodType } from "zod";

import { MalformedField } from "./read-malformed-field.js";

/** The fields of an object under their documented names. */
export type Fields = Readonly<Record<string, unknown>>;

/** The documented names of fields. */
export interface FieldNames {
  readonly exact: ReadonlySet<string>;
  readonly byLowerCase: ReadonlyMap<string, string>;
}

/** No documented name is longer; so that a huge key costs nothing. */
const longestName = 40;

export function fieldNames(...names: readonly string[]): FieldNames {
  return { exact: new Set(names), byLowerCase: new Map(names.map((name) => [name.toLowerCase(), name])) };
}

/**
 * Gives the named fields in whatever case they are written: Microsoft's pages show data in PascalCase before 2025, and
 * in camelCase with `Tag` since. Of several spellings the documented one counts, else the first. Where nothing is
 * spelt otherwise, which is the rule, the object itself is given.
 */
export function pickFields(event: Fields, names: FieldNames): Fields {
  const others = Object.keys(event).filter(
    (key) => !names.exact.has(key) && nameOf(key, names) !== undefined,
  );
  return others.length === 0 ? event : respelled(event, others, names);
}

function nameOf(key: string, names: FieldNames): string | undefined {
  return key.length > longestName ? undefined : names.byLowerCase.get(key.toLowerCase());
}

function respelled(event: Fields, others: readonly string[], names: FieldNames): Fields {
  const fields: Record<string, unknown> = {};
  for (const name of names.exact) if (Object.hasOwn(event, name)) fields[name] = event[name];
  for (const key of others) {
    const name = nameOf(key, names);
    if (name !== undefined && !Object.hasOwn(fields, name)) fields[name] = event[key];
  }
  return fields;
}

/** Whether `value` has fields: an object of JSON, no list and no bytes. */
export function hasFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/**
 * Reads fields by a schema whose every field says what it expects as its error message.
 *
 * @param path - What to put before the name of a field that is wrong, such as `data.`
 */
export function checkFields<T>(schema: ZodType<T>, fields: Fields, path: string): T {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const name = String(issue?.path[0]);
  throw new MalformedField(path + name, issue?.message ?? "readable", fields[name]);
}

/** As {@link checkFields}, for one value. */
export function checkField<T>(schema: ZodType<T>, value: unknown, field: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new MalformedField(field, result.error.issues[0]?.message ?? "readable", value);
}
