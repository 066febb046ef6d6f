/**
 * Every text that can be reached from a value: through properties (hidden ones too), maps, sets and bytes. `undefined`
 * where more can be reached than is worth looking at, or where looking fails, as a getter can.
 */
export function textsWithin(root: unknown, mostValues: number): string[] | undefined {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string" || typeof value === "number" || typeof value === "bigint")
      texts.push(String(value));
    const canHold = (typeof value === "object" && value !== null) || typeof value === "function";
    if (!canHold || seen.has(value)) continue;
    seen.add(value);
    const held = valuesOf(value);
    if (held === undefined || seen.size + open.length + held.length > mostValues) return undefined;
    open.push(...held);
  }
  return texts;
}

function valuesOf(value: object): unknown[] | undefined {
  try {
    if (ArrayBuffer.isView(value))
      return [Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString()];
    const values: unknown[] = value instanceof Map || value instanceof Set ? [...value].flat() : [];
    for (const key of Reflect.ownKeys(value)) values.push(String(key), Reflect.get(value, key));
    return values;
  } catch {
    return undefined;
  }
}
