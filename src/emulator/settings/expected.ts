/** An error for a value of the wrong kind, in the one form that the package uses for a caller's mistakes. */
export function wrongType(name: string, wanted: string, got: unknown): TypeError {
  return new TypeError(`Expected \`${name}\` to be ${wanted}, got ${shown(got)}`);
}

/** An error for a value of the right kind that lies outside what is allowed. */
export function outOfRange(name: string, wanted: string, got: unknown): RangeError {
  return new RangeError(`Expected \`${name}\` to be ${wanted}, got ${shown(got)}`);
}

/**
 * One of a few words.
 *
 * @throws RangeError for anything else.
 */
export function oneOf<const T extends string>(name: string, allowed: readonly T[], value: unknown): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw outOfRange(name, `one of ${allowed.join(", ")}`, value);
  return found;
}

/** How an error shows a value. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : "an array";
  return value === undefined ? "undefined" : `a value of type ${typeof value}`;
}
