/**
 * Reads headers as people write them, one per line.
 *
 * @throws Error when a line has no colon, or a name comes twice.
 */
export function readHeaderLines(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    if (colon < 1) throw new Error(`Expected a header as name: value, got ${line.trim()}`);
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  const read = Object.fromEntries(headers);
  if (Object.keys(read).length < headers.length) throw new Error("Expected each header once.");
  return read;
}
