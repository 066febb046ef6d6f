import type { z } from "zod";
import { shown } from "./expected.js";

/**
 * What a caller gives, checked and complete. The schema's own messages say what is wanted.
 *
 * @throws TypeError or RangeError for the first thing that is wrong, in the form that the package uses everywhere.
 */
export function readWith<T>(schema: z.ZodType<T>, given: unknown, name: string): T {
  const result = schema.safeParse(given, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined ? result.error : errorFor(issue, name);
}

function errorFor(issue: z.core.$ZodIssue, name: string): Error {
  const Wrong = issue.code === "invalid_type" ? TypeError : RangeError;
  return new Wrong(
    `Expected \`${pathOf(name, issue.path)}\` to be ${issue.message}, got ${gotOf(issue, name)}`,
  );
}

function pathOf(name: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (whole, key) => (typeof key === "number" ? `${whole}[${key}]` : `${whole}.${String(key)}`),
    name,
  );
}

/**
 * A webhook's URL and its headers may hold a secret, a private key is one, also where it stands in the wrong place, and
 * errors end up in logs.
 */
function gotOf({ path, input }: z.core.$ZodIssue, name: string): string {
  const isSecret = name === "https" || ["headers", "url"].some((key) => path.includes(key));
  return isSecret && typeof input === "string" ? `${input.length} characters that are not` : shown(input);
}
