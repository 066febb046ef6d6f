/** A body that was read, or why it was not. */
export type Body =
  | { readonly status: 200; readonly json: unknown }
  | { readonly status: 413 | 500; readonly reason: string };

/**
 * Reads a body as JSON, up to a limit. One that is no JSON is a failure of the delivery, which may come whole the next
 * time: 500, not 400, which would end it.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Body> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes === undefined) return { status: 413, reason: "The body is too large." };
  try {
    return { status: 200, json: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return { status: 500, reason: "The body is no JSON." };
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) return undefined;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
