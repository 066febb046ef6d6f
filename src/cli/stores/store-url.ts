import { resolve } from "node:path";

import { UsageError } from "../failure.js";

/** Where a store is, read from `--store`. */
export type StoreTarget =
  | { readonly kind: "sqlite"; readonly path: string }
  | { readonly kind: "redis"; readonly url: string; readonly prefix: string | undefined }
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string | undefined }
  | { readonly kind: "azure-tables"; readonly table: string; readonly account: string | undefined };

const forms =
  "sqlite:<file>, redis://<host>, rediss://<host>, postgres://<host>/<database>, azure-tables:<table> or " +
  "azure-tables://<account>.table.core.windows.net/<table>";

/** @throws UsageError that shows nothing of the URL, since there may be a password in it. */
export function parseStoreUrl(text: string): StoreTarget {
  const scheme = /^([a-z-]+):/.exec(text)?.[1] ?? "";
  const rest = text.slice(scheme.length + 1);
  switch (scheme) {
    case "sqlite":
      return sqliteTarget(rest);
    case "redis":
    case "rediss":
      return redisTarget(text);
    case "postgres":
    case "postgresql":
      return postgresTarget(text);
    case "azure-tables":
      return azureTarget(rest);
    default:
      throw malformed();
  }
}

/** What is in the URL that nobody may see. */
export function secretsOf(target: StoreTarget): string[] {
  if (!("url" in target)) return [];
  const password = URL.parse(target.url)?.password ?? "";
  return password === "" ? [] : [target.url, password, decoded(password)];
}

/** How diagnostics call the store. */
export function labelOf(target: StoreTarget): string {
  if (target.kind === "sqlite") return `sqlite:${target.path}`;
  if (target.kind === "azure-tables") return `the table ${target.table}`;
  return `${target.kind} at ${URL.parse(target.url)?.host}`;
}

function sqliteTarget(rest: string): StoreTarget {
  const path = rest.startsWith("//") ? rest.slice(2) : rest;
  // `sqlite://opt-outs.db` would be a host, and in memory nothing outlives the command.
  if (path === "" || path === ":memory:" || (path !== rest && !path.startsWith("/"))) throw malformed();
  return { kind: "sqlite", path };
}

function redisTarget(text: string): StoreTarget {
  const { url, taken } = withoutParameter(text, "prefix");
  return { kind: "redis", url, prefix: taken };
}

function postgresTarget(text: string): StoreTarget {
  const { url, taken } = withoutParameter(text, "schema");
  return { kind: "postgres", url, schema: taken };
}

function azureTarget(rest: string): StoreTarget {
  const [, account, table = rest] = /^\/\/([^/]+)\/([^/]*)$/.exec(rest) ?? [];
  if (!/^[A-Za-z][A-Za-z0-9]{2,62}$/.test(table)) throw malformed();
  return { kind: "azure-tables", table, account };
}

/** A URL as the database's own package takes it, and the parameter in it that is ours. */
function withoutParameter(text: string, name: string): { url: string; taken: string | undefined } {
  const url = URL.parse(text);
  if (url === null || url.host === "") throw malformed();
  const taken = url.searchParams.get(name) ?? undefined;
  url.searchParams.delete(name);
  return { url: url.href, taken };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function malformed(): UsageError {
  return new UsageError(`--store (or ACS_SMS_STORE) takes ${forms}.`);
}

/** The same store's URL for another folder to use. */
export function absoluteStoreUrl(text: string, folder: string): string {
  const target = parseStoreUrl(text);
  return target.kind === "sqlite" ? `sqlite:${resolve(folder, target.path)}` : text;
}
