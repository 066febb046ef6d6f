import { expected } from "../errors/expected.js";
import { parseEndpoint } from "./endpoint.js";

/** What a connection string says. */
export interface ConnectionString {
  readonly endpoint: string;
  readonly accessKey: string;
}

const form = '"endpoint=https://<resource>.communication.azure.com/;accesskey=<key>"';

/**
 * Reads a connection string: parts in any order, names in any case, other parts ignored. Errors never show the key.
 *
 * @throws TypeError where a part is missing, given twice or malformed.
 */
export function parseConnectionString(text: unknown): ConnectionString {
  if (typeof text !== "string" || !text.includes("="))
    throw expected("connectionString", `of the form ${form}`, text);
  const parts = new Map<string, string>();
  for (const part of text.split(";")) {
    if (part.trim() === "") continue;
    const equals = part.indexOf("=");
    const name = part.slice(0, equals).trim().toLowerCase();
    if (equals === -1) throw expected("connectionString", `of the form ${form}`, text);
    if (parts.has(name)) throw expected("connectionString", `of the form ${form}, with each part once`, text);
    parts.set(name, part.slice(equals + 1).trim());
  }
  return {
    endpoint: parseEndpoint("connectionString endpoint", partOf(parts, "endpoint", text)),
    accessKey: checkedAccessKey("connectionString accesskey", partOf(parts, "accesskey", text)),
  };
}

function partOf(parts: ReadonlyMap<string, string>, name: string, text: string): string {
  const value = parts.get(name);
  if (value === undefined || value === "") {
    throw expected("connectionString", `of the form ${form}, with \`${name}\``, text);
  }
  return value;
}

/** An access key is base64; anything else would sign wrongly and be refused with a bare 401. */
export function checkedAccessKey(name: string, key: unknown): string {
  const isBase64 =
    typeof key === "string" && key !== "" && /^[A-Za-z0-9+/]+={0,2}$/.test(key) && key.length % 4 === 0;
  if (!isBase64) throw expected(name, "a base64 access key", key);
  return key;
}
