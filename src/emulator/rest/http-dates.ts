/**
 * Reads a date in the one form that the wire uses, RFC 1123 in UTC with a two-digit day: `Fri, 23 Jan 2026 10:20:30 GMT`.
 *
 * @returns Milliseconds since the epoch; `undefined` for any other form and for dates that do not exist.
 */
export function readHttpDate(text: string): number | undefined {
  // All recipients of a request mostly have the same.
  if (text !== last.text) last = { text, at: parse(text) };
  return last.at;
}

let last: { readonly text: string; readonly at: number | undefined } = { text: "", at: undefined };

function parse(text: string): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) || new Date(at).toUTCString() !== text ? undefined : at;
}
